using Baton.Decisions.Turns;
using Baton.Knowledge.Choice;
using Baton.Playbooks;

namespace Baton.Decisions.Stages.Beside;

/// <summary>Questions beside a lookup that articles may answer: "where is NW-10003, and do you ship to Canada?"</summary>
internal static class BesideLookUp
{
    /// <summary>
    /// The sections for them and how probably they are right; null when there is no such question, or one that no
    /// article is for.
    /// </summary>
    public static async ValueTask<(SectionChoiceOf Choice, double Probability)?> ChooseAsync(
        Turn turn, CancellationToken cancellationToken)
    {
        if (turn.Playbook.FindIntent(turn.Triage.Intent) is not { } lookup) return null;
        var others = turn.Triage.AlsoHeard.Select(turn.Playbook.FindIntent).Where(other => !lookup.Covers(other))
            .ToList();
        if (others.Count == 0 || others.Any(other => other is not { Class: IntentClass.Knowledge })) return null;
        var asked = (turn.Triage.Requests ?? []).Where(request => others.Any(other => other!.Name == request.Intent))
            .Select(request => request.Text).ToList();
        if (asked.Count < others.Count) return null;
        var choice = await turn.Input.ChooseForAsync(string.Join('\n', asked), cancellationToken);
        return choice is null ? null
            : (choice, Math.Round(Acceptance.Of(choice.Evidence, turn.Playbook), 4));
    }
}
