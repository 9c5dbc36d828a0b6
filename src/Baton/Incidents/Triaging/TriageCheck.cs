using System.Text.Json.Nodes;
using Baton.Playbooks;

namespace Baton.Incidents.Triaging;

/// <summary>What a check came to.</summary>
internal enum CheckSeverity
{
    /// <summary>As usual: something is ruled out.</summary>
    Ok,

    /// <summary>Not as usual, and no cause by itself.</summary>
    Warning,

    /// <summary>The cause.</summary>
    Critical,

    /// <summary>Not looked at: an earlier check has found the cause.</summary>
    Skipped,
}

/// <summary>What to do about a cause.</summary>
internal enum TriageAction
{
    /// <summary>The version of before.</summary>
    Rollback,

    /// <summary>Automation stops.</summary>
    KillSwitch,

    /// <summary>Automation goes on, the tickets in question go to people.</summary>
    HandToPerson,
}

/// <summary>One check of the chain.</summary>
/// <param name="Name">Such as <c>denials</c>.</param>
/// <param name="Evidence">What was found, with figures.</param>
internal sealed record TriageCheck(string Name, CheckSeverity Severity, string Evidence)
{
    /// <summary>What cannot be the cause any more; null where nothing is ruled out.</summary>
    public string? RulesOut { get; init; }

    /// <summary>In one word, such as <c>provider_down</c>; of a cause.</summary>
    public string? Cause { get; init; }

    public TriageAction? Action { get; init; }

    /// <summary>How to do it and what to do besides, in a sentence; of a cause.</summary>
    public string? Advice { get; init; }

    /// <summary>What the action is about: a version, a system; null: everything.</summary>
    public string? Target { get; init; }

    public JsonNode ToJson() => new JsonObject
    {
        ["name"] = Name, ["severity"] = EnumWords.Of(Severity), ["evidence"] = Evidence, ["rules_out"] = RulesOut,
        ["cause"] = Cause, ["action"] = Action is { } action ? EnumWords.Of(action) : null, ["advice"] = Advice,
        ["target"] = Target,
    };
}

/// <summary>The chain at a moment.</summary>
/// <param name="Next">What to look at where no cause was found; three.</param>
internal sealed record TriageResult(
    DateTimeOffset At, IReadOnlyList<TriageCheck> Checks, IReadOnlyList<string> Next)
{
    public const string Inconclusive = "inconclusive";

    /// <summary>The check that found the cause, or null.</summary>
    public TriageCheck? Found => Checks.FirstOrDefault(c => c.Severity == CheckSeverity.Critical);

    /// <summary>The cause in one word.</summary>
    public string Result => Found?.Cause ?? Inconclusive;

    public JsonObject ToJson() => new()
    {
        ["result"] = Result, ["action"] = Found?.Action is { } action ? EnumWords.Of(action) : null,
        ["at"] = At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
        ["advice"] = Found?.Advice, ["target"] = Found?.Target,
        ["checks"] = new JsonArray([.. Checks.Select(c => c.ToJson())]),
        ["next"] = new JsonArray([.. Next.Select(n => (JsonNode)n)]),
    };
}
