using System.Text.Json;
using Baton.Conversations;
using Baton.Decisions.Asking;
using Baton.Escalation;
using Baton.Playbooks;

namespace Baton.Decisions.Stages;

/// <summary>
/// Whether an answer that a model wrote may be sent: code looks for invented facts and promises, a model for tone and
/// policy. Answers of the local tier are the team's own sentences and need no check.
/// </summary>
/// <param name="name"><c>check</c> for the first version, <c>recheck</c> for the second.</param>
internal sealed class CheckStage(string name, ModelAsker models) : IStage
{
    public const string First = "check";
    public const string Second = "recheck";

    private const string NotMade = "the check of the answer could not be made";

    public string Name => name;

    public bool Applies(Turn turn) => turn.Resolution is { Draft: { } draft, Version: var version }
        && draft.IsWritten && version == (name == First ? 1 : 2);

    public async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var draft = turn.Resolution!.Draft!;
        IReadOnlyList<string> problems =
            [.. turn.Models.Ungrounded(draft), .. Promises.Unbacked(draft.Text, turn.Models.Sources(draft))];
        // What code has found is enough to write it again; a model's check of that version would be wasted.
        if (problems.Count > 0 || !models.Asks(turn, ModelStages.Check))
            return Report(Checked(turn, problems, []), "rules");
        var passages = turn.Models.Passages(turn);
        var asked = await models.AskAsync(turn, CheckQuestion.Of(turn, passages, draft), cancellationToken);
        if (asked.Answer is not { } verdict)
            return asked.On(Report(new StageOutput.Checked([NotMade], [], false), "rules"));
        return asked.On(Report(Checked(turn, verdict.Problems, verdict.Wishes), asked.Tier) with { Note = verdict.Words });
    }

    public void Apply(Turn turn, JsonElement output) => turn.Check = ConversationJson.Read<StageOutput.Checked>(output);

    private static StageOutput.Checked Checked(Turn turn, IReadOnlyList<string> problems, IReadOnlyList<string> wishes)
    {
        if (problems.Count > 0 || wishes.Count > 0) return new StageOutput.Checked(problems, wishes, true);
        return Gate(turn) is { } gate ? new StageOutput.Checked([gate], [], true) : new StageOutput.Checked([], [], false);
    }

    /// <summary>The confidence gate, when a surer answer would pass it; else writing again cannot help.</summary>
    private static string? Gate(Turn turn)
    {
        var passed = new StageOutput.Guarded(Route.Auto, 0, []);
        var facts = TurnFacts.Of(turn, turn.Assessment, passed);
        var verdict = EscalationPolicy.Evaluate(turn.Playbook, facts);
        if (verdict.Route == Route.Auto) return null;
        var surest = facts with { Answer = new AnswerEvidence(true, 1) };
        return EscalationPolicy.Evaluate(turn.Playbook, surest).Route == Route.Auto
            ? $"decision confidence {verdict.Confidence:0.00} is under {turn.Playbook.Thresholds.DecisionConfidence:0.00}"
            : null;
    }

    private static StageReport Report(StageOutput.Checked output, string tier) => new()
    {
        Output = ConversationJson.Element(output), Tier = tier,
        Note = output.Problems.Count == 0 ? null : output.Problems[0],
    };
}
