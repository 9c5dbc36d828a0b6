using System.Text.Json.Nodes;

namespace Baton.Incidents.Triaging;

/// <summary>Something that somebody looks into, or has.</summary>
internal sealed record Incident(
    string Id, string Title, DateTimeOffset OpenedAt, string OpenedBy, DateTimeOffset? ClosedAt)
{
    /// <summary>What was done, oldest first.</summary>
    public IReadOnlyList<IncidentEntry> Entries { get; init; } = [];

    /// <summary>The newest triage in it, or null.</summary>
    public JsonObject? Triage => Entries.LastOrDefault(e => e.Triage is not null)?.Triage;
}

/// <summary>One line of an incident's record.</summary>
/// <param name="Kind"><c>triage</c>, <c>action</c>, <c>note</c> or <c>closed</c>.</param>
internal sealed record IncidentEntry(DateTimeOffset At, string Kind, string By, string Text)
{
    public JsonObject? Triage { get; init; }
}
