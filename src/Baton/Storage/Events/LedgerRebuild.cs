using System.Security.Cryptography;
using System.Text;

namespace Baton.Storage.Events;

/// <summary>Tables that follow from the ledger, and how one event changes them.</summary>
/// <param name="Name">For people, for example <c>inbox</c>.</param>
/// <param name="Tables">Emptied before a rebuild, in this order: tables that refer to others come first.</param>
/// <param name="Write">
/// Writes the rows that follow from one stream; gets the stream's id and all its events in order. Must give the same
/// rows whenever it is run. Called for every stream, in any order.
/// </param>
internal sealed record ReadTable(
    string Name, IReadOnlyList<string> Tables, Action<WriteTransaction, string, IReadOnlyList<StoredEvent>> Write)
{
    /// <summary>Does what is put off in daily work, so that the tables can be compared; before and after.</summary>
    public Action<WriteTransaction> Settle { get; init; } = _ => { };
}

/// <summary>One table before and after a rebuild.</summary>
internal sealed record RebuiltTable(string Table, long Rows, bool Changed);

/// <summary>
/// Writes the read tables anew from the ledger, in one transaction: a failure leaves them as they were.
/// </summary>
internal static class LedgerRebuild
{
    private const int PageSize = 1_000;

    public static Task<List<RebuiltTable>> RunAsync(
        Database database, IReadOnlyList<ReadTable> readTables, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => Run(transaction, readTables, cancellationToken), cancellationToken);

    private static List<RebuiltTable> Run(
        WriteTransaction transaction, IReadOnlyList<ReadTable> readTables, CancellationToken cancellationToken)
    {
        // Nobody appends meanwhile, and what follows from events follows from appending them.
        transaction.LockTable("streams");
        List<string> tables = [.. readTables.SelectMany(r => r.Tables)];
        foreach (var readTable in readTables) readTable.Settle(transaction);
        var before = tables.ConvertAll(t => Digest(transaction, t));
        foreach (var table in tables) transaction.Execute($"delete from {table}");
        var after = "";
        while (transaction.Query(
            "select conversation_id from streams where conversation_id > $1 order by conversation_id limit $2",
            row => row.Text(0), after, PageSize) is { Count: > 0 } page)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var stream in page)
            {
                var events = Ledger.Read(transaction, stream);
                foreach (var readTable in readTables) readTable.Write(transaction, stream, events);
            }
            after = page[^1];
        }
        foreach (var readTable in readTables) readTable.Settle(transaction);
        return [.. tables.Select((table, i) => Compare(transaction, table, before[i]))];
    }

    private static RebuiltTable Compare(WriteTransaction transaction, string table, string before) => new(
        table, transaction.Number($"select count(*) from {table}") ?? 0, Digest(transaction, table) != before);

    private static string Digest(ReadConnection connection, string table)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        connection.Catalog.ForEachLine(
            connection, table, row => digest.AppendData(Encoding.UTF8.GetBytes(row.Text(0) + "\n")));
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }
}
