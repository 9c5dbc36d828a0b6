using System.Diagnostics;
using Baton.Gateway.Calls;
using Baton.Gateway.Providers;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Money;

/// <summary>
/// Watches one attempt and books its receipt exactly once. What a provider does not report is estimated and marked;
/// attempts that may have been billed without an answer are counted, because a budget that forgets them is wrong.
/// </summary>
internal sealed class MeteredAttempt(Attempt attempt, Receipt draft, Meterer meterer, long started) : IDisposable
{
    private UsageDetails? _usage;
    private string? _served;
    private double? _firstTokenMs;
    private long _outputEstimate;
    private bool _refused;
    private bool _ended;
    private List<ChatResponseUpdate>? _seen;

    public Attempt Attempt => attempt;

    public long Started => started;

    public required long InputEstimate { get; init; }

    public Activity? Span { get; init; }

    /// <summary>What the conventions call this kind of call.</summary>
    public string Operation { get; init; } = "chat";

    /// <summary>Whether <see cref="Answer"/> is kept, for spans that carry content.</summary>
    public bool KeepsAnswer { get; init; }

    public IEnumerable<ChatMessage>? Answer { get; private set; }

    /// <summary>A piece of a stream.</summary>
    public void Observe(ChatResponseUpdate update)
    {
        if (KeepsAnswer) (_seen ??= []).Add(update.Clone());
        _served ??= update.ModelId;
        _refused |= update.FinishReason == Refusals.Reason;
        foreach (var content in update.Contents)
        {
            if (content is UsageContent usage)
            {
                // Whoever reads the stream adds up, so each report is made what it adds to those before.
                var all = Tokens.Largest(_usage, usage.Details);
                usage.Details = Tokens.Increment(_usage, all);
                _usage = all;
                continue;
            }
            _firstTokenMs ??= meterer.ElapsedMs(started);
            _outputEstimate += Tokens.Estimate(content);
        }
    }

    /// <summary>A whole answer.</summary>
    public void Complete(ChatResponse response)
    {
        (_usage, _served, _refused) = (response.Usage, response.ModelId, response.IsRefusal());
        if (KeepsAnswer) Answer = response.Messages;
        _outputEstimate = response.Messages.Sum(m => m.Contents.Sum(Tokens.Estimate));
        Complete();
    }

    /// <summary>Vectors.</summary>
    public void Complete(UsageDetails? usage)
    {
        _usage = usage;
        Complete();
    }

    /// <summary>The end of a stream.</summary>
    public void Complete() => End(_refused ? ReceiptStatus.Refused : ReceiptStatus.Answered, null, paid: true);

    public void Fail(Exception error)
    {
        var begun = _outputEstimate > 0;
        switch (error)
        {
            case OperationCanceledException when attempt.TimedOut:
                End(begun ? ReceiptStatus.Cut : ReceiptStatus.TimedOut, nameof(GatewayFailure.TimedOut), paid: true);
                break;
            case OperationCanceledException:
                End(ReceiptStatus.Cancelled, null, paid: true);
                break;
            case GatewayException { Failure: GatewayFailure.RateLimited }:
                End(ReceiptStatus.RateLimited, nameof(GatewayFailure.RateLimited), paid: false);
                break;
            case GatewayException failure:
                var paid = begun || failure.MayBeBilled;
                End(paid ? ReceiptStatus.Cut : ReceiptStatus.Failed, failure.Failure.ToString(), paid);
                break;
            default:
                End(ReceiptStatus.Failed, error.GetType().Name, begun);
                break;
        }
    }

    /// <summary>The caller went away without waiting for the end.</summary>
    public void Dispose()
    {
        if (!_ended) End(ReceiptStatus.Cancelled, null, paid: true);
    }

    private void End(ReceiptStatus status, string? error, bool paid)
    {
        if (_ended) return;
        _ended = true;
        Answer ??= _seen?.ToChatResponse().Messages;
        var (tokens, estimated) = paid ? Count() : (default, false);
        meterer.End(this, draft with
        {
            Status = status,
            Error = error,
            ServedModel = _served,
            Tokens = tokens,
            Estimated = estimated,
            Cost = Cost.Of(tokens, attempt.Candidate.Model.Prices, attempt.Batch),
            FirstTokenMs = _firstTokenMs,
        });
    }

    /// <summary>
    /// What was reported; what is missing or impossible (no input, output without tokens) is estimated.
    /// </summary>
    private (Tokens, bool) Count()
    {
        var reported = _usage is null ? default : Tokens.Of(_usage);
        var input = reported.Input > 0 ? reported.Input : InputEstimate;
        var output = reported.Output > 0 ? reported.Output : _outputEstimate;
        var estimated = reported.Input <= 0 || (reported.Output <= 0 && _outputEstimate > 0);
        return (reported with { Input = input, Output = output }, estimated);
    }
}
