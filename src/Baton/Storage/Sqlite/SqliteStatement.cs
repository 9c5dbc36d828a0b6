using Baton.Storage.Engines;
using SQLitePCL;

namespace Baton.Storage.Sqlite;

/// <summary>
/// A prepared statement that is kept for the life of its connection, and its execution: it runs once at a time.
/// </summary>
internal sealed class SqliteStatement(SqliteSession session, string sql, sqlite3_stmt handle) : SqlRun
{
    private readonly int[] _indexes = Indexes(handle);
    private bool _running;

    public sqlite3_stmt Handle => handle;

    public override Row Row { get; } = new SqliteRow(handle);

    /// <summary>
    /// SQLite numbers <c>$2, $1</c> by first appearance; the caller counts by the number in the name.
    /// </summary>
    public int IndexOf(int position) => position < _indexes.Length
        ? _indexes[position]
        : throw new ArgumentException($"the statement has {_indexes.Length} parameters, not {position + 1}: {sql}");

    public void Claim()
    {
        if (_running) throw new InvalidOperationException($"the statement is still being read: {sql}");
        _running = true;
    }

    public override bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW) return true;
        if (code != raw.SQLITE_DONE) session.Check(code);
        return false;
    }

    /// <summary>Ends the execution; the statement may run again.</summary>
    public override void Dispose()
    {
        raw.sqlite3_reset(handle);
        raw.sqlite3_clear_bindings(handle);
        _running = false;
    }

    public void Close() => handle.Dispose();

    private static int[] Indexes(sqlite3_stmt handle)
    {
        var indexes = new int[raw.sqlite3_bind_parameter_count(handle)];
        for (var i = 0; i < indexes.Length; i++) indexes[i] = raw.sqlite3_bind_parameter_index(handle, $"${i + 1}");
        return indexes;
    }
}
