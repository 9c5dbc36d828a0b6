using Baton.Conversations.Inbound;
using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;

namespace Baton.Conversations.Approvals;

/// <summary>
/// Calls that wait for people. An approval is a row: the turn that asked has ended, and is tried again when somebody
/// has decided or nobody has in time, from where it was.
/// </summary>
internal sealed class ApprovalDesk(
    ConversationStore store, JobQueue jobs, Timers timers, Notices notices, ConversationFeed feed, TimeProvider clock,
    ApprovalCheck? check = null)
{
    /// <summary>Kind of the timer after which nobody can decide any more.</summary>
    public const string ExpiryJob = "approval_expires";

    /// <summary>Begins the group of the notice that asks; the id of the approval follows.</summary>
    public const string Group = "approval/";

    /// <summary>Begins the group of the notice that tells of a yes that could not count.</summary>
    private const string Blocked = "approval-blocked/";

    /// <summary>Roles, each may do what those before it may.</summary>
    private static readonly string[] Roles = ["viewer", "agent", "lead", "admin"];

    /// <summary>What became of an effect that was asked for; null when nobody was asked.</summary>
    public Approval? Last(string effectKey, string inputDigest) =>
        store.Database.Read(c => ApprovalRows.Last(c, effectKey, inputDigest));

    /// <summary>
    /// Asks people; the one that is open for the same effect when there is one. The caller records the request.
    /// </summary>
    /// <returns>
    /// The id, and whether it is new; no id when the same effect waits or is approved with other inputs.
    /// </returns>
    public Task<(string? Id, bool IsNew)> AskAsync(
        Approval asked, string? customerId, CancellationToken cancellationToken) =>
        store.Database.WriteAsync(transaction =>
        {
            transaction.Lock(asked.ConversationId);
            if (!ApprovalRows.Insert(transaction, asked, customerId))
                return (ApprovalRows.Last(transaction, asked.EffectKey, asked.InputDigest) is
                    { Status: ApprovalStatus.Open or ApprovalStatus.Approved } known ? known.Id : null, false);
            timers.Schedule(transaction, asked.Id, ExpiryJob, asked.ExpiresAt);
            notices.Raise(transaction, new Notice
            {
                To = "operators", Urgency = NoticeUrgency.Normal, Group = Group + asked.Id,
                Title = $"Ticket {asked.ConversationId} waits for an approval: {asked.Tool}",
                Text = $"Agent {asked.Agent} asks: {asked.Reason}. Decide in the inbox before {asked.ExpiresAt:u}.",
            });
            return ((string?)asked.Id, true);
        }, cancellationToken);

    /// <summary>A person decides.</summary>
    public async Task<ApprovalAnswer> DecideAsync(
        string id, ApprovalVote vote, decimal? amount, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            if (store.Database.Read(c => ApprovalRows.Find(c, id)) is not { } approval)
                return new ApprovalAnswer.NotThere();
            if (Problem(approval, vote, now) is { } problem) return problem;
            if (await ObjectionAsync(approval, vote, cancellationToken) is { } objection)
            {
                if (objection.Clause is null) return new ApprovalAnswer.Late(objection.Why);
                if (await DenyAsync(approval, vote, objection, now, cancellationToken))
                    return new ApprovalAnswer.Forbidden(objection.Why, objection.Clause);
                continue;
            }
            var state = store.Load(approval.ConversationId);
            var voted = vote.Inputs is null ? approval.Yes.Count + 1 : 1;
            var decided = !vote.Approves || voted >= (approval.FourEyes ? 2 : 1);
            ConversationEvent fact = vote.Approves
                ? new ConversationEvent.ApprovalGiven(approval.Tool, approval.InputDigest, vote.By)
                {
                    ApprovalId = id, Changed = vote.Inputs is not null, Decides = decided,
                }
                : new ConversationEvent.ApprovalRefused(approval.Tool, approval.InputDigest, vote.By, vote.Why ?? "")
                {
                    ApprovalId = id,
                };
            var saved = await store.Database.WriteAsync(transaction =>
            {
                transaction.Lock(approval.ConversationId);
                // Under the lock: of two who decide at the same time one is late.
                if (ApprovalRows.Find(transaction, id) is not { Status: ApprovalStatus.Open }) return null;
                if (store.Save(transaction, state, [fact], now) is not { } next) return null;
                if (vote.Inputs is { } inputs) ApprovalRows.Change(transaction, approval, inputs, amount);
                ApprovalRows.Vote(transaction, id, vote, now);
                if (decided)
                    End(transaction, approval, vote.Approves ? ApprovalStatus.Approved : ApprovalStatus.Refused, now);
                return next;
            }, cancellationToken);
            if (saved is null) continue;
            store.Remember(saved);
            feed.Publish(saved.Id, fact);
            return new ApprovalAnswer.Taken(store.Database.Read(c => ApprovalRows.Find(c, id))!);
        }
    }

    /// <summary>The handler of the timer.</summary>
    public async Task ExpireAsync(LeasedJob job, CancellationToken cancellationToken)
    {
        for (var settled = false; !settled;)
        {
            var known = store.Database.Read(c => ApprovalRows.Find(c, job.Key!));
            var (state, now) = (known is null ? null : store.Load(known.ConversationId), clock.GetUtcNow());
            var fact = known is null ? null
                : new ConversationEvent.ApprovalExpired(known.Tool, known.InputDigest, known.Id);
            (settled, var saved) = await store.Database.WriteAsync(transaction =>
            {
                if (known is not null) transaction.Lock(known.ConversationId);
                Conversation? next = null;
                if (ApprovalRows.Find(transaction, job.Key!) is { Status: ApprovalStatus.Open } open)
                {
                    next = store.Save(transaction, state!, [fact!], now);
                    // Somebody wrote meanwhile: once more, with what they wrote.
                    if (next is null) return (false, null);
                    End(transaction, open, ApprovalStatus.Expired, now);
                }
                jobs.Complete(transaction, job);
                return (true, next);
            }, cancellationToken);
            if (saved is null) continue;
            store.Remember(saved);
            feed.Publish(saved.Id, fact!);
        }
    }

    /// <summary>A turn that was decided otherwise needs no approval any more.</summary>
    public IReadOnlyList<ConversationEvent> Follow(
        WriteTransaction transaction, Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at)
    {
        if (facts.Any(f => f is ConversationEvent.DecisionMade or ConversationEvent.Closed
            or ConversationEvent.MergedInto))
        {
            ApprovalRows.Withdraw(transaction, before.Id, at);
            foreach (var id in before.OpenApprovals) CloseNotices(transaction, id);
        }
        return [];
    }

    private void End(WriteTransaction transaction, Approval approval, ApprovalStatus status, DateTimeOffset at)
    {
        if (!ApprovalRows.End(transaction, approval.Id, status, at)) return;
        timers.Cancel(transaction, approval.Id, ExpiryJob);
        CloseNotices(transaction, approval.Id);
        // The turn goes on: its stages are read back, and the call finds what was decided.
        jobs.EnqueueAlways(transaction, new NewJob { Kind = Intake.TurnJob, Key = approval.ConversationId });
    }

    private void CloseNotices(WriteTransaction transaction, string id)
    {
        notices.Close(transaction, Group + id);
        notices.Close(transaction, Blocked + id);
    }

    /// <summary>What speaks against the inputs of a yes; the check itself tells those that were asked for.</summary>
    private async Task<ApprovalObjection?> ObjectionAsync(
        Approval approval, ApprovalVote vote, CancellationToken cancellationToken) =>
        check is not null && vote.Approves && (vote.Inputs ?? approval.Inputs) is { } inputs
            ? await check(approval, inputs, cancellationToken) : null;

    /// <summary>Writes down that a change was refused, and nothing else; false when somebody was faster.</summary>
    private async Task<bool> DenyAsync(
        Approval approval, ApprovalVote vote, ApprovalObjection objection, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var state = store.Load(approval.ConversationId);
        var fact = new ConversationEvent.ApprovalChangeDenied(
            approval.Tool, approval.InputDigest, vote.By, objection.Clause!, approval.Id);
        var saved = await store.Database.WriteAsync(transaction =>
        {
            transaction.Lock(approval.ConversationId);
            // Decided while it was looked up: the caller looks again, and is late.
            if (ApprovalRows.Find(transaction, approval.Id) is not { Status: ApprovalStatus.Open }) return null;
            if (store.Save(transaction, state, [fact], now) is not { } next) return null;
            // Whoever pressed a button has no page that says so.
            if (vote.Inputs is null)
                notices.Raise(transaction, new Notice
                {
                    To = "operators", Urgency = NoticeUrgency.Normal, Group = Blocked + approval.Id,
                    Title = $"Not decided: {approval.Tool} of ticket {approval.ConversationId}",
                    Text = $"Policy forbids the inputs as somebody changed them ({objection.Clause}). "
                        + "Change or refuse it in the inbox.",
                });
            return next;
        }, cancellationToken);
        if (saved is null) return false;
        store.Remember(saved);
        feed.Publish(saved.Id, fact);
        return true;
    }

    private static ApprovalAnswer? Problem(Approval approval, ApprovalVote vote, DateTimeOffset now)
    {
        if (Array.IndexOf(Roles, vote.Role) < Array.IndexOf(Roles, approval.Role))
            return new ApprovalAnswer.NotAllowed($"it takes the role {approval.Role}, {vote.By} is {vote.Role}");
        if (approval.Status != ApprovalStatus.Open)
            return new ApprovalAnswer.Late($"it is {Playbooks.EnumWords.Of(approval.Status)} already");
        if (now >= approval.ExpiresAt) return new ApprovalAnswer.Late($"it expired at {approval.ExpiresAt:u}");
        if (vote is { Approves: true, Inputs: null } && approval.Yes.Contains(vote.By))
            return new ApprovalAnswer.Late($"{vote.By} has approved already, and a second person is needed");
        return vote is { Approves: false, Why: null or "" }
            ? new ApprovalAnswer.Late("say why: refusing needs a reason")
            : null;
    }
}
