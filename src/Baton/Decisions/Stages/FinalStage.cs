using System.Text.Json;
using Baton.Conversations;
using Baton.Decisions.Asking;
using Baton.Playbooks;

namespace Baton.Decisions.Stages;

/// <summary>The one further version of an answer that its check did not let pass, or would like better.</summary>
internal sealed class FinalStage(ModelAsker models) : IStage
{
    public string Name => "final";

    public bool Applies(Turn turn) =>
        turn.Check is { WriteAgain: true } && turn.Resolution is { Draft: not null, Version: 1 } && Prompt(turn) is not null;

    public async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var (first, check) = (turn.Resolution!, turn.Check!);
        var asked = await models.AskAsync(turn, DraftQuestion.Again(
            turn, Prompt(turn)!, turn.Models.Passages(turn), first.Draft!, [.. check.Problems, .. check.Wishes]),
            cancellationToken);
        var resolution = asked.Answer is not { } answer ? first
            : answer.Draft(asked.Tier) is { } draft
                ? first with { Draft = draft, Version = 2, Attempt = $"Drafted an answer twice from \"{draft.Citations[0].Title}\"." }
                : first with
                {
                    Draft = null, Version = 2, Problem = "the articles do not answer it",
                    Attempt = "Drafted an answer and withdrew it: the articles do not say enough.",
                };
        return asked.On(new StageReport
        {
            Output = ConversationJson.Element(resolution), Tier = asked.Tier,
            Confidence = asked.Answer is null ? null : asked.Confidence,
            Note = "because " + string.Join("; ", check.Problems.Concat(check.Wishes)),
        });
    }

    public void Apply(Turn turn, JsonElement output) =>
        turn.Resolution = ConversationJson.Read<StageOutput.Resolution>(output);

    /// <summary>Its own bounds, or those of the draft when the playbook gives it none.</summary>
    private string? Prompt(Turn turn) => models.Asks(turn, ModelStages.Final) ? ModelStages.Final
        : models.Asks(turn, ModelStages.Draft) ? ModelStages.Draft
        : null;
}
