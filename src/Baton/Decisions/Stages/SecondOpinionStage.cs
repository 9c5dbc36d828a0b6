using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Decisions.Asking;
using Baton.Decisions.Turns;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Decisions.Stages;

/// <summary>
/// What the next tier makes of a turn that is decided already. It changes nothing: agreement is stored, so that a team
/// sees whether its cheap tiers are good enough.
/// </summary>
internal sealed class SecondOpinionStage(ModelAsker models) : Stage<Nothing>
{
    public override string Name => StageNames.SecondOpinion;

    public override bool Applies(Turn turn) => models.HasModels(turn.Playbook) && SecondOpinionChoice.Takes(turn)
        && (NextForTriage(turn) is not null || NextForOpinion(turn) is not null);

    public override async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var triage = AskTriageAsync(turn, cancellationToken);
        var opinion = AskOpinionAsync(turn, cancellationToken);
        await Task.WhenAll(triage, opinion);
        return Report(turn, await triage, await opinion);
    }

    /// <summary>Nothing follows from it.</summary>
    protected override TurnFindings Apply(Turn turn, Nothing output) => turn.Findings;

    protected override StageDescription Describe(Nothing output) => new("Would a stronger model agree?");

    private string? NextForTriage(Turn turn) =>
        models.Asks(turn, ModelStages.Triage) ? models.Above(turn, turn.Triage.Tier) : null;

    /// <summary>An opinion that was given already came from the stage's own tier or above.</summary>
    private string? NextForOpinion(Turn turn) => !models.Asks(turn, ModelStages.Escalation) ? null
        : turn.Findings.Signals?.Opinion is null ? ""
        : models.Above(turn, turn.Findings.Signals.OpinionTier ?? TierNames.Local);

    private async Task<Asked<TriageAnswer>> AskTriageAsync(Turn turn, CancellationToken cancellationToken) =>
        NextForTriage(turn) is null ? new Asked<TriageAnswer>()
            : await models.AskAsync(
                turn, TriageQuestion.Of(turn) with { Above = turn.Triage.Tier, Floor = 0, Otherwise = TierNames.None },
            cancellationToken);

    private async Task<Asked<Opinion>> AskOpinionAsync(Turn turn, CancellationToken cancellationToken) =>
        NextForOpinion(turn) is null ? new Asked<Opinion>()
            : await models.AskAsync(
                turn, OpinionQuestion.Of(
                turn) with { Above = turn.Findings.Signals?.OpinionTier, Floor = 0, Otherwise = TierNames.None },
                cancellationToken);

    private StageReport Report(Turn turn, Asked<TriageAnswer> triage, Asked<Opinion> opinion)
    {
        var (first, route) = (turn.Triage.Intent, turn.Findings.Guarded?.Route ?? turn.Verdict.Route);
        var given = triage.Answer is not null || opinion.Answer is not null;
        var tier = triage.Answer is not null ? triage.Tier : opinion.Answer is not null ? opinion.Tier : TierNames.None;
        var report = Report(new Nothing(), tier) with { IsAside = true };
        report = opinion.Receipts.Count == 0 ? report : opinion.On(report);
        report = triage.Receipts.Count == 0 ? report : triage.On(report);
        if (!given) return report;
        return report with
        {
            Facts =
            [
                .. report.Facts,
                new ConversationEvent.SecondOpinionGiven(
                    turn.Number, report.Tier, report.Model, first, triage.Answer?.Intent,
                    triage.Answer is { } answer ? answer.Intent == first : null, route, opinion.Answer?.Word,
                    opinion.Answer is { } said ? Agrees(said.Word, route) : null),
            ],
        };
    }

    private static bool Agrees(string opinion, Route route) => opinion switch
    {
        "answer" => route == Route.Auto,
        "ask" => route == Route.Ask,
        _ => route is not (Route.Auto or Route.Ask),
    };
}

/// <summary>The stage leaves facts and no output.</summary>
public sealed record Nothing;
