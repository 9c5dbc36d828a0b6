using SQLitePCL;

namespace Baton.Storage.Sqlite;

/// <summary>The row that a statement stands on.</summary>
internal sealed class SqliteRow(sqlite3_stmt statement) : Row
{
    public override bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public override long Int64(int column) => raw.sqlite3_column_int64(statement, column);

    public override double Double(int column) => raw.sqlite3_column_double(statement, column);

    public override ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(statement, column);
}
