using System.Text.Json;

namespace Baton.Channels.History;

/// <summary>What a history is made of.</summary>
internal enum HistorySource
{
    Zendesk,
    Intercom,
    Freshdesk,
    Csv,
    Jsonl,
    Mbox,
}

/// <summary>Reads the records of a file.</summary>
internal static class HistoryReader
{
    public static IEnumerable<PastRecord> Read(HistorySource source, string path, HistoryMapping mapping) =>
        source switch
        {
            HistorySource.Csv => TableTickets.Read(path, mapping),
            HistorySource.Mbox => MailboxTickets.Read(path, mapping),
            HistorySource.Zendesk => Json(path, VendorTickets.Zendesk, mapping),
            HistorySource.Intercom => Json(path, VendorTickets.Intercom, mapping),
            HistorySource.Freshdesk => Json(path, VendorTickets.Freshdesk, mapping),
            HistorySource.Jsonl => Json(path, VendorTickets.Plain, mapping),
            _ => throw new System.Diagnostics.UnreachableException(source.ToString()),
        };

    private static IEnumerable<PastRecord> Json(
        string path, Func<JsonElement, PastTicket?> read, HistoryMapping mapping)
    {
        foreach (var (place, record, problem) in JsonRecords.Read(path))
        {
            if (record is not { } json) yield return new PastRecord(place, null, problem);
            else if (read(json) is { } ticket) yield return new PastRecord(place, Mapped(ticket, json, mapping));
            else if (JsonRecords.Text(json, mapping.Fields.GetValueOrDefault("id", "id")) is not { } id)
                yield return new PastRecord(place, null, "has no id");
            else yield return new PastRecord(place, Mapped(new PastTicket { Id = id }, json, mapping));
        }
    }

    /// <summary>What the mapping says goes over what is usual.</summary>
    private static PastTicket Mapped(PastTicket ticket, JsonElement record, HistoryMapping mapping)
    {
        if (mapping.Fields.Count == 0) return ticket;
        string? Of(string name, string? usual) =>
            mapping.Fields.TryGetValue(name, out var path) ? JsonRecords.Text(record, path) ?? usual : usual;
        return ticket with
        {
            Id = Of("id", null) ?? ticket.Id, Channel = Of("channel", null) ?? ticket.Channel,
            Customer = Of("customer", ticket.Customer), Subject = Of("subject", ticket.Subject),
            CreatedAt = JsonRecords.Time(Of("created_at", null)) ?? ticket.CreatedAt,
            SolvedAt = JsonRecords.Time(Of("solved_at", null)) ?? ticket.SolvedAt,
            Team = Of("team", ticket.Team), Status = Of("status", ticket.Status),
            Priority = Of("priority", ticket.Priority), RuleRoute = Of("rule_route", ticket.RuleRoute),
            FinalRoute = Of("final_route", ticket.FinalRoute),
            Messages = mapping.Fields.ContainsKey("body") && Of("body", null) is { } body
                ? [new PastMessage(Conversations.Author.Customer, body, ticket.CreatedAt)] : ticket.Messages,
        };
    }
}
