using System.Globalization;
using System.Text.Json;
using Baton.Storage;

namespace Baton.Incidents.Triaging;

/// <summary>Something that was changed, by whom and when.</summary>
/// <param name="Kind">One of <see cref="Changes.Kinds"/>.</param>
/// <param name="What">In words, for people.</param>
/// <param name="Version">The playbook that came into force, or the build; null for others.</param>
/// <param name="Previous">What was in force before; null: nothing, or not known.</param>
internal sealed record Change(
    DateTimeOffset At, string Kind, string What, string By, string? Version = null, string? Previous = null);

/// <summary>Reads what was changed: the streams of the product's own events.</summary>
internal static class Changes
{
    /// <summary>Streams that tell of changes, and what each is called.</summary>
    private static readonly (string Stream, string Kind)[] Streams =
    [
        ("operations/playbook", Playbook), ("operations/rollout", Rollout), ("operations/deployment", Deployment),
        ("operations/kill-switch", "kill_switch"), ("operations/autonomy", "autonomy"),
    ];

    public const string Playbook = "playbook", Models = "models", Tools = "tools", Knowledge = "knowledge",
        Deployment = "deployment", Rollout = "rollout";

    /// <summary>Kinds that may be the cause of an incident, in the order in which they are looked at.</summary>
    public static readonly IReadOnlyList<string> Kinds = [Playbook, Models, Tools, Knowledge, Deployment, Rollout];

    private const int Most = 200;

    /// <summary>Those of a time, newest first.</summary>
    /// <param name="parts">What changed between two versions of the playbook, or null.</param>
    public static List<Change> Between(
        ReadConnection connection, DateTimeOffset from, DateTimeOffset to,
        Func<string, string, IReadOnlyList<string>?> parts) =>
    [
        .. Streams.SelectMany(s => connection.Query(
                """
                select type, at, data from events where conversation_id = $1 and at >= $2 and at <= $3
                order by version desc limit $4
                """,
                row => Read(s.Kind, row, parts), s.Stream, Text(from), Text(to), (long)Most))
            .OfType<Change>().OrderByDescending(c => c.At),
    ];

    private static Change? Read(string kind, Row row, Func<string, string, IReadOnlyList<string>?> parts)
    {
        var (type, data) = (row.Text(0), JsonSerializer.Deserialize<JsonElement>(row.Utf8(2)));
        var at = DateTimeOffset.Parse(row.Text(1), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var (by, version, previous) = (Word(data, "by") ?? "baton", Word(data, "version"), Word(data, "previous"));
        // What was there first is no change.
        if (kind == Deployment && previous is null) return null;
        if (kind != Playbook)
            return new Change(at, kind, Said(type, data), by, version ?? Word(data, "build"), previous);
        if (type != "PlaybookVersionActivated" || Word(data, "how") == "first") return null;
        var changed = version is null || previous is null ? null : parts(previous, version);
        return new Change(at, Part(changed),
            $"playbook {Short(previous)} → {Short(version)}{(changed is { Count: > 0 } ? $": {string.Join(", ", changed)}" : "")}"
            + $" ({Word(data, "how")})", by, version, previous);
    }

    /// <summary>A change of models, tools or articles alone is called so; every other one is one of the
    /// playbook.</summary>
    private static string Part(IReadOnlyList<string>? changed) =>
        changed is not { Count: > 0 } ? Playbook
        : changed.All(c => c == "models.yaml") ? Models
        : changed.All(c => c.StartsWith("tools", StringComparison.Ordinal) || c == "mcp.yaml") ? Tools
        : changed.All(c => c.StartsWith("knowledge", StringComparison.Ordinal)) ? Knowledge : Playbook;

    private static string Said(string type, JsonElement data)
    {
        var said = data.ValueKind == JsonValueKind.Object
            ? data.EnumerateObject().Where(p => p.Name is not ("by" or "why") && p.Value.ValueKind != JsonValueKind.Null)
                .Take(5).Select(p => $"{p.Name} {Short(p.Value.ToString())}")
            : [];
        return $"{type}: {string.Join(", ", said)}";
    }

    private static string? Word(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Short(string? text) => text is { Length: 64 } ? text[..8] : text ?? "none";

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
