using Baton.Storage.Engines;
using Baton.Storage.Sealing;

namespace Baton.Storage;

/// <summary>
/// One consistent view of the database. Statements are prepared once per connection and kept, so pass the same SQL
/// text with parameters <c>$1, $2, …</c> instead of building text from values.
/// </summary>
internal class ReadConnection(StorageSession session)
{
    protected StorageSession Session { get; } = session;

    /// <inheritdoc cref="StorageCatalog"/>
    public StorageCatalog Catalog => Session.Catalog;

    /// <summary>The keys of sealed texts.</summary>
    public TextKeys Keys => Session.Keys ?? throw new InvalidOperationException("this connection has no keys");

    /// <summary>All rows, mapped while they are read.</summary>
    public List<T> Query<T>(string sql, Func<Row, T> map, params ReadOnlySpan<SqlValue> values)
    {
        List<T> rows = [];
        using var run = Session.Start(sql, values);
        while (run.Step()) rows.Add(map(run.Row));
        return rows;
    }

    /// <summary>The first row, or the default of <typeparamref name="T"/> when there is none.</summary>
    public T? First<T>(string sql, Func<Row, T> map, params ReadOnlySpan<SqlValue> values)
    {
        using var run = Session.Start(sql, values);
        return run.Step() ? map(run.Row) : default;
    }

    /// <summary>The first column of the first row as a number; null when there is no row or it is null.</summary>
    public long? Number(string sql, params ReadOnlySpan<SqlValue> values)
    {
        using var run = Session.Start(sql, values);
        return run.Step() ? run.Row.Int64OrNull(0) : null;
    }

    /// <summary>
    /// A running statement for callers that must not allocate; dispose it before the same SQL runs again.
    /// </summary>
    public SqlRun Start(string sql, params scoped ReadOnlySpan<SqlValue> values) => Session.Start(sql, values);

    /// <summary>Calls <paramref name="read"/> for each row without keeping any.</summary>
    public void ForEach(string sql, Action<Row> read, params ReadOnlySpan<SqlValue> values)
    {
        using var run = Session.Start(sql, values);
        while (run.Step()) read(run.Row);
    }
}
