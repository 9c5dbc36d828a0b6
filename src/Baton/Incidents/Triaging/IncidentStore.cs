using System.Text.Json.Nodes;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Incidents.Triaging;

/// <summary>The record of incidents: what happened in one is a stream of its own.</summary>
internal static class IncidentStore
{
    private const string Prefix = "operations/incident-";

    /// <summary>Entries of one incident at most; nobody writes more by hand.</summary>
    private const int MostEntries = 1_000;

    /// <summary>Newest first, without what was done.</summary>
    public static List<Incident> List(ReadConnection connection, int limit) => connection.Query(
        "select id, title, opened_at_ms, opened_by, closed_at_ms from incidents order by opened_at_ms desc, id limit $1",
        Map, (long)limit);

    /// <summary>With what was done; null when there is no such one.</summary>
    public static Incident? Find(ReadConnection connection, string id) => connection.First(
        "select id, title, opened_at_ms, opened_by, closed_at_ms from incidents where id = $1", Map, id) is { } found
        ? found with { Entries = [.. Ledger.Read(connection, Prefix + id).Select(Entry)] } : null;

    public static void Open(WriteTransaction transaction, Incident incident) => transaction.Execute(
        "insert into incidents (id, title, opened_at_ms, opened_by) values ($1, $2, $3, $4)",
        incident.Id, incident.Title, SqlValue.Ms(incident.OpenedAt), incident.OpenedBy);

    /// <summary>Adds what was done; false when the record is full.</summary>
    public static bool Add(WriteTransaction transaction, string id, IncidentEntry entry)
    {
        transaction.Lock(Prefix + id);
        if (Ledger.Version(transaction, Prefix + id) >= MostEntries) return false;
        Ledger.Extend(transaction, Prefix + id, new NewEvent(TypeOf(entry.Kind), entry.At, new JsonObject
        {
            ["kind"] = entry.Kind, ["by"] = entry.By, ["text"] = entry.Text, ["triage"] = entry.Triage?.DeepClone(),
        }.ToJsonString()));
        return true;
    }

    public static bool Close(WriteTransaction transaction, string id, DateTimeOffset at) => transaction.Execute(
        "update incidents set closed_at_ms = $1 where id = $2 and closed_at_ms is null", SqlValue.Ms(at), id) == 1;

    private static string TypeOf(string kind) => kind switch
    {
        "triage" => "IncidentTriaged",
        "action" => "IncidentActed",
        "closed" => "IncidentClosed",
        _ => "IncidentNoted",
    };

    private static IncidentEntry Entry(StoredEvent stored)
    {
        var data = (JsonObject)JsonNode.Parse(stored.Data.Span)!;
        return new IncidentEntry(stored.At, (string)data["kind"]!, (string)data["by"]!, (string)data["text"]!)
        {
            Triage = data["triage"] as JsonObject,
        };
    }

    private static Incident Map(Row row) =>
        new(row.Text(0), row.Text(1), row.Time(2), row.Text(3), row.TimeOrNull(4));
}
