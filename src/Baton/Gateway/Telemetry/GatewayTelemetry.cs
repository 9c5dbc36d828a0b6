using System.Diagnostics;
using System.Diagnostics.Metrics;
using Baton.Gateway.Calls;
using Baton.Gateway.Money;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Privacy;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Telemetry;

/// <summary>
/// Spans and metrics by the GenAI conventions of OpenTelemetry (the v1.41 names). Source and meter are both called
/// <see cref="Name"/>. Spans hold no words of customers unless <see cref="GatewayOptions.TraceContent"/> is on, and then
/// redacted ones: what a model says by itself and what a key passes through too.
/// </summary>
public sealed class GatewayTelemetry : IDisposable
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Baton.Gateway";

    private const string Chat = "chat";

    private readonly Histogram<long> _tokens;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _firstChunk;
    private readonly Counter<double> _cost;
    private readonly bool _content;
    private readonly Redactor _redactor;

    public GatewayTelemetry(GatewayOptions options, Redactor redactor)
    {
        (_content, _redactor) = (options.TraceContent, redactor);
        _tokens = Meter.CreateHistogram("gen_ai.client.token.usage", "{token}", "Tokens per attempt.", null,
            Buckets(1L, 14, value => value * 4));
        _duration = Meter.CreateHistogram("gen_ai.client.operation.duration", "s", "Time of an attempt.", null,
            Buckets(0.01, 14, value => value * 2));
        _firstChunk = Meter.CreateHistogram("gen_ai.client.operation.time_to_first_chunk", "s",
            "Time to the first piece of a stream.", null, Buckets(0.01, 14, value => value * 2));
        // The conventions define no metric for money; this one is ours.
        _cost = Meter.CreateCounter<double>("baton.gateway.cost", "{USD}", "Cost of attempts.");
    }

    internal ActivitySource Source { get; } = new(Name);

    internal Meter Meter { get; } = new(Name);

    /// <summary>Whether spans carry messages and answers.</summary>
    internal bool Content => _content;

    public void Dispose()
    {
        Source.Dispose();
        Meter.Dispose();
    }

    internal Activity? Begin(
        Attempt attempt, IEnumerable<ChatMessage> messages, ChatOptions? options, string operation = Chat)
    {
        var span = Source.StartActivity($"{operation} {attempt.Candidate.Model.Id}", ActivityKind.Client);
        if (span is null) return null;
        span.SetTag("gen_ai.operation.name", operation);
        span.SetTag("gen_ai.provider.name", ProviderName(attempt.Candidate.Provider));
        span.SetTag("gen_ai.request.model", attempt.Candidate.Model.Id);
        span.SetTag("gen_ai.request.max_tokens", options?.MaxOutputTokens);
        if (attempt.Call.Streaming) span.SetTag("gen_ai.request.stream", true);
        if (options?.Temperature is { } temperature) span.SetTag("gen_ai.request.temperature", temperature);
        if (attempt.Call.Context.Ticket is { } ticket) span.SetTag("gen_ai.conversation.id", ticket);
        span.SetTag("baton.stage", attempt.Call.Stage.Name);
        if (Uri.TryCreate(attempt.Candidate.Provider.Endpoint, UriKind.Absolute, out var address))
        {
            span.SetTag("server.address", address.Host);
            span.SetTag("server.port", address.Port);
        }
        if (_content) span.SetTag("gen_ai.input.messages", MessagesJson.Of(messages, _redactor));
        return span;
    }

    /// <param name="answer">The answer's messages, for spans that carry content.</param>
    internal void End(
        Activity? span, Attempt attempt, Receipt receipt, IEnumerable<ChatMessage>? answer = null,
        string operation = Chat)
    {
        var tags = new TagList
        {
            { "gen_ai.operation.name", operation },
            { "gen_ai.provider.name", ProviderName(attempt.Candidate.Provider) },
            { "gen_ai.request.model", attempt.Candidate.Model.Id },
        };
        if (receipt.ServedModel is { } served) tags.Add("gen_ai.response.model", served);
        if (receipt.FirstTokenMs is { } first) _firstChunk.Record(first / 1000, tags);
        if (receipt.Cost > Usd.Zero) _cost.Add((double)receipt.Cost.Amount, tags);
        Count(receipt.Tokens.Input, "input", tags);
        Count(receipt.Tokens.Output, "output", tags);
        if (receipt.Error is { } error) tags.Add("error.type", error);
        _duration.Record(receipt.LatencyMs / 1000, tags);
        if (span is null) return;
        if (_content && answer is not null) span.SetTag("gen_ai.output.messages", MessagesJson.Of(answer, _redactor));
        Close(span, receipt);
    }

    private void Count(long tokens, string kind, TagList tags)
    {
        if (tokens == 0) return;
        tags.Add("gen_ai.token.type", kind);
        _tokens.Record(tokens, tags);
    }

    private static void Close(Activity span, Receipt receipt)
    {
        span.SetTag("gen_ai.response.model", receipt.ServedModel);
        span.SetTag("gen_ai.usage.input_tokens", receipt.Tokens.Input);
        span.SetTag("gen_ai.usage.output_tokens", receipt.Tokens.Output);
        SetCount(span, "gen_ai.usage.cache_read.input_tokens", receipt.Tokens.CachedInput);
        SetCount(span, "gen_ai.usage.cache_creation.input_tokens", receipt.Tokens.CacheWrite);
        SetCount(span, "gen_ai.usage.reasoning.output_tokens", receipt.Tokens.Reasoning);
        if (receipt.FirstTokenMs is { } first) span.SetTag("gen_ai.response.time_to_first_chunk", first / 1000);
        span.SetTag("baton.receipt.id", receipt.Id);
        span.SetTag("baton.cost_usd", (double)receipt.Cost.Amount);
        if (receipt.Error is { } error)
        {
            span.SetTag("error.type", error);
            span.SetStatus(ActivityStatusCode.Error);
        }
        span.Dispose();
    }

    private static void SetCount(Activity span, string name, long tokens)
    {
        if (tokens > 0) span.SetTag(name, tokens);
    }

    private static string ProviderName(ProviderPolicy provider) => provider.Kind switch
    {
        ProviderKind.Local => "baton.local",
        _ when provider.Endpoint?.Contains(".azure.com") == true => "azure.ai.openai",
        var kind => ProviderKinds.Word(kind),
    };

    private static InstrumentAdvice<T> Buckets<T>(T first, int count, Func<T, T> next) where T : struct
    {
        var bounds = new List<T> { first };
        while (bounds.Count < count) bounds.Add(next(bounds[^1]));
        return new InstrumentAdvice<T> { HistogramBucketBoundaries = bounds };
    }
}
