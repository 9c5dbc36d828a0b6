using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Decisions.Asking;
using Baton.Decisions.Stages;
using Baton.Decisions.Turns;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Decisions.Replaying;

/// <summary>
/// Makes recorded decisions again under another playbook, with what was found then: readings, the customer, answers of
/// tools and the clock. What the other playbook reads otherwise the local tier reads again. Nothing outside is asked,
/// nothing is written; what would have needed a tool or a model that was not asked then is said to be unknown.
/// </summary>
internal sealed class TurnReplay
{
    private readonly Playbook _playbook;
    private readonly LocalModels _models;
    private readonly Dictionary<string, IStage> _stages;

    /// <param name="needs">Of the host; models, tools and clocks of it are not used.</param>
    /// <param name="models">Trained on the playbook.</param>
    public TurnReplay(StageNeeds needs, Playbook playbook, LocalModels models)
    {
        (_playbook, _models) = (playbook, models);
        _stages = DecisionPipeline.Default(needs with
        {
            Models = new ModelAsker(null, needs.Store), Turns = new TurnOptions(PastTickets: true),
        }).ToDictionary(s => s.Name);
    }

    /// <summary>What the decision would have been.</summary>
    /// <param name="scope">What differs from the playbook of then.</param>
    public async ValueTask<ReplayedVerdict> RunAsync(
        RecordedTurn recorded, ReplayScope scope, CancellationToken cancellationToken)
    {
        if (recorded.Kept is not null) return ReplayedVerdict.As(recorded);
        var turn = new Turn(_playbook, _models, recorded.Before, recorded.Now);
        Take(turn, recorded, StageNames.Context);
        if (turn.Findings.Gate is null) return ReplayedVerdict.Lacking("what was known of the customer");
        var again = await ReadAsync(turn, recorded, scope, cancellationToken);
        if (turn.Findings.IsSettled) return Of(turn, again);
        again |= await ReplayedSignals.AssessAsync(turn, recorded, scope, cancellationToken);
        if (await AnswerAsync(turn, recorded, scope, cancellationToken) is { } lacking)
            return ReplayedVerdict.Lacking(lacking);
        again |= await GuardAsync(turn, recorded, scope, cancellationToken);
        if (turn.Verdict.Route == Route.Auto && turn.Findings.Resolution?.Draft is null)
            return ReplayedVerdict.Lacking("what would be sent");
        return Of(turn, again);
    }

    private static ReplayedVerdict Of(Turn turn, bool again)
    {
        var verdict = TurnDecider.VerdictOf(turn);
        return new ReplayedVerdict(
            verdict.Route, verdict.Priority, verdict.Queue, verdict.Confidence, verdict.DecidedBy)
        {
            AnswerProbability = turn.Findings.Signals?.AnswerProbability, ReadAgain = again,
            FromArticles = verdict.Route == Route.Auto && turn.Findings.Resolution?.Draft is { Source: "article" },
        };
    }

    /// <summary>Intent, tone and difficulty: those of then, or read again.</summary>
    private async ValueTask<bool> ReadAsync(
        Turn turn, RecordedTurn recorded, ReplayScope scope, CancellationToken cancellationToken)
    {
        var was = recorded.Output(StageNames.Triage) is { } output
            ? ConversationJson.Read<TriageReading>(output) : null;
        var settles = TriageStage.IsSettledByRule(turn, turn.Customer);
        var again = !settles && (was is null || was.Tier == TierNames.Rules || scope.Reading);
        if (again && was is { Tier: not (TierNames.Rules or TierNames.Local) }
            && turn.Playbook.FindIntent(was.Intent) is { } same)
        {
            // A model has read it; what it named is still an intent, perhaps of another class.
            turn.Take(turn.Findings with
            {
                Triage = was with { Class = same.Class, Category = same.Category, ProductArea = same.ProductArea },
            });
            again = false;
        }
        else if (again || settles) await RunAsync(turn, StageNames.Triage, cancellationToken);
        else Take(turn, recorded, StageNames.Triage);
        if (turn.Findings.IsSettled) return again;
        foreach (var stage in (string[])[StageNames.Tone, StageNames.Complexity])
            if (!Take(turn, recorded, stage)) await RunAsync(turn, stage, cancellationToken);
        return again;
    }

    /// <summary>The answer of then where it was tried for the same, else what the local tier finds.</summary>
    /// <returns>What the ledger lacks, or null.</returns>
    private async ValueTask<string?> AnswerAsync(
        Turn turn, RecordedTurn recorded, ReplayScope scope, CancellationToken cancellationToken)
    {
        var intent = turn.Playbook.FindIntent(turn.Triage.Intent);
        var signals = turn.Findings.Signals!;
        if (turn.Findings.Assessment is not { Route: Route.Auto } || intent is null)
        {
            turn.Take(turn.Findings with { Resolution = Resolution.None });
            return null;
        }
        var tried = WasTried(turn, recorded, scope);
        if (scope.Acts && turn.Playbook.WorkflowFor(intent.Name) is { } other) return $"what workflow {other.Name} would have done";
        if (signals.Workflow is { } workflow && !Take(turn, recorded, StageNames.Act) && !tried)
            return $"what workflow {workflow} would have done";
        if (signals is { Acts: true, Workflow: null } && !Take(turn, recorded, StageNames.Agent) && !tried)
            return $"what agent {intent.Agent} would have done";
        if (turn.Findings.Resolution is not null) return null;
        if (tried)
        {
            foreach (var stage in Answering) Take(turn, recorded, stage);
            if (turn.Findings.Resolution is not null) return null;
        }
        if (!signals.Accepted && intent is { Class: IntentClass.Lookup, Tool: { } tool })
            return $"what tool {tool} would have said";
        await RunAsync(turn, StageNames.Resolve, cancellationToken);
        return turn.Findings.Resolution?.Draft is null && !signals.Accepted
            && turn.Playbook.Models?.Stage(ModelStages.Draft) is not null ? "what a model would have written" : null;
    }

    private static readonly string[] Answering =
        [StageNames.Resolve, StageNames.Check, StageNames.Final, StageNames.Recheck];

    /// <summary>Whether the same answer was tried then: of tools always, of articles where they are the same.</summary>
    private static bool WasTried(Turn turn, RecordedTurn recorded, ReplayScope scope)
    {
        var signals = turn.Findings.Signals!;
        return recorded.Output(StageNames.Escalation, StageJson.Of<Assessment>())
                is { Route: Route.Auto } before && before.Accepted == signals.Accepted
            && before.Workflow == signals.Workflow
            && recorded.Output(StageNames.Triage) is { } read
            && ConversationJson.Read<TriageReading>(read).Intent == turn.Triage.Intent
            && (!scope.Answers || (!signals.Accepted && turn.Triage.Class == IntentClass.Lookup));
    }

    /// <summary>What is wrong with the answer of then is still wrong with it; another one is looked at.</summary>
    private async ValueTask<bool> GuardAsync(
        Turn turn, RecordedTurn recorded, ReplayScope scope, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? problems = turn.Findings.Resolution?.Draft is null ? []
            : WasTried(turn, recorded, scope)
            ? recorded.Output(StageNames.Guard, StageJson.Of<Guarded>())?.Problems : null;
        if (problems is null)
        {
            await RunAsync(turn, StageNames.Guard, cancellationToken);
            return true;
        }
        turn.Take(turn.Findings with { AnswerProblems = problems });
        return false;
    }

    private async ValueTask RunAsync(Turn turn, string stage, CancellationToken cancellationToken)
    {
        var report = await _stages[stage].RunAsync(turn, cancellationToken);
        turn.Take(_stages[stage].Apply(turn, report.Output));
    }

    private bool Take(Turn turn, RecordedTurn recorded, string stage)
    {
        if (recorded.Output(stage) is not { } output) return false;
        turn.Take(_stages[stage].Apply(turn, output));
        return true;
    }
}
