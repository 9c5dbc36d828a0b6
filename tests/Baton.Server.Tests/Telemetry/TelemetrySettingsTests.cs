using Baton.Server.Telemetry;
using Microsoft.Extensions.Configuration;

namespace Baton.Server.Tests.Telemetry;

/// <summary>Which signals are sent, by the names of OpenTelemetry and by our own.</summary>
public sealed class TelemetrySettingsTests
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1";

    [Theory]
    [InlineData("", "")]
    [InlineData(Endpoint, "traces metrics logs")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=", "")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=http://127.0.0.1:1/v1/logs", "logs")]
    [InlineData(Endpoint + " OTEL_METRICS_EXPORTER=none", "traces logs")]
    [InlineData(Endpoint + " OTEL_TRACES_EXPORTER=None OTEL_LOGS_EXPORTER=none", "metrics")]
    [InlineData(Endpoint + " OTEL_METRICS_EXPORTER=otlp", "traces metrics logs")]
    public void Sends_the_signals_that_have_an_address_and_are_not_switched_off(string variables, string sent) =>
        Assert.Equal(sent, Sent(new TelemetryOptions(), variables));

    [Fact]
    public void Puts_its_own_settings_over_the_variables() =>
        Assert.Equal("traces metrics", Sent(
            new TelemetryOptions { Endpoint = new Uri("http://127.0.0.1:2"), Metrics = true, Logs = false },
            "OTEL_METRICS_EXPORTER=none OTEL_EXPORTER_OTLP_ENDPOINT="));

    [Fact]
    public void Leaves_variables_alone_that_have_no_setting_over_them() =>
        Assert.Empty(new TelemetryOptions().Variables());

    [Fact]
    public void Writes_settings_as_the_specification_wants_them() =>
        Assert.Equal(
            [
                "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317/", "OTEL_EXPORTER_OTLP_PROTOCOL=grpc",
                "OTEL_EXPORTER_OTLP_HEADERS=a=b", "OTEL_EXPORTER_OTLP_TIMEOUT=2000", "OTEL_SERVICE_NAME=desk",
                "OTEL_BSP_SCHEDULE_DELAY=200", "OTEL_BLRP_SCHEDULE_DELAY=200", "OTEL_METRIC_EXPORT_INTERVAL=60000",
                "OTEL_TRACES_SAMPLER=parentbased_traceidratio", "OTEL_TRACES_SAMPLER_ARG=0.25",
            ],
            new TelemetryOptions
            {
                Endpoint = new Uri("http://127.0.0.1:4317"), Protocol = TelemetryProtocol.Grpc, Headers = "a=b",
                Timeout = TimeSpan.FromSeconds(2), ServiceName = "desk", SpanInterval = TimeSpan.FromSeconds(0.2),
                MetricInterval = TimeSpan.FromMinutes(1), SampleRatio = 0.25,
            }.Variables().Select(v => $"{v.Key}={v.Value}"));

    private static string Sent(TelemetryOptions options, string variables)
    {
        var pairs = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split('=', 2));
        var signals = new TelemetrySignals(new ConfigurationBuilder()
            .AddInMemoryCollection(pairs.Select(p => KeyValuePair.Create(p[0], (string?)p[1])))
            .AddInMemoryCollection(options.Variables()).Build());
        return string.Join(' ', ((string Name, bool On)[])
            [("traces", signals.Traces), ("metrics", signals.Metrics), ("logs", signals.Logs)]
            is var all ? all.Where(s => s.On).Select(s => s.Name) : []);
    }
}
