using System.Text.RegularExpressions;
using Baton.Decisions.Turns;
using Baton.Playbooks;

namespace Baton.Decisions.Stages.Beside;

/// <summary>
/// What a message asks for beside its main matter. An answer is about one intent, and a lookup about a few numbers:
/// whatever else is asked would be lost with it, so a person gets both.
/// </summary>
internal static partial class OtherRequests
{
    /// <summary>Numbers of one message that are looked up; who names more has another matter.</summary>
    private const int MostLookedUp = 3;

    /// <summary>In words for people: <c>refund request</c>, <c>order id NW-10007</c>.</summary>
    public static IReadOnlyList<string> Of(Turn turn)
    {
        if (turn.Playbook.FindIntent(turn.Triage.Intent) is not { } intent) return [];
        List<string> others =
        [
            .. turn.Triage.AlsoHeard.Where(other => !intent.Covers(turn.Playbook.FindIntent(other)))
                .Select(StageDescription.Spaced),
        ];
        return [.. others, .. Values(turn)];
    }

    /// <summary>Values of required fields that a lookup leaves out.</summary>
    public static IReadOnlyList<string> Values(Turn turn)
    {
        if (turn.Playbook.FindIntent(turn.Triage.Intent) is not { Class: IntentClass.Lookup } intent) return [];
        var asked = LookedUp(turn, intent);
        return [
            .. intent.RequiredFields.SelectMany(field => turn.Models.Fields.Values(field, Said(turn))
                .Where(value => turn.Fields.TryGetValue(field, out var used) && used != value
                    && !(asked.Count > 1 && asked.Contains(value)))
                .Select(value => $"{StageDescription.Spaced(field)} {value}")),
        ];
    }

    /// <summary>
    /// What a lookup asks its tool for: each number of a message that names a few of the one field it needs.
    /// </summary>
    public static IReadOnlyList<string> LookedUp(Turn turn, Intent intent)
    {
        if (intent.RequiredFields is not [var field] || !turn.Fields.TryGetValue(field, out var used)) return [];
        var said = turn.Models.Fields.Values(field, Said(turn));
        return said.Count is > 1 and <= MostLookedUp && said.Contains(used) ? said : [used];
    }

    private static string Said(Turn turn) => MessageText.ForIntent(
        turn.Subject, Correction().IsMatch(turn.Input.Newest) ? turn.Input.Newest : turn.Body);

    /// <summary>"Sorry, it is T-5678": a number in such a message takes the place of one before it.</summary>
    [GeneratedRegex(
        @"\b(sorry|correct(ion|ed)?|i mean|meant|wrong|typo|mistyped|actually|instead|not that|mixed up)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Correction();
}
