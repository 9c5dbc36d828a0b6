using System.Globalization;
using System.Text.RegularExpressions;
using Baton.Playbooks;

namespace Baton.Agents;

/// <summary>When a run has gone on for long enough, or in a wrong direction. Pure: the log says it all.</summary>
internal static partial class AgentRules
{
    /// <summary>Answers of the model in one run.</summary>
    public const int MostSteps = 10;

    /// <summary>Calls in one answer.</summary>
    public const int MostCalls = 8;

    /// <summary>Steps in a row of which no call worked.</summary>
    private const int FruitlessSteps = 3;

    /// <summary>Why the next step is not taken; null when it is.</summary>
    public static string? Problem(AgentIdentity agent, AgentLog log)
    {
        if (log.Steps.Count >= MostSteps) return $"{log.Steps.Count} steps without an end";
        if (log.Tokens > agent.Budget.Tokens) return $"used {log.Tokens} tokens, {agent.Budget.Tokens} are allowed";
        if (log.CostUsd > agent.Budget.Usd)
            return string.Create(CultureInfo.InvariantCulture, $"cost {log.CostUsd:0.####} USD, {agent.Budget.Usd} is allowed");
        if (Repeats(log) is { } tool) return $"called {tool} again with the same inputs";
        var fruitless = log.Steps.Reverse().TakeWhile(s => s.Calls.Count > 0 && !s.Calls.Any(Works)).Count();
        return fruitless >= FruitlessSteps ? $"{fruitless} steps in a row came to nothing" : null;
    }

    /// <summary>
    /// What contradicts the record in the words for the customer; null when nothing does. An amount or a number that
    /// neither the customer nor a tool has named was made up.
    /// </summary>
    /// <param name="known">Everything that was read: the conversation and what tools answered.</param>
    public static string? Contradiction(string text, AgentLog log, string known)
    {
        var sources = string.Join('\n', log.Calls.Select(c => c.Result).Append(known));
        foreach (Match number in Number().Matches(text))
        {
            var value = number.Value.TrimEnd('.', ',');
            if (value.Length < 2 || Numbers(sources).Contains(Plain(value))) continue;
            return "the answer names a number that stands nowhere";
        }
        if (Claim().IsMatch(text) && !log.Calls.Any(c => c.Word == AgentCall.Done))
            return "the answer says that something was done, and nothing was";
        return null;
    }

    private static string? Repeats(AgentLog log) =>
        log.Calls.GroupBy(c => (c.Tool, Inputs: c.Inputs.GetRawText())).Where(g => g.Count() > 2)
            .Select(g => g.Key.Tool).FirstOrDefault();

    private static bool Works(AgentCall call) => call.Word is AgentCall.Done or AgentCall.Read;

    private static HashSet<string> Numbers(string text) =>
        [.. Number().Matches(text).Select(m => Plain(m.Value.TrimEnd('.', ',')))];

    /// <summary>80, 80.00 and 80,00 are one number.</summary>
    private static string Plain(string number)
    {
        var plain = number.Replace(',', '.');
        return decimal.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value.ToString("0.##", CultureInfo.InvariantCulture) : plain;
    }

    [GeneratedRegex(@"\d[\d.,]*")]
    private static partial Regex Number();

    [GeneratedRegex(
        @"\b(?:have|has|been|was|were|is|are|'ve)\s+(?:now\s+|just\s+|been\s+)*(?:refunded|cancelled|canceled|exchanged|credited|changed|updated|resent|issued)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Claim();
}
