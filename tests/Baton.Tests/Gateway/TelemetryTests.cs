using System.Diagnostics;
using System.Diagnostics.Metrics;
using Baton.Gateway.Calls;
using Baton.Playbooks.Models;
using Baton.Testing.StandIn;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Gateway;

/// <summary>Spans and metrics by the GenAI conventions.</summary>
public sealed class TelemetryTests
{
    private const string Question = "the zygomorphic tent pole broke, where is my order?";

    [Fact]
    public async Task A_chat_span_has_the_names_of_the_conventions()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        using var seen = new Seen(fixture);

        var receipt = (await fixture.Ask(Question)).Receipts().Single();

        var span = Assert.Single(seen.Spans);
        Assert.Equal(("chat small", ActivityKind.Client), (span.DisplayName, span.Kind));
        Assert.Equal("chat", span.GetTagItem("gen_ai.operation.name"));
        Assert.Equal("openai", span.GetTagItem("gen_ai.provider.name"));
        Assert.Equal("small", span.GetTagItem("gen_ai.request.model"));
        Assert.Equal(receipt.Tokens.Input, span.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.Equal(receipt.Tokens.Output, span.GetTagItem("gen_ai.usage.output_tokens"));
        Assert.Equal("T-1", span.GetTagItem("gen_ai.conversation.id"));
        Assert.Equal("127.0.0.1", span.GetTagItem("server.address"));
        Assert.Equal("triage", span.GetTagItem("baton.stage"));
        Assert.Equal(receipt.Id, span.GetTagItem("baton.receipt.id"));
        Assert.Equal((double)receipt.Cost.Amount, span.GetTagItem("baton.cost_usd"));
        Assert.Null(span.GetTagItem("error.type"));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task No_span_carries_words_of_a_customer_or_of_an_answer_unless_that_is_switched_on(bool on)
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.Options = fixture.Options with { TraceContent = on };
        fixture.One.Script = new StandInScript { Otherwise = new StandInAnswer { Text = "unmistakably" } };
        using var seen = new Seen(fixture);

        await fixture.Ask(Question);
        await fixture.Stream(Question);

        Assert.Equal(2, seen.Spans.Count);
        foreach (var span in seen.Spans)
        {
            var all = string.Join('\n', span.TagObjects.Select(t => t.Value));
            Assert.Equal(on, all.Contains("zygomorphic", StringComparison.Ordinal));
            Assert.Equal(on, all.Contains("unmistakably", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Spans_that_carry_words_carry_redacted_ones()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.Options = fixture.Options with { TraceContent = true };
        using var seen = new Seen(fixture);

        await fixture.Ask("write to maria.keller@example.org");

        var input = Assert.IsType<string>(Assert.Single(seen.Spans).GetTagItem("gen_ai.input.messages"));
        Assert.StartsWith("""[{"role":"user","parts":[{"type":"text","content":"write to [""", input,
            StringComparison.Ordinal);
        Assert.DoesNotContain("maria.keller", input, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_attempt_names_its_kind_of_failure()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.One.Script = new StandInScript { Rules = [new StandInRule { Fault = StandInFault.ServerError }] };
        using var seen = new Seen(fixture);

        await fixture.Ask("x");

        Assert.Equal(["ProviderFailed", null], seen.Spans.Select(s => (string?)s.GetTagItem("error.type")));
        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Unset], seen.Spans.Select(s => s.Status));
        Assert.Equal("anthropic", seen.Spans[1].GetTagItem("gen_ai.provider.name"));
    }

    [Fact]
    public async Task A_stream_says_so_and_when_its_first_piece_came()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        using var seen = new Seen(fixture);

        await fixture.Stream("x");

        var span = Assert.Single(seen.Spans);
        Assert.Equal(true, span.GetTagItem("gen_ai.request.stream"));
        Assert.IsType<double>(span.GetTagItem("gen_ai.response.time_to_first_chunk"));
        Assert.Contains(seen.Figures, f => f.Name == "gen_ai.client.operation.time_to_first_chunk");
    }

    [Fact]
    public async Task Metrics_count_tokens_time_and_money()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        using var seen = new Seen(fixture);

        var receipt = (await fixture.Ask("x")).Receipts().Single();

        Assert.Equal([("input", receipt.Tokens.Input), ("output", receipt.Tokens.Output)], seen.Figures
            .Where(f => f.Name == "gen_ai.client.token.usage")
            .Select(f => ((string)f.Tags["gen_ai.token.type"]!, (long)f.Value)));
        var duration = Assert.Single(seen.Figures, f => f.Name == "gen_ai.client.operation.duration");
        Assert.Equal(receipt.LatencyMs / 1000, duration.Value);
        Assert.Equal("s", duration.Unit);
        var cost = Assert.Single(seen.Figures, f => f.Name == "baton.gateway.cost");
        Assert.Equal((double)receipt.Cost.Amount, cost.Value);
        Assert.All(seen.Figures, f => Assert.Equal(("chat", "openai", "small"),
            (f.Tags["gen_ai.operation.name"], f.Tags["gen_ai.provider.name"], f.Tags["gen_ai.request.model"])));
    }

    [Fact]
    public async Task Embeddings_are_called_embeddings_in_spans_and_metrics()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.Policy = fixture.Policy with
        {
            Models = [.. fixture.Policy.Models,
                SomePolicy.Model("vectors") with { Capabilities = ModelCapabilities.Embeddings }],
            Stages = [.. fixture.Policy.Stages, new StagePolicy { Name = "embeddings", Tier = "vectors" }],
        };
        using var seen = new Seen(fixture);

        await fixture.Gateway.Embeddings.GenerateAsync(["x"], new EmbeddingGenerationOptions { ModelId = "vectors" },
            TestContext.Current.CancellationToken);

        Assert.Equal("embeddings vectors", Assert.Single(seen.Spans).DisplayName);
        Assert.NotEmpty(seen.Figures);
        Assert.All(seen.Figures, f => Assert.Equal("embeddings", f.Tags["gen_ai.operation.name"]));
    }

    private sealed record Figure(string Name, string? Unit, double Value, IReadOnlyDictionary<string, object?> Tags);

    /// <summary>What one gateway reports; other tests run beside it.</summary>
    private sealed class Seen : IDisposable
    {
        private readonly ActivityListener _spans;
        private readonly MeterListener _figures;

        public Seen(GatewayFixture fixture)
        {
            var telemetry = fixture.GatewayParts.Telemetry;
            _spans = new ActivityListener
            {
                ShouldListenTo = source => ReferenceEquals(source, telemetry.Source),
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = Spans.Add,
            };
            ActivitySource.AddActivityListener(_spans);
            _figures = new MeterListener
            {
                InstrumentPublished = (instrument, listener) =>
                {
                    if (ReferenceEquals(instrument.Meter, telemetry.Meter))
                        listener.EnableMeasurementEvents(instrument);
                },
            };
            _figures.SetMeasurementEventCallback<long>((i, value, tags, _) => Add(i, value, tags));
            _figures.SetMeasurementEventCallback<double>((i, value, tags, _) => Add(i, value, tags));
            _figures.Start();
        }

        public List<Activity> Spans { get; } = [];

        public List<Figure> Figures { get; } = [];

        public void Dispose()
        {
            _spans.Dispose();
            _figures.Dispose();
        }

        private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            Figures.Add(new Figure(
                instrument.Name, instrument.Unit, value, tags.ToArray().ToDictionary(t => t.Key, t => t.Value)));
    }
}
