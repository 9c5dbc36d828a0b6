using System.Text.Json;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Audit.Entries;

/// <summary>
/// Writes <c>audit_entries</c>. The rows follow the ledger a moment later, so that no act waits for its entry; whoever
/// reads them catches up first.
/// </summary>
internal static class AuditTables
{
    /// <summary>How a rebuild writes the table anew.</summary>
    public static readonly ReadTable ReadTable = new("audit", ["audit_entries"], Rebuild) { Settle = Settle };

    /// <summary>Events that are looked at in one transaction.</summary>
    public const int Batch = 1_000;

    /// <summary>Looks at the next events; false when there are none.</summary>
    /// <remarks>
    /// A place that this ledger has not reached was another's: after a move everything is looked at again, which
    /// changes nothing.
    /// </remarks>
    public static bool Step(WriteTransaction transaction)
    {
        transaction.Lock("audit/place");
        var place = transaction.First("select place from audit_place where id = 1",
            row => LedgerPlace.Parse(row.Text(0))) ?? default;
        if (place.CompareTo(Ledger.Head(transaction)) > 0) place = default;
        var heads = Ledger.HeadsAfter(transaction, place, Batch);
        if (heads.Count == 0) return false;
        foreach (var head in heads)
            if (AuditCatalog.Of(head.Type) is { } rule
                && Ledger.ReadPage(transaction, head.Place.Seq, 1) is [var stored]
                // The one after it where it has left for the archive meanwhile.
                && stored.Seq == head.Place.Seq) Write(transaction, rule, stored);
        transaction.Execute(
            "insert into audit_place (id, place) values (1, $1) on conflict (id) do update set place = $1",
            heads[^1].Place.ToString());
        return true;
    }

    private static void Settle(WriteTransaction transaction)
    {
        while (Step(transaction)) { }
    }

    private static void Rebuild(WriteTransaction transaction, string stream, IReadOnlyList<StoredEvent> events)
    {
        foreach (var stored in events)
            if (AuditCatalog.Of(stored.Type) is { } rule) Write(transaction, rule, stored);
    }

    private static void Write(WriteTransaction transaction, AuditRule rule, StoredEvent stored)
    {
        using var json = JsonDocument.Parse(stored.Data);
        var data = json.RootElement;
        var ticket = TicketOf(stored.StreamId, data);
        var subject = rule.SubjectOf(data) ?? ticket ?? EnumWords.Of(rule.Kind);
        transaction.Execute(
            """
            insert into audit_entries (stream, version, seq, at_ms, kind, type, actor, subject, ticket, why,
                state_before, state_after, hash)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            on conflict (stream, version) do nothing
            """,
            stored.StreamId, stored.Version, stored.Seq, SqlValue.Ms(stored.At), EnumWords.Of(rule.Kind), stored.Type,
            rule.ActorOf(data), subject, ticket, rule.WhyOf(data),
            rule.Follows ? LastOf(transaction, stored, subject) : rule.BeforeOf(data), rule.AfterOf(data), stored.Hash);
    }

    private static string? LastOf(WriteTransaction transaction, StoredEvent stored, string subject) =>
        transaction.First(
            """
            select state_after from audit_entries
            where stream = $1 and version < $2 and type = $3 and subject = $4 order by version desc limit 1
            """,
            row => row.TextOrNull(0), stored.StreamId, stored.Version, stored.Type, subject);

    private static string? TicketOf(string stream, JsonElement data) =>
        !ReservedStreams.Includes(stream) ? stream
        : Field(data, "ticket_id") ?? Field(data, "ticket");

    private static string? Field(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
