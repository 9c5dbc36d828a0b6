using System.Net.Http.Headers;
using System.Text;
using Baton.Testing.StandIn;

namespace Baton.Server.Tests.Processes;

/// <summary>The whole program sends its spans, metrics and logs to a receiver.</summary>
public sealed class TelemetryExportTests
{
    [Fact]
    public async Task Spans_and_metrics_of_a_model_call_arrive_at_the_receiver()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var standIn = await StandInServer.StartAsync();
        using var place = new Place(models: $$"""
            providers:
              one: { kind: openai, endpoint: "{{standIn.Address}}v1", auth: none }
            models:
              small: { provider: one, id: small-at-provider, context_tokens: 100000, prices: { dated: 2026-11-01, input: 1, output: 4 } }
            tiers:
              commodity: [small]

            """);
        using var server = await ServerProcess.StartAsync(place, null,
            ("BATON__Telemetry__Endpoint", receiver.Address), ("BATON__Telemetry__Headers", "x-key=letmein"),
            ("BATON__Telemetry__SpanInterval", "00:00:00.2"), ("BATON__Telemetry__MetricInterval", "00:00:00.5"));
        var key = (await BatonProgram.RunAsync("virtual-keys", "create", "web", "--db", place.Database)).Output.Trim();

        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent(
                """{"model":"commodity","messages":[{"role":"user","content":"a zygomorphic question"}]}""",
                Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await server.Http.SendAsync(request);

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var spans = await receiver.WaitAsync("/v1/traces", "chat small-at-provider");
        Assert.Equal("letmein", spans.Key);
        Assert.Contains("gen_ai.usage.input_tokens", spans.Body, StringComparison.Ordinal);
        Assert.Contains(answer.Headers.GetValues("X-Baton-Receipt").Single(), spans.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("zygomorphic", spans.Body, StringComparison.Ordinal);
        await receiver.WaitAsync("/v1/metrics", "gen_ai.client.token.usage");
    }

    [Fact]
    public async Task The_variables_of_OpenTelemetry_are_enough()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        using var place = new Place();
        using var server = await ServerProcess.StartAsync(place, null,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address), ("OTEL_EXPORTER_OTLP_HEADERS", "x-key=letmein"),
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", receiver.Address + "/v1/spans"), ("OTEL_SERVICE_NAME", "night-desk"),
            ("OTEL_BSP_SCHEDULE_DELAY", "200"), ("OTEL_BLRP_SCHEDULE_DELAY", "200"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "500"));

        using var answer = await server.SubmitAsync("O-1", "where is my order T-1234, I am maria.keller@example.org");

        Assert.True(ServerProcess.IsAccepted(answer));
        var spans = await receiver.WaitAsync("/v1/spans", "/api/tickets");
        Assert.Contains("night-desk", spans.Body, StringComparison.Ordinal);
        Assert.Equal("letmein", spans.Key);
        Assert.Contains("night-desk", (await receiver.WaitAsync("/v1/logs", "is in force with")).Body,
            StringComparison.Ordinal);
        await receiver.WaitAsync("/v1/metrics", "http.server.request.duration");
        Assert.All(receiver.Bodies, body => Assert.DoesNotContain("maria", body, StringComparison.Ordinal));
    }
}
