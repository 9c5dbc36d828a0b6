using System.Text.Json;

namespace Baton.Evaluation.Metrics;

/// <summary>
/// What a labelled ticket should come to: the member <c>expect</c> of its line. The schema is in
/// <c>docs/labelled-tickets.md</c>.
/// </summary>
public sealed record Expectation
{
    /// <summary>What a ticket may be due for.</summary>
    public static readonly IReadOnlyList<string> Outcomes = ["answer", "ask", "person", "silent"];

    /// <summary><c>answer</c>, <c>ask</c>, <c>person</c> or <c>silent</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Outcomes that are right as well.</summary>
    public IReadOnlyList<string> Acceptable { get; init; } = [];

    public string? Intent { get; init; }

    /// <summary>Other matters of the same message, and intents that are right as well.</summary>
    public IReadOnlyList<string> AlsoIntents { get; init; } = [];

    /// <summary>Sections that answer it: <c>article#Heading</c>.</summary>
    public IReadOnlyList<string> Articles { get; init; } = [];

    /// <summary>Groups of wordings: a right answer says one of each group.</summary>
    public IReadOnlyList<IReadOnlyList<string>> MustSay { get; init; } = [];

    public IReadOnlyList<string> MustNotSay { get; init; } = [];

    public string? Route { get; init; }

    public IReadOnlyList<string> AcceptableRoutes { get; init; } = [];

    /// <summary>Tools that have to be called, by name, for it to come out so.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>For figures by kind, such as <c>single</c>, <c>two</c>, <c>lookup</c>, <c>person</c>.</summary>
    public string Kind { get; init; } = "";

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Reads <c>expect</c> of a line; null when it has none.</summary>
    /// <exception cref="FormatException">It is there and is not as the schema says; the message says where.</exception>
    public static Expectation? Of(JsonElement line)
    {
        if (!line.TryGetProperty("expect", out var expect)) return null;
        if (expect.ValueKind != JsonValueKind.Object) throw new FormatException("expect: write an object");
        return new Expectation
        {
            Outcome = Text(expect, "outcome") is { } outcome && Outcomes.Contains(outcome) ? outcome
                : throw new FormatException($"expect.outcome: write one of {string.Join(", ", Outcomes)}"),
            Acceptable = Texts(expect, "acceptable"), Intent = Text(expect, "intent"),
            AlsoIntents = Texts(expect, "also_intents"), Articles = Texts(expect, "articles"),
            MustSay = [.. Items(expect, "must_say").Select(group => Texts(group, "must_say"))],
            MustNotSay = Texts(expect, "must_not_say"), Route = Text(expect, "route"),
            AcceptableRoutes = Texts(expect, "acceptable_routes"), Kind = Text(expect, "kind") ?? "",
            Tags = Texts(expect, "tags"), Tools = Texts(expect, "tools"),
        };
    }

    private static string? Text(JsonElement of, string name) =>
        !of.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
            : value.ValueKind == JsonValueKind.String ? value.GetString()
            : throw new FormatException($"expect.{name}: write a text");

    private static IReadOnlyList<string> Texts(JsonElement of, string name)
    {
        List<JsonElement> items = of.ValueKind == JsonValueKind.Array ? [.. of.EnumerateArray()] : Items(of, name);
        return
        [
            .. items.Select(item => item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 } text
                ? text : throw new FormatException($"expect.{name}: write a list of texts")),
        ];
    }

    private static List<JsonElement> Items(JsonElement of, string name) =>
        of.ValueKind != JsonValueKind.Object ? throw new FormatException($"expect.{name}: write a list of lists")
            : !of.TryGetProperty(name, out var value) ? []
            : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()]
            : throw new FormatException($"expect.{name}: write a list");
}
