using Baton.Decisions;
using Baton.Decisions.Local;
using Baton.Decisions.Replaying;
using Baton.Evaluation.Learning;
using Baton.Operations.Versions;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Evaluation.Replaying;

/// <summary>What the playbook that waits would have made of the newest decisions, kept for the console.</summary>
internal sealed class CandidateReplay(
    Database database, PlaybookVersions versions, LocalEncoder encoder, LocalModelOptions models, StageNeeds needs,
    Learned learned)
{
    private const int MostTickets = 20;

    /// <returns>Null where none waits, or this program cannot read it.</returns>
    public async Task<ReplayReport?> RunAsync(int days, CancellationToken cancellationToken)
    {
        if (versions.State()?.Candidate is not { } waiting
            || versions.Load(waiting) is not LoadedPlaybook.Valid { Playbook: var playbook }) return null;
        var trained = LocalModels.Train(playbook, encoder.Vectors, models.CacheFolder);
        var replay = new DecisionReplay(database, versions, new TurnReplay(needs, playbook, trained), playbook);
        var (now, decisions) = (database.Clock.GetUtcNow(), new List<ReplayedDecision>());
        await foreach (var decision in replay.RunAsync(now.AddDays(-days), now.AddDays(1), cancellationToken)
            .ConfigureAwait(false))
            decisions.Add(decision);
        var report = ReplayReport.Of(playbook.Version, decisions);
        await learned.KeepAsync(Learned.Replay, report.ToJson(MostTickets), cancellationToken).ConfigureAwait(false);
        return report;
    }
}
