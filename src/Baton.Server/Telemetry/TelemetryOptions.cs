namespace Baton.Server.Telemetry;

/// <summary>How OTLP is carried.</summary>
public enum TelemetryProtocol
{
    HttpProtobuf,
    Grpc,
}

/// <summary>Where spans and metrics go. Settings <c>BATON__Telemetry__…</c>; nothing is sent without an endpoint.</summary>
public sealed record TelemetryOptions
{
    /// <summary>
    /// Base address of an OTLP receiver, such as <c>http://127.0.0.1:4318</c>. Over HTTP <c>/v1/traces</c> and
    /// <c>/v1/metrics</c> follow. Null, the default, exports nothing.
    /// </summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Default: protobuf over HTTP.</summary>
    public TelemetryProtocol Protocol { get; init; } = TelemetryProtocol.HttpProtobuf;

    /// <summary>Headers of every export as <c>name=value,name=value</c>, for a receiver that wants a key.</summary>
    public string? Headers { get; init; }

    /// <summary>Default <c>baton</c>.</summary>
    public string ServiceName { get; init; } = "baton";

    /// <summary>Share of traces that are sent, from 0 to 1. Default 1. A trace that came in sampled stays sampled.</summary>
    public double SampleRatio { get; init; } = 1;

    /// <summary>Default 5 s.</summary>
    public TimeSpan SpanInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Default 60 s.</summary>
    public TimeSpan MetricInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time for one export. Default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether metrics are sent; some receivers take spans only. Default true.</summary>
    public bool Metrics { get; init; } = true;
}
