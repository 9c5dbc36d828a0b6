using Baton.Gateway.Calls;
using Baton.Gateway.Providers;
using Baton.Gateway.Routing;
using Baton.Gateway.Telemetry;
using Baton.Playbooks.Models;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Money;

/// <summary>Begins the metering of attempts.</summary>
internal sealed class Meterer(ReceiptBook book, ModelFigures figures, GatewayTelemetry telemetry, TimeProvider clock,
    IReadOnlyDictionary<string, string> tags)
{
    private const string Embeddings = "embeddings";

    /// <summary>Notes on the disk that the attempt begins, at its reserved price.</summary>
    public MeteredAttempt Begin(Attempt attempt, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var draft = Draft(attempt);
        book.Begin(draft with { Cost = attempt.Candidate.Estimate, Estimated = true }, attempt.Call.Deadline);
        return new MeteredAttempt(attempt, draft, this, clock.GetTimestamp())
        {
            InputEstimate = Tokens.Estimate(messages, options),
            Span = telemetry.Begin(attempt, messages, options),
            KeepsAnswer = telemetry.Content,
        };
    }

    /// <summary>The same for embeddings, whose input is known already.</summary>
    public MeteredAttempt BeginEmbeddings(Attempt attempt)
    {
        var draft = Draft(attempt);
        book.Begin(draft with { Cost = attempt.Candidate.Estimate, Estimated = true }, attempt.Call.Deadline);
        return new MeteredAttempt(attempt, draft, this, clock.GetTimestamp())
        {
            InputEstimate = attempt.Call.InputEstimate,
            Span = telemetry.Begin(attempt, [], null, Embeddings),
            Operation = Embeddings,
        };
    }

    /// <summary>Books a receipt that no attempt stands behind: an answer from the cache.</summary>
    public void Book(CallState call, Receipt receipt)
    {
        lock (call.Receipts) call.Receipts.Add(receipt);
        book.Add(receipt);
    }

    public double ElapsedMs(long started) => clock.GetElapsedTime(started).TotalMilliseconds;

    internal void End(MeteredAttempt metered, Receipt receipt)
    {
        receipt = receipt with { At = clock.GetUtcNow(), LatencyMs = ElapsedMs(metered.Started) };
        // What counts no tokens was not worked on: nobody pays for its time.
        if (receipt.Tokens.Input > 0)
            receipt = receipt with
            {
                Cost = receipt.Cost + Cost.OfTime(receipt.LatencyMs, metered.Attempt.Candidate.Model.Prices),
            };
        if (receipt.FirstTokenMs is { } first) figures.ObserveFirstToken(receipt.Model, first);
        else if (receipt.Status == ReceiptStatus.Answered) figures.ObserveFirstToken(receipt.Model, receipt.LatencyMs);
        Book(metered.Attempt.Call, receipt);
        telemetry.End(metered.Span, metered.Attempt, receipt, metered.Answer, metered.Operation);
    }

    /// <summary>What the installation says of every call, under what the call says itself.</summary>
    private IReadOnlyDictionary<string, string> Tagged(IReadOnlyDictionary<string, string> own) =>
        tags.Count == 0 ? own : own.Count == 0 ? tags
            : tags.Concat(own).GroupBy(t => t.Key).ToDictionary(t => t.Key, t => t.Last().Value);

    private Receipt Draft(Attempt attempt)
    {
        var call = attempt.Call;
        var context = call.Context;
        return new Receipt
        {
            Id = ReceiptIds.New(clock),
            CallId = call.Id,
            Attempt = call.NextAttempt(),
            At = clock.GetUtcNow(),
            Stage = call.Stage.Name,
            Alias = call.Alias,
            Tier = call.Route?.Tier,
            Model = attempt.Candidate.Model.Name,
            Provider = attempt.Candidate.Provider.Name,
            Status = ReceiptStatus.Abandoned,
            PricesDated = attempt.Candidate.Model.Prices.Dated,
            Candidates = call.Route?.Considered ?? [],
            Strategy = call.Route?.Strategy ?? RoutingStrategy.Ordered,
            Ticket = context.Ticket,
            Customer = context.Customer,
            Key = context.Key,
            Tags = Tagged(context.Tags),
            Batch = attempt.Batch,
        };
    }
}

/// <summary>Ids of receipts and calls: sortable by time.</summary>
internal static class ReceiptIds
{
    public static string New(TimeProvider clock) => "rc_" + Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");

    public static string NewCall(TimeProvider clock) => "call_" + Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
}
