using Baton.Storage.Engines;

namespace Baton.Storage.Moving;

/// <summary>
/// Copies one table in batches. A batch and how far it got are one transaction at the target, so that a copy that was
/// killed goes on where it was.
/// </summary>
internal sealed class TableCopy
{
    private readonly Database _source, _target;
    private readonly TableShape _from, _to;
    private readonly IReadOnlyList<TableColumn> _columns;
    private readonly KeyedRows _reading;
    private RowDigest _digest = new();
    private SqlValue[]? _last;

    public TableCopy(Database source, Database target, TableShape from, TableShape to)
    {
        (_source, _target, _from, _to) = (source, target, from, to);
        _columns = [.. from.Columns.Where(c => to.Columns.Any(t => t.Name == c.Name))];
        if (from.Columns.Except(_columns).Select(c => c.Name).FirstOrDefault() is { } missing)
            throw new StorageException($"the target's table {from.Name} has no column {missing}; bring both up to date "
                + "with `baton db upgrade`.", isTransient: false);
        _reading = new KeyedRows(from, _columns);
    }

    public string Table => _from.Name;

    /// <summary>Rows that have arrived.</summary>
    public long Rows { get; private set; }

    public bool IsDone { get; private set; }

    public string Digest => _digest.ToString();

    /// <summary>Finds out how far an earlier run got.</summary>
    public void Resume()
    {
        var found = _target.Read(c => c.First(
            "select last_key, row_count, digest, done from move_tables where name = $1",
            row => (Key: row.TextOrNull(0), Rows: row.Int64(1), Digest: row.Text(2), Done: row.Bool(3)), Table));
        if (found.Digest is null) return;
        _last = found.Key is { } key ? _reading.Key(key) : null;
        (Rows, _digest, IsDone) = (found.Rows, RowDigest.From(found.Digest), found.Done);
    }

    /// <summary>Copies the next rows; afterwards <see cref="IsDone"/> tells whether there are more.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        var rows = _source.Read(c => _reading.Read(c, _last));
        var before = Rows;
        foreach (var row in rows) _digest.Add(row);
        if (rows.Count > 0) _last = _reading.KeyOf(rows[^1]);
        else IsDone = true;
        Rows += rows.Count;
        var given = IsDone && _to.Counted is not null ? _source.Read(c => c.Catalog.Given(c, _from)) : 0;
        await _target.WriteAsync(transaction =>
        {
            if (rows.Count > 0) transaction.InsertMany(Table, _columns, rows);
            if (given > 0) transaction.Catalog.GoOnAfter(transaction, _to, given);
            Note(transaction, before);
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The digest of what the target holds, read anew.</summary>
    public (long Rows, string Digest) AtTarget(CancellationToken cancellationToken)
    {
        var (reading, digest, last, count) = (new KeyedRows(_to, _columns), new RowDigest(), (SqlValue[]?)null, 0L);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var after = last;
            var rows = _target.Read(c => reading.Read(c, after));
            if (rows.Count == 0) return (count, digest.ToString());
            foreach (var row in rows) digest.Add(row);
            (last, count) = (reading.KeyOf(rows[^1]), count + rows.Count);
        }
    }

    private void Note(WriteTransaction transaction, long before)
    {
        var changed = transaction.Execute(
            """
            insert into move_tables (name, last_key, row_count, digest, done) values ($1, $2, $3, $4, $5)
            on conflict (name) do update set last_key = $2, row_count = $3, digest = $4, done = $5
            where move_tables.row_count = $6 and move_tables.done = 0
            """,
            Table, _last is null ? null : KeyedRows.Text(_last), Rows, Digest, IsDone, before);
        if (changed == 1) return;
        throw new StorageException(
            $"{_target.Path}: another `baton db move` is at work on table {Table}; let it end.", isTransient: false);
    }
}
