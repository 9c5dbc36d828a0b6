using System.Text;
using Baton.Storage.Engines;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Baton.Storage.Sqlite;

/// <summary>A connection to one file.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : StorageSession(SqliteCatalog.Instance)
{
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);
    private readonly sqlite3 _handle = connection.Handle!;
    private byte[] _scratch = new byte[4096];

    public SqliteConnection Connection => connection;

    public override int Changes => raw.sqlite3_changes(_handle);

    public override bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    public override void Begin() => Run("begin immediate");

    public override void BeginRead() => Run("begin");

    public override bool TryRollbackToSavepoint() =>
        raw.sqlite3_exec(_handle, "rollback to work; release work") == raw.SQLITE_OK;

    public override bool TryRollback() => !InTransaction || raw.sqlite3_exec(_handle, "rollback") == raw.SQLITE_OK;

    public override SqlRun Start(string sql, scoped ReadOnlySpan<SqlValue> values)
    {
        var statement = Prepared(sql);
        statement.Claim();
        try
        {
            for (var i = 0; i < values.Length; i++) Bind(statement, i, values[i]);
            return statement;
        }
        catch
        {
            statement.Dispose();
            throw;
        }
    }

    public override void Script(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    public override void InsertMany(
        string table, IReadOnlyList<TableColumn> columns, IReadOnlyList<SqlValue[]> rows)
    {
        var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
        var values = string.Join(", ", columns.Select((_, i) => $"${i + 1}"));
        foreach (var row in rows)
        {
            using var run = Start($"insert into \"{table}\" ({names}) values ({values})", row);
            run.Step();
        }
    }

    /// <exception cref="StorageException">The code is not a success.</exception>
    public void Check(int code)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE) return;
        throw SqliteFault.ToException(
            raw.sqlite3_extended_errcode(_handle), raw.sqlite3_errmsg(_handle).utf8_to_string(), connection.DataSource);
    }

    public override void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Close();
        _statements.Clear();
        connection.Dispose();
    }

    private SqliteStatement Prepared(string sql)
    {
        if (_statements.TryGetValue(sql, out var known)) return known;
        var code = raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle);
        Check(code);
        return _statements[sql] = new SqliteStatement(this, sql, handle);
    }

    private void Bind(SqliteStatement statement, int position, in SqlValue value)
    {
        var index = statement.IndexOf(position);
        Check(value.Kind switch
        {
            SqlKind.Null => raw.sqlite3_bind_null(statement.Handle, index),
            SqlKind.Integer => raw.sqlite3_bind_int64(statement.Handle, index, value.Bits),
            SqlKind.Real => raw.sqlite3_bind_double(
                statement.Handle, index, BitConverter.Int64BitsToDouble(value.Bits)),
            SqlKind.Text => BindText(statement, index, (string)value.Reference!),
            SqlKind.Utf8 => BindUtf8(statement, index, value.Bytes),
            _ => raw.sqlite3_bind_blob(statement.Handle, index, value.Bytes),
        });
    }

    private int BindText(SqliteStatement statement, int index, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        // Large texts are rare: they get an array of their own instead of growing the scratch for good.
        var buffer = most <= _scratch.Length ? _scratch : most <= 64 * 1024 ? _scratch = new byte[64 * 1024]
            : new byte[most];
        var length = Encoding.UTF8.GetBytes(text, buffer);
        return BindUtf8(statement, index, buffer.AsSpan(0, length));
    }

    private static int BindUtf8(SqliteStatement statement, int index, ReadOnlySpan<byte> utf8) =>
        // An empty span has no address, which SQLite would take for null.
        utf8.IsEmpty
            ? raw.sqlite3_bind_text(statement.Handle, index, "")
            : raw.sqlite3_bind_text(statement.Handle, index, utf8);
}
