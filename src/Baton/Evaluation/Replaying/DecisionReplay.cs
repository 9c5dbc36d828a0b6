using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Baton.Decisions.Replaying;
using Baton.Operations.Versions;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Evaluation.Replaying;

/// <summary>
/// Reads the decisions of a time from the ledger and makes them again under another playbook. The ledger holds what
/// customers wrote redacted; nothing is written.
/// </summary>
/// <param name="versions">Where the playbooks of then are kept.</param>
internal sealed class DecisionReplay(Database database, PlaybookVersions versions, TurnReplay replay, Playbook tried)
{
    /// <summary>Tickets that are read at a time; each page is worked on by all cores.</summary>
    private const int PageSize = 2_000;

    /// <summary>Of them, so many are read from the database at a time.</summary>
    private const int AtATime = 25;

    private readonly ConcurrentDictionary<string, ReplayScope> _scopes = new();

    /// <summary>The decisions from a moment to another, in order of their tickets' ids.</summary>
    /// <param name="to">Not included.</param>
    public async IAsyncEnumerable<ReplayedDecision> RunAsync(
        DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var labels = database.Read(c => c.Query("select conversation_id, outcome from eval_labels",
            row => (row.Text(0), row.Text(1)))).ToDictionary(l => l.Item1, l => l.Item2);
        for (var after = "";;)
        {
            var page = Tickets(from, to, after);
            if (page.Count == 0) yield break;
            after = page[^1];
            var some = page.Chunk(AtATime).ToList();
            var made = new IReadOnlyList<ReplayedDecision>[some.Count];
            await Parallel.ForAsync(0, some.Count, cancellationToken, async (i, token) =>
                made[i] = await OfAsync(some[i], from, to, labels, token));
            foreach (var decision in made.SelectMany(m => m)) yield return decision;
        }
    }

    private List<string> Tickets(DateTimeOffset from, DateTimeOffset to, string after) => database.Read(c => c.Query(
        """
        select distinct conversation_id from decisions
        where conversation_id > $1 and decided_at >= $2 and decided_at < $3 order by conversation_id limit $4
        """, row => row.Text(0), after, SqlValue.Ms(from), SqlValue.Ms(to), (long)PageSize));

    private async ValueTask<IReadOnlyList<ReplayedDecision>> OfAsync(
        IReadOnlyList<string> tickets, DateTimeOffset from, DateTimeOffset to,
        Dictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var made = new List<ReplayedDecision>();
        var stored = database.Read(c => Ledger.ReadSome(c, tickets));
        foreach (var ticket in tickets)
            foreach (var turn in RecordedTurn.Of(ticket, [.. stored[ticket]]))
                if (turn.DecidedAt >= from && turn.DecidedAt < to)
                    made.Add(await OfAsync(ticket, turn, labels.GetValueOrDefault(ticket), cancellationToken));
        return made;
    }

    private async ValueTask<ReplayedDecision> OfAsync(
        string ticket, RecordedTurn turn, string? label, CancellationToken cancellationToken)
    {
        var was = ReplayedVerdict.As(turn);
        var now = await replay.RunAsync(turn, ScopeOf(turn.Made.Playbook), cancellationToken);
        var truth = ReplayTruth.Of(turn, label);
        var probability = now.AnswerProbability ?? was.AnswerProbability;
        return new ReplayedDecision(
            ticket, turn.Made.Turn, was, now, turn.Kept, ReplayCost.Of(was, truth, probability, tried.Costs),
            ReplayCost.Of(now, truth, probability, tried.Costs));
    }

    private ReplayScope ScopeOf(string version) => _scopes.GetOrAdd(version, v =>
        v == tried.Version ? ReplayScope.Of(tried, tried)
            : versions.Load(v) is LoadedPlaybook.Valid then ? ReplayScope.Of(then.Playbook, tried) : ReplayScope.All);
}
