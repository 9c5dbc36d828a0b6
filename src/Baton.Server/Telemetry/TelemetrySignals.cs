using OpenTelemetry.Exporter;

namespace Baton.Server.Telemetry;

/// <summary>Which signals are sent over OTLP: those that have an address and are not switched off.</summary>
internal sealed class TelemetrySignals(IConfiguration settings)
{
    /// <summary>The variable of Application Insights.</summary>
    public const string Azure = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>Where Application Insights is; null: it gets nothing.</summary>
    public string? AzureMonitor => Setting(Azure);

    public bool Traces => IsSent("TRACES");

    public bool Metrics => IsSent("METRICS");

    public bool Logs => IsSent("LOGS");

    public bool Any => Traces || Metrics || Logs || AzureMonitor is not null;

    /// <summary>Gives a signal its own address where it has one; it is used as it is written.</summary>
    public void Address(OtlpExporterOptions otlp, string signal)
    {
        if (Setting($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") is { } own) otlp.Endpoint = new Uri(own);
    }

    private bool IsSent(string signal) =>
        !string.Equals(Setting($"OTEL_{signal}_EXPORTER"), "none", StringComparison.OrdinalIgnoreCase)
        && (Setting("OTEL_EXPORTER_OTLP_ENDPOINT") ?? Setting($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT")) is not null;

    /// <summary>An empty variable counts as one that is not set, as the specification says.</summary>
    private string? Setting(string name) => settings[name] is { Length: > 0 } value ? value : null;
}
