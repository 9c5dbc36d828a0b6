using Azure.Monitor.OpenTelemetry.Exporter;
using Baton.Privacy;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Baton.Server.Telemetry;

/// <summary>
/// Sends spans, metrics and logs over OTLP while the server runs, when an endpoint is set, and shows the metrics at
/// <c>/metrics</c>. A receiver that is down costs what fell into that time and holds nobody up.
/// </summary>
internal static class TelemetrySetup
{
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";

    extension(WebApplicationBuilder builder)
    {
        /// <summary>Adds the exports that settings ask for; the SDK reads the <c>OTEL_*</c> variables itself.</summary>
        /// <param name="tags">Of everything that leaves: who pays and for what.</param>
        public void AddTelemetry(TelemetryOptions options, IReadOnlyDictionary<string, string> tags)
        {
            builder.Configuration.AddInMemoryCollection(options.Variables());
            // The SDK's own default is gRPC, whose port is another one than that of the address everybody knows.
            if (builder.Configuration[Protocol] is null or "") builder.Configuration[Protocol] = "http/protobuf";
            var signals = new TelemetrySignals(builder.Configuration);
            var scrape = options.Scrape != MetricsAccess.Off;
            if (!signals.Any && !scrape) return;
            var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource
                .AddService(builder.Configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : "baton",
                    serviceVersion: typeof(TelemetrySetup).Assembly.GetName().Version?.ToString(3))
                .AddAttributes(tags.Select(tag => KeyValuePair.Create(tag.Key, (object)tag.Value))));
            var azure = signals.AzureMonitor;
            if (signals.Traces || azure is not null) telemetry.WithTracing(traces =>
            {
                traces.AddSource("Baton.*").AddAspNetCoreInstrumentation().AddHttpClientInstrumentation()
                    .AddProcessor(services => new SpanRedaction(services.GetRequiredService<Redactor>()));
                if (signals.Traces) traces.AddOtlpExporter(otlp => signals.Address(otlp, "TRACES"));
                if (azure is not null) traces.AddAzureMonitorTraceExporter(to => to.ConnectionString = azure);
            });
            if (signals.Logs || azure is not null) telemetry.WithLogging(
                logs =>
                {
                    logs.AddProcessor(services => new LogRedaction(services.GetRequiredService<Redactor>()));
                    if (signals.Logs) logs.AddOtlpExporter(otlp => signals.Address(otlp, "LOGS"));
                    if (azure is not null) logs.AddAzureMonitorLogExporter(to => to.ConnectionString = azure);
                },
                logs => logs.IncludeFormattedMessage = true);
            if (signals.Metrics || scrape || azure is not null) telemetry.WithMetrics(metrics =>
            {
                metrics.AddMeter("Baton.*").AddAspNetCoreInstrumentation().AddHttpClientInstrumentation()
                    .AddRuntimeInstrumentation();
                if (signals.Metrics) metrics.AddOtlpExporter(otlp => signals.Address(otlp, "METRICS"));
                if (azure is not null) metrics.AddAzureMonitorMetricExporter(to => to.ConnectionString = azure);
                if (scrape) metrics.AddPrometheusExporter();
            });
        }
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary><c>/metrics</c> in the text format of Prometheus.</summary>
        public void MapMetrics(TelemetryOptions options)
        {
            if (options.Scrape == MetricsAccess.Off) return;
            var metrics = routes.MapPrometheusScrapingEndpoint("/metrics");
            if (options.Scrape == MetricsAccess.Open) metrics.AllowAnonymous();
            else metrics.RequireAuthorization();
        }
    }
}
