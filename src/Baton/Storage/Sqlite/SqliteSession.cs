using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Baton.Storage.Sqlite;

/// <summary>One SQLite connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);
    private readonly sqlite3 _handle = connection.Handle!;
    private byte[] _scratch = new byte[4096];

    public SqliteConnection Connection => connection;

    public int Changes => raw.sqlite3_changes(_handle);

    public long LastInsertRowId => raw.sqlite3_last_insert_rowid(_handle);

    /// <summary>False when SQLite has ended the transaction by itself, as it does after some failures.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    public void Begin() => Run("begin immediate");

    public void BeginRead() => Run("begin");

    public void Commit() => Run("commit");

    public void Savepoint() => Run("savepoint work");

    public void Release() => Run("release work");

    /// <summary>Undoes what happened since the savepoint; false when that was not possible.</summary>
    public bool TryRollbackToSavepoint() =>
        raw.sqlite3_exec(_handle, "rollback to work; release work") == raw.SQLITE_OK;

    /// <summary>Leaves any transaction; false when the connection cannot be trusted any more.</summary>
    public bool TryRollback() => !InTransaction || raw.sqlite3_exec(_handle, "rollback") == raw.SQLITE_OK;

    /// <summary>Binds the values and returns the running statement; dispose it to be able to run it again.</summary>
    public SqliteRun Start(string sql, scoped ReadOnlySpan<SqlValue> values)
    {
        var statement = Prepared(sql);
        statement.Claim();
        try
        {
            for (var i = 0; i < values.Length; i++) Bind(statement, i, values[i]);
            return new SqliteRun(this, statement);
        }
        catch
        {
            statement.Reset();
            throw;
        }
    }

    /// <summary>Runs a script of several statements, outside the statement cache.</summary>
    public void Script(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <exception cref="StorageException">The code is not a success.</exception>
    public void Check(int code)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE) return;
        throw SqliteFault.ToException(
            raw.sqlite3_extended_errcode(_handle), raw.sqlite3_errmsg(_handle).utf8_to_string(), connection.DataSource);
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _statements.Clear();
        connection.Dispose();
    }

    private void Run(string sql)
    {
        using var run = Start(sql, []);
        run.Step();
    }

    private SqliteStatement Prepared(string sql)
    {
        if (_statements.TryGetValue(sql, out var known)) return known;
        var code = raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle);
        Check(code);
        return _statements[sql] = new SqliteStatement(sql, handle);
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
