using System.Text.Json.Nodes;
using Baton.Conversations.Approvals;
using Baton.Playbooks;
using Baton.Playbooks.Acting;
using Baton.Storage;
using Baton.Tools.Authority;

namespace Baton.Tools.Running;

/// <summary>
/// Makes an effect happen once. Its row is written before the call and after it: whoever finds a row that was begun
/// asks the tool again with the same key, else the tool's look-up, else a person.
/// </summary>
internal sealed class EffectRun(
    ToolCallers callers, ToolLookups lookups, Database database, ToolMeter meter, TimeProvider clock)
{
    /// <summary>Attempts of one call where the tool knows keys.</summary>
    private const int Most = 2;

    /// <summary>The call with what a person approved instead.</summary>
    public static ToolCall As(ToolCall call, Approval approval)
    {
        var inputs = JsonNode.Parse(approval.Inputs!)!.AsObject();
        var approved = call with { Inputs = inputs, FromCode = inputs.Select(i => i.Key).ToHashSet() };
        return approved with { ByPerson = EffectKey.InputDigest(approved) != approval.InputDigest };
    }

    /// <summary>What is settled without another look; null when something is to be done.</summary>
    public ToolOutcome? Before(Tool tool, ToolCall call, ToolContext context, ToolEffect? known)
    {
        switch (known)
        {
            case { Status: EffectStatus.Done } when known.InputDigest == EffectKey.InputDigest(call):
                context.Facts.Add(new CallRecord(tool, call, 0, known.Attempts, known.Key).Fact(
                    "known", known.Reference, known.Amount, known.Currency));
                return new ToolOutcome.Done(null, known.Reference, known.Amount);
            case { Status: EffectStatus.Done }:
                var denied = new ToolVerdict.Denied("it was done already, with other inputs", "once");
                context.Facts.Add(CallRecord.Refused(tool, call, denied));
                meter.Denied(call, denied.Clause);
                return new ToolOutcome.Refused(denied);
            case { Status: EffectStatus.Unknown }:
                return new ToolOutcome.Unknown($"nobody knows whether {tool.Name} was done");
            default: return null;
        }
    }

    /// <summary>Begins an effect and sees it to its end.</summary>
    /// <param name="check">The last look, under the writer; a denial ends it.</param>
    public async Task<ToolOutcome> RunAsync(
        Tool tool, ToolCall call, ToolContext context, string key,
        Func<WriteTransaction, ToolVerdict.Denied?> check, CancellationToken cancellationToken)
    {
        var denied = await database.WriteAsync(transaction =>
        {
            transaction.Lock(call.ConversationId);
            // What others may still spend is looked at and taken in one go.
            transaction.Lock("effects");
            if (check(transaction) is { } late) return late;
            ToolEffects.Start(transaction, EffectOf(tool, call, context, key));
            return null;
        }, cancellationToken);
        return denied is not null
            ? new ToolOutcome.Refused(denied)
            : await AttemptsAsync(tool, call, context, key, first: 1, cancellationToken);
    }

    /// <summary>A process died, or gave up, after the row was begun and before it was ended.</summary>
    public async Task<ToolOutcome> ResumeAsync(
        Tool tool, ToolCall call, ToolContext context, ToolEffect known, CancellationToken cancellationToken)
    {
        if (known.InputDigest != EffectKey.InputDigest(call))
            return new ToolOutcome.Unknown($"{tool.Name} was begun with other inputs, and nobody knows how it ended");
        if (!tool.Idempotent)
        {
            var waits = known.StartedAt + (2 * tool.Timeout) - clock.GetUtcNow();
            if (waits > TimeSpan.Zero)
                return new ToolOutcome.UnderWay($"an earlier attempt of {tool.Name} may still be under way");
            if (await ReconcileAsync(tool, call, context, known.Key, cancellationToken) is not { } found)
                return await GiveUpAsync(tool, known.Key, cancellationToken);
            if (found is ToolOutcome.Done) return found;
        }
        await database.WriteAsync(transaction =>
        {
            ToolEffects.Start(transaction, EffectOf(tool, call, context, known.Key));
            return true;
        }, cancellationToken);
        return await AttemptsAsync(tool, call, context, known.Key, known.Attempts + 1, cancellationToken);
    }

    private async Task<ToolOutcome> AttemptsAsync(
        Tool tool, ToolCall call, ToolContext context, string key, int first, CancellationToken cancellationToken)
    {
        for (var attempt = first; ; attempt++)
        {
            var started = clock.GetTimestamp();
            var result = await callers.CallAsync(tool, call.Inputs, context.Identity, key, cancellationToken);
            var record = new CallRecord(
                tool, call, clock.GetElapsedTime(started).TotalMilliseconds, attempt, key);
            meter.Called(tool, CallRecord.WordOf(result), attempt);
            if (result is ToolResult.Ok ok && Receipt(tool.Receipt, tool, call, Node(ok)) is { Problem: null } receipt)
                return await EndAsync(record, context, receipt, ok, cancellationToken);
            // An attempt that was not made any more says nothing of the one before, which may have happened.
            var isUnmade = attempt > first && result is ToolResult.Broken;
            if (!isUnmade && result is not (ToolResult.Ok or ToolResult.Failed { MayHaveHappened: true }))
            {
                context.Facts.Add(record.Fact(CallRecord.WordOf(result)));
                await SaveAsync(key, EffectStatus.Failed, null, cancellationToken);
                return CallRecord.Failure(tool, result);
            }
            context.Facts.Add(record.Fact("unclear"));
            if (tool.Idempotent && attempt - first + 1 < Most && result is ToolResult.Failed { IsTransient: true })
                continue;
            if (await ReconcileAsync(tool, call, context, key, cancellationToken) is ToolOutcome.Done done) return done;
            // It stays begun where it can be asked for again; else only a person can find out.
            return tool.Idempotent || tool.Reconcile is not null
                ? new ToolOutcome.Unknown($"{tool.Name}: {(result as ToolResult.Failed)?.Why ?? "its receipt contradicts the call"}")
                : await GiveUpAsync(tool, key, cancellationToken);
        }
    }

    private async Task<ToolOutcome> EndAsync(
        CallRecord record, ToolContext context, EffectReceipt receipt, ToolResult.Ok ok,
        CancellationToken cancellationToken)
    {
        await SaveAsync(record.Effect!, EffectStatus.Done, receipt, cancellationToken);
        context.Facts.Add(record.Fact("ok", receipt.Reference, receipt.Amount, receipt.Currency));
        return new ToolOutcome.Done(ok.Data, receipt.Reference, receipt.Amount);
    }

    /// <summary>Done when the look-up finds it, failed when it surely is not there, null when nobody can say.</summary>
    private async Task<ToolOutcome?> ReconcileAsync(
        Tool tool, ToolCall call, ToolContext context, string key, CancellationToken cancellationToken)
    {
        if (tool.Reconcile is not { } reconcile) return null;
        var started = clock.GetTimestamp();
        var (result, answer) = await lookups.ReconcileAsync(reconcile, call, context, key, cancellationToken);
        if (result is ToolResult.NotFound || (answer is not null && FactPlace.Text(answer, reconcile.Done) is null))
            return new ToolOutcome.Failed(ToolFailure.Unavailable, $"{tool.Name} was not done", true);
        if (answer is null || Receipt(reconcile.Receipt, tool, call, answer) is not { Problem: null } receipt)
            return null;
        await SaveAsync(key, EffectStatus.Done, receipt, cancellationToken);
        context.Facts.Add(new CallRecord(tool, call, clock.GetElapsedTime(started).TotalMilliseconds, 1, key).Fact(
            "reconciled", receipt.Reference, receipt.Amount, receipt.Currency));
        return new ToolOutcome.Done(null, receipt.Reference, receipt.Amount);
    }

    private async Task<ToolOutcome> GiveUpAsync(Tool tool, string key, CancellationToken cancellationToken)
    {
        await SaveAsync(key, EffectStatus.Unknown, null, cancellationToken);
        return new ToolOutcome.Unknown($"nobody knows whether {tool.Name} was done, and it cannot be asked again");
    }

    private Task<bool> SaveAsync(
        string key, EffectStatus status, EffectReceipt? receipt, CancellationToken cancellationToken) =>
        // What happened is written down also while the host stops.
        database.WriteAsync(transaction =>
        {
            ToolEffects.End(transaction, key, status, receipt?.Reference, receipt?.Amount, receipt?.Currency,
                clock.GetUtcNow());
            return true;
        }, CancellationToken.None);

    private ToolEffect EffectOf(Tool tool, ToolCall call, ToolContext context, string key) => new()
    {
        Key = key, ConversationId = call.ConversationId, Turn = call.Turn, Agent = call.Agent, Tool = tool.Name,
        CustomerId = context.Identity.CustomerId, InputDigest = EffectKey.InputDigest(call),
        Amount = tool.Money is null ? null : ToolAuthority.AmountOf(tool, call), Currency = tool.Money?.Currency,
        StartedAt = clock.GetUtcNow(),
    };

    private static JsonObject? Node(ToolResult.Ok ok) => JsonNode.Parse(ok.Data.GetRawText()) as JsonObject;

    /// <summary>The proof of an effect; a problem when it says another amount or currency than was asked for.</summary>
    private static EffectReceipt Receipt(ToolReceipt places, Tool tool, ToolCall call, JsonObject? answer)
    {
        var reference = At(places.Reference);
        var asked = tool.Money is null ? null : ToolAuthority.AmountOf(tool, call);
        var amount = At(places.Amount) is { } text && FactPlace.Number(text) is var number && !double.IsNaN(number)
            ? (decimal)number : asked;
        var currency = At(places.Currency) ?? tool.Money?.Currency;
        var problem = tool.Money is { } money && (amount != asked || currency != money.Currency)
            ? $"asked for {asked} {money.Currency}, and {amount} {currency} was done" : null;
        return new EffectReceipt(reference, amount, currency, problem);

        string? At(string? place) => place is null || answer is null ? null : FactPlace.Text(answer, place);
    }

    private sealed record EffectReceipt(string? Reference, decimal? Amount, string? Currency, string? Problem);
}
