using Baton.Conversations.Findings;
using Baton.Decisions.Asking;
using Baton.Decisions.Turns;
using Baton.Playbooks.Models;

namespace Baton.Decisions.Stages;

/// <summary>The one further version of an answer that its check did not let pass, or would like better.</summary>
internal sealed class FinalStage(ModelAsker models) : Stage<Resolution>
{
    public override string Name => StageNames.Final;

    public override bool Applies(Turn turn) => Known(turn) is not null && Prompt(turn) is not null;

    public override async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        if (Known(turn) is not var (first, draft, check) || Prompt(turn) is not { } prompt)
            throw new InvalidOperationException("there is no answer to write again");
        var asked = await models.AskAsync(turn, DraftQuestion.Again(
            turn, prompt, turn.Models.Passages(turn), draft, [.. check.Problems, .. check.Wishes]), cancellationToken);
        return asked.On(Report(
            asked.Answer is { } answer ? Again(first, answer.Draft(asked.Tier)) : first, asked.Tier,
            asked.Answer is null ? null : asked.Confidence,
            "because " + string.Join("; ", check.Problems.Concat(check.Wishes))));
    }

    protected override TurnFindings Apply(Turn turn, Resolution output) => turn.Findings with { Resolution = output };

    protected override StageDescription Describe(Resolution output) => output.Describe("Can it be better?");

    private static Resolution Again(Resolution first, DraftAnswer? draft) => draft is null
        ? first with
        {
            Draft = null, Version = 2, Problem = "the articles do not answer it",
            Attempt = "Drafted an answer and withdrew it: the articles do not say enough.",
        }
        : first with
        {
            Draft = draft, Version = 2, Attempt = $"Drafted an answer twice from \"{draft.Citations[0].Title}\".",
        };

    /// <summary>
    /// The first version and what is wrong with it; null when nothing is, or it was written again already.
    /// </summary>
    private static (Resolution First, DraftAnswer Draft, AnswerCheck Check)? Known(Turn turn) =>
        turn.Findings is { Check: { WriteAgain: true } check, Resolution: { Draft: { } draft, Version: 1 } first }
            ? (first, draft, check)
            : null;

    /// <summary>Its own bounds, or those of the draft when the playbook gives it none.</summary>
    private string? Prompt(Turn turn) => models.Asks(turn, ModelStages.Final) ? ModelStages.Final
        : models.Asks(turn, ModelStages.Draft) ? ModelStages.Draft
        : null;
}
