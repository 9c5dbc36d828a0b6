using Baton.Privacy;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Conversations.Inspection;

/// <summary>
/// Reads what is stored with the eyes of today: personal data in tables that must have none, and message ids from the
/// time when an id counted in its whole channel.
/// </summary>
/// <remarks>Texts that came from customers are read. What Baton says itself may name the company's own
/// addresses.</remarks>
internal static class DeepCheck
{
    /// <summary>Findings that are kept; more are not looked for.</summary>
    public const int FindingLimit = 1_000;

    private const int PageSize = 500;

    /// <summary>Reads everything, page by page; writers are not held up.</summary>
    /// <param name="mend">Whether what may be changed is changed: read tables get the redacted text, a stored answer
    /// goes.</param>
    public static async Task<List<DeepFinding>> RunAsync(
        Database database, Redactor redactor, bool mend, CancellationToken cancellationToken)
    {
        var findings = new List<DeepFinding>();
        CheckEvents(database, redactor, findings, cancellationToken);
        CheckIds(database, findings);
        foreach (var table in StoredTexts.All)
        {
            if (findings.Count >= FindingLimit) break;
            var found = database.Read(c => table.Find(c, text => Kinds(redactor, text), FindingLimit - findings.Count));
            foreach (var row in found)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (mend) await database.WriteAsync(
                    t => table.Mend(t, row, text => Redacted(redactor, text)), cancellationToken);
                findings.Add(new DeepFinding(
                    $"{table.Name} {row.Key}", $"holds {row.Kinds}") { CanMend = true, IsMended = mend });
            }
        }
        return findings;
    }

    private static void CheckEvents(
        Database database, Redactor redactor, List<DeepFinding> findings, CancellationToken cancellationToken)
    {
        for (var from = 1L; database.Read(c => Ledger.ReadPage(c, from, PageSize)) is { Count: > 0 } page; from =
            page[^1].Seq + 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var stored in page)
            {
                if (findings.Count >= FindingLimit) return;
                if (Kinds(redactor, CustomerTexts.Of(stored.Type, stored.Json)) is { } kinds)
                    findings.Add(new DeepFinding(
                        $"events {stored.StreamId} version {stored.Version}",
                        $"{stored.Type} holds {kinds}; an event is never changed, because its hash holds the chain"));
            }
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

    /// <summary>The kinds of personal data in a text, for people; null when there are none.</summary>
    private static string? Kinds(Redactor redactor, string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var kinds = redactor.Find(text).Select(s => s.Type.ToString()).Distinct().Order(StringComparer.Ordinal)
            .ToList();
        return kinds.Count == 0 ? null : string.Join(", ", kinds);
    }

    /// <summary>Placeholders that stand there already stay: their values are kept with the messages.</summary>
    private static string Redacted(Redactor redactor, string text) => ConversationsSetup.WithoutValues(redactor)(text);
}
