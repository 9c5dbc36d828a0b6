using Baton.Conversations.Findings;
using Baton.Decisions.Asking;
using Baton.Decisions.Turns;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Decisions.Stages;

/// <summary>
/// Whether an answer that a model wrote may be sent: code looks for invented facts and promises, a model for tone and
/// policy. Answers of the local tier are the team's own sentences and need no check.
/// </summary>
/// <param name="name"><c>check</c> for the first version, <c>recheck</c> for the second.</param>
internal sealed class CheckStage(string name, ModelAsker models) : Stage<AnswerCheck>
{
    private const string NotMade = "the check of the answer could not be made";

    public override string Name => name;

    public override bool Applies(Turn turn) => Written(turn) is not null;

    public override async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        if (Written(turn) is not { } draft) throw new InvalidOperationException("there is no answer to check");
        IReadOnlyList<string> problems =
            [.. turn.Models.Ungrounded(draft), .. PromiseCheck.Unbacked(draft.Text, turn.Models.Sources(draft))];
        // What code has found is enough to write it again; a model's check of that version would be wasted.
        if (problems.Count > 0 || !models.Asks(turn, ModelStages.Check))
            return Of(Checked(turn, problems, []), TierNames.Rules);
        var passages = turn.Models.Passages(turn);
        var asked = await models.AskAsync(turn, CheckQuestion.Of(turn, passages, draft), cancellationToken);
        if (asked.Answer is not { } verdict)
            return asked.On(Of(new AnswerCheck([NotMade], [], false), TierNames.Rules));
        return asked.On(Of(Checked(turn, verdict.Problems, verdict.Wishes), asked.Tier) with { Note = verdict.Words });
    }

    protected override TurnFindings Apply(Turn turn, AnswerCheck output) => turn.Findings with { Check = output };

    protected override StageDescription Describe(AnswerCheck output) =>
        new(name == StageNames.Check ? "Is the answer right?" : "Is it right now?")
        {
            Facts =
            [
                new("problems", output.Problems.Count == 0 ? "none" : string.Join("; ", output.Problems)),
                new("could be better", string.Join("; ", output.Wishes)),
                new("written again", output.WriteAgain ? "yes" : ""),
            ],
        };

    /// <summary>The version that this check is for, or null when no model wrote one.</summary>
    private DraftAnswer? Written(Turn turn) =>
        turn.Findings.Resolution is { Draft: { IsWritten: true } draft, Version: var version }
        && version == (name == StageNames.Check ? 1 : 2) ? draft : null;

    private static AnswerCheck Checked(Turn turn, IReadOnlyList<string> problems, IReadOnlyList<string> wishes)
    {
        if (problems.Count > 0 || wishes.Count > 0) return new AnswerCheck(problems, wishes, true);
        return Gate(turn) is { } gate ? new AnswerCheck([gate], [], true) : new AnswerCheck([], [], false);
    }

    /// <summary>The confidence gate, when a surer answer would pass it; else writing again cannot help.</summary>
    private static string? Gate(Turn turn)
    {
        var verdict = turn.VerdictWithAnswer([]);
        if (verdict.Route == Route.Auto || turn.VerdictWithSurestAnswer().Route != Route.Auto) return null;
        return $"decision confidence {verdict.Confidence:0.00} is under {turn.Playbook.Thresholds.DecisionConfidence:0.00}";
    }

    private StageReport Of(AnswerCheck output, string tier) =>
        Report(output, tier, null, output.Problems.Count == 0 ? null : output.Problems[0]);
}

/// <summary>What the check of a written answer found.</summary>
/// <param name="Problems">What forbids sending it.</param>
/// <param name="Wishes">What could be better.</param>
/// <param name="WriteAgain">Whether a further version may help.</param>
public sealed record AnswerCheck(IReadOnlyList<string> Problems, IReadOnlyList<string> Wishes, bool WriteAgain);
