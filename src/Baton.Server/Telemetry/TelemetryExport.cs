using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Baton.Server.Telemetry;

/// <summary>
/// Sends spans and metrics over OTLP while the server runs, when an endpoint is set. A receiver that is down costs the
/// spans of that time and holds nobody up.
/// </summary>
internal sealed class TelemetryExport(TelemetryOptions options) : IHostedService, IDisposable
{
    /// <summary>All sources and meters of the product, and those of the platform that explain them.</summary>
    private static readonly string[] Sources = ["Baton.*", "Microsoft.AspNetCore", "System.Net.Http"];

    private static readonly string[] Meters =
    [
        "Baton.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime",
    ];

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Endpoint is null) return Task.CompletedTask;
        var resource = ResourceBuilder.CreateDefault()
            .AddService(options.ServiceName, serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString(3));
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.SampleRatio)))
            .AddSource(Sources)
            .AddOtlpExporter(otlp =>
            {
                Configure(otlp, "v1/traces");
                otlp.BatchExportProcessorOptions.ScheduledDelayMilliseconds = (int)options.SpanInterval.TotalMilliseconds;
            })
            .Build();
        if (!options.Metrics) return Task.CompletedTask;
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Meters)
            .AddOtlpExporter((otlp, reader) =>
            {
                Configure(otlp, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds =
                    (int)options.MetricInterval.TotalMilliseconds;
            })
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>Sends what is left.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() =>
    {
        _traces?.ForceFlush((int)options.Timeout.TotalMilliseconds);
        _metrics?.ForceFlush((int)options.Timeout.TotalMilliseconds);
    }, cancellationToken);

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private void Configure(OtlpExporterOptions otlp, string path)
    {
        var http = options.Protocol == TelemetryProtocol.HttpProtobuf;
        otlp.Protocol = http ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        // An address that is set in code is used as it is; the path of the signal is ours to add.
        otlp.Endpoint = http ? new Uri(options.Endpoint!.AbsoluteUri.TrimEnd('/') + "/" + path) : options.Endpoint!;
        otlp.TimeoutMilliseconds = (int)options.Timeout.TotalMilliseconds;
        if (options.Headers is { } headers) otlp.Headers = headers;
    }
}
