using System.Text.RegularExpressions;
using Baton.Decisions.Turns;
using Baton.Playbooks;

namespace Baton.Decisions.Stages;

/// <summary>
/// What a message asks for beside its main matter. An answer is about one intent, and a lookup about one number:
/// whatever else is asked would be lost with it, so a person gets both.
/// </summary>
internal static partial class OtherRequests
{
    /// <summary>In words for people: <c>refund request</c>, <c>order id NW-10007</c>.</summary>
    public static IReadOnlyList<string> Of(Turn turn)
    {
        if (turn.Playbook.FindIntent(turn.Triage.Intent) is not { } intent) return [];
        List<string> others =
        [
            .. turn.Triage.AlsoHeard.Where(other => !intent.Covers(turn.Playbook.FindIntent(other)))
                .Select(StageDescription.Spaced),
        ];
        if (intent.Class == IntentClass.Lookup) others.AddRange(OtherValues(turn, intent));
        return others;
    }

    /// <summary>Values of the required fields beside the one that is looked up.</summary>
    private static IEnumerable<string> OtherValues(Turn turn, Intent intent)
    {
        var said = MessageText.ForIntent(
            turn.Subject, Correction().IsMatch(turn.Input.Newest) ? turn.Input.Newest : turn.Body);
        foreach (var field in intent.RequiredFields)
            foreach (var value in turn.Models.Fields.Values(field, said))
                if (turn.Fields.TryGetValue(field, out var used) && used != value)
                    yield return $"{StageDescription.Spaced(field)} {value}";
    }

    /// <summary>"Sorry, it is T-5678": a number in such a message takes the place of one before it.</summary>
    [GeneratedRegex(
        @"\b(sorry|correct(ion|ed)?|i mean|meant|wrong|typo|mistyped|actually|instead|not that|mixed up)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Correction();
}
