using Baton.Privacy;
using Baton.Storage;
using Baton.Storage.Engines;
using Baton.Storage.Events;

namespace Baton.Conversations.Inspection;

/// <summary>
/// Reads what is stored with the eyes of today: personal data outside the message table, in every text of every event
/// and of every other table, and message ids from the time when an id counted in its whole channel.
/// </summary>
internal static class DeepCheck
{
    /// <summary>Findings that are kept; more are not looked for.</summary>
    public const int FindingLimit = 1_000;

    private const int PageSize = 500;

    private const string Unchangeable = "an event is never changed, because its hash holds the chain: keep the file and "
        + "its backups to those who may read the messages";

    /// <summary>Reads everything, page by page; writers are not held up.</summary>
    /// <param name="isPublic">Tells what the company publishes itself; null means nothing is.</param>
    /// <param name="mend">Whether what may be changed is changed, see <see cref="Repair"/>.</param>
    public static async Task<List<DeepFinding>> RunAsync(
        Database database, Redactor redactor, bool mend, CancellationToken cancellationToken,
        Func<string, bool>? isPublic = null)
    {
        var findings = new List<DeepFinding>();
        var reader = new ValueReader(redactor, isPublic ?? (_ => false));
        CheckEvents(database, reader, findings, cancellationToken);
        CheckIds(database, findings);
        foreach (var column in StoredTexts.Read(database.Read(c => c.Catalog.TextColumns(c))))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (findings.Count >= FindingLimit) break;
            var found = database.Read(c => StoredTexts.Find(c, column, reader, FindingLimit - findings.Count));
            foreach (var row in found)
            {
                var mended = mend && await database.WriteAsync(
                    t => StoredTexts.Mend(t, column, row, reader), cancellationToken);
                findings.Add(Finding(column, row, reader) with { IsMended = mended });
            }
        }
        return findings;
    }

    /// <summary>A key may hold what was found.</summary>
    private static DeepFinding Finding(TextColumn column, FoundRow row, ValueReader reader)
    {
        var none = Repair.Of(column) as Repair.None;
        return new DeepFinding(
            $"{column.Place} {reader.Without(row.Key)}", $"holds {row.Kinds}{(none is null ? "" : $"; {none.Advice}")}")
        {
            CanMend = none is null,
        };
    }

    private static void CheckEvents(
        Database database, ValueReader reader, List<DeepFinding> findings, CancellationToken cancellationToken)
    {
        for (var from = 1L; database.Read(c => Ledger.ReadPage(c, from, PageSize)) is { Count: > 0 } page; from =
            page[^1].Seq + 1)
            CheckEvents(page, reader, findings, cancellationToken);
        for (var after = ""; database.Read(c => ArchivedStream.Page(c, after, PageSize)) is { Count: > 0 } page; after =
            page[^1].Stream)
            foreach (var (stream, _, hash, facts) in page)
                CheckEvents(ArchivedStream.Open(stream, hash, facts) ?? [], reader, findings, cancellationToken);
    }

    private static void CheckEvents(
        List<StoredEvent> events, ValueReader reader, List<DeepFinding> findings, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var stored in events)
        {
            if (findings.Count >= FindingLimit) return;
            if (reader.Kinds(stored.Json, stored.Type) is { } kinds)
                findings.Add(new DeepFinding(
                    $"events {stored.StreamId} version {stored.Version}",
                    $"{stored.Type} holds {kinds}; {Unchangeable}"));
        }
    }

    /// <summary>
    /// A message that was taken for another ticket's left no trace. Where its id would have been looked up did.
    /// </summary>
    private static void CheckIds(Database database, List<DeepFinding> findings)
    {
        var channels = database.Read(c => c.Query(
            """
            select channel, count(*), min(external_id), max(external_id) from messages
            where position > 1 and external_id is not null and digest is null group by channel order by channel
            """,
            row => (Channel: row.Text(0), Count: row.Int64(1), First: row.Text(2), Last: row.Text(3))));
        foreach (var (channel, count, first, last) in channels)
            findings.Add(new DeepFinding(
                $"messages of channel {channel}",
                $"{count} message ids ('{first}' to '{last}') were taken while an id counted in its whole channel: a "
                + "message with one of them in another ticket was answered as known and not kept. It cannot be "
                + "found here: compare with the sender's record"));
    }
}
