using Baton.Storage.Engines;
using Baton.Storage.Events;
using Baton.Storage.Moving;

namespace Baton.Storage.Backups;

/// <summary>
/// A copy of one moment in a new SQLite file, whatever kind the database is: a file is copied by SQLite itself, a
/// server's tables are read in one snapshot. Readers and writers go on meanwhile.
/// </summary>
internal static class SnapshotCopy
{
    /// <exception cref="StorageException">The disk is full, or the target exists.</exception>
    public static async Task MakeAsync(Database source, string file, CancellationToken cancellationToken)
    {
        if (!source.IsShared)
        {
            source.Backup(file);
            return;
        }
        if (File.Exists(file)) throw new StorageException($"{file}: exists already; name a new file.", isTransient: false);
        await using var target = Database.Open(
            new DatabaseOptions { Path = file, Keys = source.Keys.Folder, Pumped = true }, source.Clock);
        source.Read(connection =>
        {
            var known = target.Read(c => c.Catalog.Tables(c)).ToDictionary(t => t.Name);
            foreach (var table in connection.Catalog.Tables(connection).Where(t => !DatabaseMove.IsOwn(t.Name)))
                Copy(connection, target, table, known.GetValueOrDefault(table.Name)
                    ?? throw new StorageException($"{file}: there is no table {table.Name}.", isTransient: false),
                    cancellationToken);
            var now = source.Clock.GetUtcNow();
            var head = LedgerHead.Read(connection, now);
            Write(target, transaction =>
            {
                // A server leaves numbers out as a matter of course.
                new MoveMark(MoveState.Arrived, source.Path, "backup", now, now, head.Seq).Write(transaction);
                transaction.Execute("insert into copied (id, copied_at_ms, seq) values (1, $1, $2)",
                    SqlValue.Ms(now), head.Seq);
                ArchivedStream.RefuseWhereAny(transaction);
            });
            return true;
        });
    }

    private static void Copy(
        ReadConnection connection, Database target, TableShape from, TableShape to, CancellationToken cancellationToken)
    {
        var columns = from.Columns.Where(c => to.Columns.Any(t => t.Name == c.Name)).ToList();
        var (reading, last) = (new KeyedRows(from, columns), (SqlValue[]?)null);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = reading.Read(connection, last);
            if (rows.Count == 0) break;
            Write(target, transaction => transaction.InsertMany(from.Name, columns, rows));
            last = reading.KeyOf(rows[^1]);
        }
        if (to.Counted is null) return;
        var given = connection.Catalog.Given(connection, from);
        if (given > 0) Write(target, transaction => transaction.Catalog.GoOnAfter(transaction, to, given));
    }

    /// <summary>On this thread, within the snapshot of the source.</summary>
    private static void Write(Database target, Action<WriteTransaction> work)
    {
        var written = target.WriteAsync(work);
        while (!written.IsCompleted) target.Step();
        written.GetAwaiter().GetResult();
    }
}
