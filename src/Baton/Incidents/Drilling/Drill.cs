using System.Text.Json.Nodes;
using Baton.Storage;

namespace Baton.Incidents.Drilling;

/// <summary>A rehearsal that was made.</summary>
/// <param name="Name">One of <see cref="Drills.Names"/>.</param>
/// <param name="Report">Figures by name.</param>
internal sealed record Drill(string Id, string Name, DateTimeOffset At, bool Passed, JsonObject Report);

/// <summary>Rehearsals and what they measured.</summary>
internal static class Drills
{
    public const string KillSwitch = "kill-switch", Restore = "restore", ProviderDown = "provider-down";

    public static readonly IReadOnlyList<string> Names = [KillSwitch, Restore, ProviderDown];

    /// <summary>A drill that is older is made again.</summary>
    public static readonly TimeSpan Quarter = TimeSpan.FromDays(92);

    /// <summary>Newest first.</summary>
    public static List<Drill> List(ReadConnection connection, int limit) => connection.Query(
        "select id, name, at_ms, passed, report from drills order by at_ms desc, id limit $1", Map, (long)limit);

    /// <summary>The last one of a name, or null.</summary>
    public static Drill? Last(ReadConnection connection, string name) => connection.First(
        "select id, name, at_ms, passed, report from drills where name = $1 order by at_ms desc limit 1", Map, name);

    public static void Add(WriteTransaction transaction, Drill drill) => transaction.Execute(
        "insert into drills (id, name, at_ms, passed, report) values ($1, $2, $3, $4, $5)",
        drill.Id, drill.Name, SqlValue.Ms(drill.At), drill.Passed, drill.Report.ToJsonString());

    private static Drill Map(Row row) => new(
        row.Text(0), row.Text(1), row.Time(2), row.Bool(3), (JsonObject)JsonNode.Parse(row.Text(4))!);
}
