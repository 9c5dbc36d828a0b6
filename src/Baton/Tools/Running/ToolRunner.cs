using Baton.Conversations.Approvals;
using Baton.Operations;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Tools.Authority;

namespace Baton.Tools.Running;

/// <summary>
/// Makes calls: looks the facts up, asks the authority, asks people where policy wants them, and sees to it that an
/// effect happens once. Everything that acts for a customer goes through here, workflows and models alike.
/// </summary>
internal sealed class ToolRunner(
    ToolCallers callers, ToolLookups lookups, EffectRun effects, ApprovalDesk approvals, Database database,
    ToolMeter meter, KillSwitch killSwitch, TimeProvider clock)
{
    /// <summary>One call, to its end or to the point where somebody else is needed.</summary>
    public async Task<ToolOutcome> CallAsync(
        ToolCall call, ToolContext context, CancellationToken cancellationToken)
    {
        var authority = new ToolAuthority(context.Playbook);
        var tool = context.Playbook.Tools.FirstOrDefault(t => t.Name == call.Tool);
        // What has begun before it was stopped may have happened: that is looked at first.
        if (tool is not { HasEffect: true } && Stopped(call) is { } stopped)
            return Denied(tool, call, context, stopped);
        if (tool is null) return Denied(null, call, context, authority.Decide(call, new ToolFacts { Now = Now }));
        if (tool.HasEffect) return await ChangeAsync(tool, authority, call, context, cancellationToken);
        // Only what this agent may ask for at all is worth a look-up.
        var looked = tool.Lookups.Count == 0 ? Unlooked(context)
            : await lookups.ReadAsync(tool, call, context, cancellationToken);
        if (looked.Problem is { } problem) return problem;
        var verdict = authority.Decide(call, new ToolFacts
        {
            Data = looked.Data, Identity = looked.Identity, Spent = context.Spent, Now = Now,
        });
        return verdict is not ToolVerdict.Allowed
            ? Denied(tool, call, context, verdict)
            : await ReadAsync(tool, call, context, cancellationToken);
    }

    /// <summary>Somebody has stopped the agent or the tool.</summary>
    private ToolVerdict.Denied? Stopped(ToolCall call) =>
        (killSwitch.Of(KillScope.Agent, call.Agent) ?? killSwitch.Of(KillScope.Tool, call.Tool)) is { } part
            ? new ToolVerdict.Denied($"stopped by {part.By}", "stopped") : null;

    /// <summary>
    /// What would come of an approved effect with these inputs: everything is looked up and decided, nothing done and
    /// nothing recorded.
    /// </summary>
    /// <param name="key">Of the effect as it was asked for.</param>
    /// <returns>Null: it may be made.</returns>
    public async Task<ToolOutcome?> JudgeAsync(
        ToolCall call, ToolContext context, string key, CancellationToken cancellationToken)
    {
        var authority = new ToolAuthority(context.Playbook);
        var facts = new ToolFacts { Now = Now, Approved = true, Agreed = true };
        if (context.Playbook.Tools.FirstOrDefault(t => t.Name == call.Tool) is not { } tool)
            return Refusal(authority.Decide(call, facts));
        // Inputs that do not fit the schema are not worth a look-up, and none could be made with them.
        if (ToolSchemas.InputProblem(tool, call.Inputs) is not null) return Refusal(authority.Decide(call, facts));
        var looked = await lookups.ReadAsync(tool, call, context, cancellationToken);
        if (looked.Problem is { } problem) return problem;
        facts = FactsOf(tool, call, context, looked, key) with { Approved = true, Agreed = true };
        return Refusal(authority.Decide(call, facts));
    }

    private static ToolOutcome.Refused? Refusal(ToolVerdict verdict) =>
        verdict is ToolVerdict.Denied denied ? new ToolOutcome.Refused(denied) : null;

    private DateTimeOffset Now => clock.GetUtcNow();

    private static LookedUp Unlooked(ToolContext context) => new(
        [], context.Identity is Customers.Identity.Verified ? Playbooks.Acting.IdentityNeed.Verified
            : Playbooks.Acting.IdentityNeed.None);

    private async Task<ToolOutcome> ReadAsync(
        Tool tool, ToolCall call, ToolContext context, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var result = await callers.CallAsync(tool, call.Inputs, context.Identity, null, cancellationToken);
        var record = new CallRecord(tool, call, clock.GetElapsedTime(started).TotalMilliseconds, Attempt: 1);
        context.Facts.Add(record.Fact(CallRecord.WordOf(result)));
        meter.Called(tool, CallRecord.WordOf(result), attempt: 1);
        return result is ToolResult.Ok ok
            ? new ToolOutcome.Done(ok.Data, null, null)
            : CallRecord.Failure(tool, result);
    }

    private async Task<ToolOutcome> ChangeAsync(
        Tool tool, ToolAuthority authority, ToolCall call, ToolContext context, CancellationToken cancellationToken)
    {
        var (key, digest) = (EffectKey.Of(tool, call), EffectKey.InputDigest(call));
        var approval = approvals.Last(key, digest);
        if (approval is { Status: ApprovalStatus.Approved })
        {
            if (approval.Inputs is null) return new ToolOutcome.Unknown("the customer's texts were erased meanwhile");
            call = EffectRun.As(call, approval);
        }
        var known = database.Read(c => ToolEffects.Find(c, key));
        if (effects.Before(tool, call, context, known) is { } settled) return WithAsked(tool, call, settled);

        var stopped = Stopped(call);
        if (known is { Status: EffectStatus.Started })
            return stopped is not null ? new ToolOutcome.Unknown($"{tool.Name} had begun when it was stopped")
                : WithAsked(tool, call, await effects.ResumeAsync(tool, call, context, known, cancellationToken));
        if (stopped is not null) return Denied(tool, call, context, stopped);
        var looked = await lookups.ReadAsync(tool, call, context, cancellationToken);
        if (looked.Problem is { } problem) return problem;
        var facts = FactsOf(tool, call, context, looked, key) with
        {
            Approved = approval is { Status: ApprovalStatus.Approved },
            Agreed = context.Consent is { } said && said.Effect == Confirmation.EffectOf(key, digest)
                ? said.Given : null,
        };
        switch (authority.Decide(call, facts))
        {
            case ToolVerdict.Denied denied: return Denied(tool, call, context, denied);
            case ToolVerdict.NeedsConfirmation:
                return new ToolOutcome.AsksCustomer(
                    Confirmation.TextOf(tool, call), Confirmation.EffectOf(key, digest));
            case ToolVerdict.NeedsApproval needs:
                return await AskAsync(tool, call, context, (key, digest), approval, needs, cancellationToken);
        }
        return WithAsked(tool, call, context.DryRun
            ? new ToolOutcome.Done(null, null, ToolAuthority.AmountOf(tool, call))
            : await effects.RunAsync(
                tool, call, context, key, t => Again(t, authority, tool, call, facts, context, key),
                cancellationToken));
    }

    private static ToolOutcome WithAsked(Tool tool, ToolCall call, ToolOutcome outcome) =>
        outcome is ToolOutcome.Done done ? done with { Asked = ToolAuthority.AmountOf(tool, call) } : outcome;

    private ToolFacts FactsOf(Tool tool, ToolCall call, ToolContext context, LookedUp looked, string key) =>
        database.Read(connection => new ToolFacts
        {
            Data = looked.Data, Identity = looked.Identity, Now = Now,
            Usage = ToolEffects.Usage(connection, tool, call, context.Identity.CustomerId, key, Now),
            Spent = context.Spent with { Amount = ToolEffects.Moved(connection, call, key) },
        });

    /// <summary>
    /// Under the writer, with what others have begun meanwhile: of two calls that fit only once, one runs.
    /// </summary>
    private ToolVerdict.Denied? Again(
        WriteTransaction transaction, ToolAuthority authority, Tool tool, ToolCall call, ToolFacts facts,
        ToolContext context, string key)
    {
        var usage = ToolEffects.Usage(transaction, tool, call, context.Identity.CustomerId, key, facts.Now);
        var denied = authority.Decide(call, facts with
        {
            Usage = usage, Spent = facts.Spent with { Amount = ToolEffects.Moved(transaction, call, key) },
        }) as ToolVerdict.Denied;
        if (denied is not null) Denied(tool, call, context, denied);
        return denied;
    }

    private async Task<ToolOutcome> AskAsync(
        Tool tool, ToolCall call, ToolContext context, (string Key, string Digest) effect, Approval? approval,
        ToolVerdict.NeedsApproval needs, CancellationToken cancellationToken)
    {
        switch (approval?.Status)
        {
            case ApprovalStatus.Open: return new ToolOutcome.Waiting(approval.Id);
            case ApprovalStatus.Refused:
                return Denied(tool, call, context, new ToolVerdict.Denied("a person refused it", "approval:refused"));
            case ApprovalStatus.Expired:
                return Denied(tool, call, context, new ToolVerdict.Denied("nobody decided in time", "approval:expired"));
        }
        if (context.DryRun) return new ToolOutcome.Waiting("dry run");
        var asked = new Approval
        {
            Id = $"ap_{Guid.CreateVersion7(Now):N}", EffectKey = effect.Key, InputDigest = effect.Digest,
            ConversationId = call.ConversationId, Turn = call.Turn, Agent = call.Agent, Tool = tool.Name,
            Inputs = call.Inputs.ToJsonString(),
            Amount = tool.Money is null ? null : ToolAuthority.AmountOf(tool, call), Currency = tool.Money?.Currency,
            Reason = needs.Reason, Role = needs.Role, FourEyes = needs.FourEyes,
            RequestedAt = Now, ExpiresAt = Now + (tool.Approval ?? new()).Expires,
        };
        var (id, isNew) = await approvals.AskAsync(asked, context.Identity.CustomerId, cancellationToken);
        if (id is null)
            return Denied(tool, call, context, new ToolVerdict.Denied(
                "the same effect waits for a person, or is approved, with other inputs", "once"));
        if (isNew) context.Facts.Add(CallRecord.Asked(asked));
        return new ToolOutcome.Waiting(id);
    }

    private ToolOutcome Denied(Tool? tool, ToolCall call, ToolContext context, ToolVerdict verdict)
    {
        var denied = verdict as ToolVerdict.Denied ?? new ToolVerdict.Denied("it cannot be approved", "approval");
        // The agent asked for something else: policy or the shop has moved since a person changed it.
        if (call.ByPerson) return new ToolOutcome.Refused(denied with { Clause = $"approval:{denied.Clause}" });
        context.Facts.Add(CallRecord.Refused(tool, call, denied));
        meter.Denied(call, denied.Clause);
        return new ToolOutcome.Refused(denied);
    }
}
