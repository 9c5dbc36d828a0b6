using System.Text.Json;
using Baton.Text.Words;

namespace Baton.Audit.Entries;

/// <summary>How an event becomes an entry: the names of its fields that say who, what, why, before and after.</summary>
/// <param name="Kind">What it is filtered by.</param>
/// <param name="Subject">Fields that name what it was done to; none: the ticket, or the kind.</param>
/// <param name="After">Fields that say how it is since.</param>
internal sealed record AuditRule(AuditKind Kind, string[] Subject, string[] After)
{
    /// <summary>Who automation is.</summary>
    public const string Automation = "baton";

    private const int LongestValue = 400;

    private static readonly string[] Reasons = ["why", "reason", "reasoning", "clause", "finding.detail"];

    /// <summary>Fields of who did it; the first that is there.</summary>
    public string[] Actor { get; init; } = ["by"];

    /// <summary>Field of how it was before; null: nothing says it, or <see cref="Follows"/> does.</summary>
    public string? Before { get; init; }

    /// <summary>Before is what the same subject was last set to: its events say only what is new.</summary>
    public bool Follows { get; init; }

    public string ActorOf(JsonElement data) => FirstOf(data, Actor) ?? Automation;

    public string? SubjectOf(JsonElement data) => Joined(data, Subject);

    public string? WhyOf(JsonElement data) => FirstOf(data, Reasons);

    public string? BeforeOf(JsonElement data) => Before is null ? null : Text(data, Before);

    /// <summary>Values with their names where there are several.</summary>
    public string? AfterOf(JsonElement data) => After.Length == 1 ? Text(data, After[0])
        : string.Join(", ", from name in After
                            let text = Text(data, name)
                            where text is not null
                            select $"{name} {text}") is { Length: > 0 } all ? Cut(all) : null;

    private static string? FirstOf(JsonElement data, string[] names) =>
        names.Select(name => Text(data, name)).FirstOrDefault(text => text is { Length: > 0 });

    private static string? Joined(JsonElement data, string[] names) =>
        string.Join(' ', names.Select(name => Text(data, name)).OfType<string>().Where(text => text.Length > 0))
            is { Length: > 0 } all ? Cut(all) : null;

    /// <summary>A field, or <c>outer.inner</c>.</summary>
    private static string? Text(JsonElement data, string name)
    {
        foreach (var step in name.Split('.'))
            if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty(step, out data)) return null;
        return data.ValueKind switch
        {
            JsonValueKind.String => Cut(data.GetString()!),
            JsonValueKind.Null or JsonValueKind.Object => null,
            JsonValueKind.Array => Cut(string.Join("; ", data.EnumerateArray()
                .Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()))),
            _ => data.GetRawText(),
        };
    }

    private static string Cut(string text) => CutText.Of(text, LongestValue, "…");
}
