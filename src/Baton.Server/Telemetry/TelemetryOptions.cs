using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Baton.Server.Telemetry;

/// <summary>How OTLP is carried.</summary>
public enum TelemetryProtocol
{
    HttpProtobuf,
    Grpc,
}

/// <summary>Who may read <c>/metrics</c>.</summary>
public enum MetricsAccess
{
    /// <summary>Whoever has an API key.</summary>
    Key,

    /// <summary>Everybody who reaches the address. For a network that only the collector can enter.</summary>
    Open,

    /// <summary>Nobody: the address does not exist, and nothing is gathered for it.</summary>
    Off,
}

/// <summary>
/// Where spans, metrics and logs go. Settings <c>BATON__Telemetry__…</c>; each stands over the OpenTelemetry variable
/// of its comment. Nothing is sent without an endpoint.
/// </summary>
public sealed record TelemetryOptions
{
    /// <summary>
    /// Base address of an OTLP receiver, such as <c>http://127.0.0.1:4318</c>. Over HTTP <c>/v1/traces</c>,
    /// <c>/v1/metrics</c> and <c>/v1/logs</c> follow. <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.
    /// </summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Default: protobuf over HTTP. <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>.</summary>
    public TelemetryProtocol? Protocol { get; init; }

    /// <summary>
    /// Headers of every export as <c>name=value,name=value</c>, for a receiver that wants a key.
    /// <c>OTEL_EXPORTER_OTLP_HEADERS</c>.
    /// </summary>
    public string? Headers { get; init; }

    /// <summary>Default <c>baton</c>. <c>OTEL_SERVICE_NAME</c>.</summary>
    public string? ServiceName { get; init; }

    /// <summary>
    /// Share of traces that are sent, from 0 to 1. Default 1. A trace that came in sampled stays sampled.
    /// <c>OTEL_TRACES_SAMPLER</c> and <c>OTEL_TRACES_SAMPLER_ARG</c>.
    /// </summary>
    [Range(0.0, 1.0)]
    public double? SampleRatio { get; init; }

    /// <summary>Default 5 s. <c>OTEL_BSP_SCHEDULE_DELAY</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00")]
    public TimeSpan? SpanInterval { get; init; }

    /// <summary>Default 60 s. <c>OTEL_METRIC_EXPORT_INTERVAL</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan? MetricInterval { get; init; }

    /// <summary>Time for one export. Default 10 s. <c>OTEL_EXPORTER_OTLP_TIMEOUT</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Whether metrics are sent; some receivers take spans only. Default true. <c>OTEL_METRICS_EXPORTER</c>
    /// (<c>none</c>).
    /// </summary>
    public bool? Metrics { get; init; }

    /// <summary>Whether logs are sent. Default true. <c>OTEL_LOGS_EXPORTER</c> (<c>none</c>).</summary>
    public bool? Logs { get; init; }

    /// <summary>
    /// Connection string of an Application Insights resource, which then gets spans, metrics and logs besides any other
    /// receiver. <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c>. Default none.
    /// </summary>
    public string? AzureMonitor { get; init; }

    /// <summary>Who may read <c>/metrics</c>. Default: whoever has a key.</summary>
    public MetricsAccess Scrape { get; init; } = MetricsAccess.Key;

    /// <summary>The settings that are set, by the names that OpenTelemetry gave them.</summary>
    internal IEnumerable<KeyValuePair<string, string?>> Variables()
    {
        var protocol = Protocol switch
        {
            TelemetryProtocol.Grpc => "grpc",
            TelemetryProtocol.HttpProtobuf => "http/protobuf",
            _ => null,
        };
        (string Name, string? Value)[] all =
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", Endpoint?.AbsoluteUri), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
            ("OTEL_EXPORTER_OTLP_HEADERS", Headers), ("OTEL_EXPORTER_OTLP_TIMEOUT", Milliseconds(Timeout)),
            ("OTEL_SERVICE_NAME", ServiceName), (TelemetrySignals.Azure, AzureMonitor), ("OTEL_BSP_SCHEDULE_DELAY", Milliseconds(SpanInterval)),
            ("OTEL_BLRP_SCHEDULE_DELAY", Milliseconds(SpanInterval)),
            ("OTEL_METRIC_EXPORT_INTERVAL", Milliseconds(MetricInterval)),
            ("OTEL_TRACES_SAMPLER", SampleRatio is null ? null : "parentbased_traceidratio"),
            ("OTEL_TRACES_SAMPLER_ARG", SampleRatio?.ToString(CultureInfo.InvariantCulture)),
            ("OTEL_METRICS_EXPORTER", Exporter(Metrics)), ("OTEL_LOGS_EXPORTER", Exporter(Logs)),
        ];
        return all.Where(v => v.Value is not null).Select(v => KeyValuePair.Create(v.Name, v.Value));
    }

    private static string? Milliseconds(TimeSpan? time) =>
        time is { } set ? ((long)set.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) : null;

    private static string? Exporter(bool? on) => on switch { true => "otlp", false => "none", null => null };

    /// <summary>Without the key in the connection string: options end up in logs.</summary>
    public override string ToString() => $"{nameof(TelemetryOptions)} {{ Endpoint = {Endpoint} }}";
}
