using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Baton.Insights;
using Baton.Insights.Measuring;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Telemetry;

/// <summary>A real Prometheus reads a running Baton, and every expression that is shipped is run on what it has
/// read.</summary>
[Collection(nameof(MetricsOfOneHost))]
public sealed partial class PrometheusTests : IAsyncLifetime
{
    private readonly ServerFixture _server = new();

    /// <summary>Metrics that are there once a model or a tool was called.</summary>
    private static readonly string[] Later =
    [
        "baton_gateway_cost_total", "gen_ai_client_token_usage_sum", "gen_ai_client_operation_duration_seconds_bucket",
        "gen_ai_client_operation_duration_seconds_count", "baton_tools_calls_total",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Runs_every_expression_that_is_shipped()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/prometheus"), "prometheus is not installed");
        using var api = _server.Api();
        await api.PostAsJsonAsync("/api/tickets", new { id = "prometheus-1", body = "How long can I return something?" },
            Token);
        await _server.Services.GetRequiredService<SeriesSweep>().SweepAsync(Token);
        await PrometheusProcess.UntilAsync(async () =>
        {
            await _server.Services.GetRequiredService<InsightSweep>().SweepAsync(Token);
            return (await api.GetStringAsync("/metrics", Token)).Contains(
                "baton_decision_duration_seconds_bucket", StringComparison.Ordinal);
        });

        await using var prometheus = await PrometheusProcess.StartAsync(_server, Token);
        var known = await prometheus.NamesAsync(Token);
        foreach (var (where, expression) in Expressions(PrometheusProcess.Deploy(_server)))
        {
            var unknown = MetricName().Matches(Grouping().Replace(expression, "")).Select(m => m.Value)
                .Where(name => !known.Contains(name) && !Later.Contains(name));
            Assert.True(!unknown.Any(), $"{where}: nothing is called {string.Join(", ", unknown)}");
            Assert.Null(await prometheus.ProblemAsync(expression, Token) is { } problem ? $"{where}: {problem}" : null);
        }
    }

    [Fact]
    public async Task Has_few_series_however_many_tickets_there_are()
    {
        using var api = _server.Api();
        for (var i = 0; i < 20; i++)
            await api.PostAsJsonAsync("/api/tickets",
                new { id = $"cardinality-{i}", body = $"Where is my order NW-100{i:00}?" }, Token);
        await _server.Services.GetRequiredService<InsightSweep>().SweepAsync(Token);

        var lines = (await api.GetStringAsync("/metrics", Token)).Split('\n')
            .Where(l => l.StartsWith("baton_", StringComparison.Ordinal)).ToList();

        Assert.InRange(lines.Count, 1, 2_000);
        Assert.DoesNotContain(lines, l => l.Contains("cardinality", StringComparison.Ordinal)
            || l.Contains("NW-100", StringComparison.Ordinal));
    }

    /// <summary>Every panel of every dashboard, and every rule.</summary>
    private static IEnumerable<(string Where, string Expression)> Expressions(string deploy)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(deploy, "grafana"), "*.json"))
            foreach (var panel in JsonNode.Parse(File.ReadAllText(file))!["panels"]!.AsArray())
                foreach (var target in panel!["targets"]!.AsArray())
                    yield return ($"{Path.GetFileName(file)}, {panel["title"]}", (string)target!["expr"]!);
        var rules = File.ReadAllText(Path.Combine(deploy, "prometheus", "alerts.yml"));
        foreach (Match rule in Rule().Matches(rules))
            yield return (rule.Groups[1].Value, WhiteSpace().Replace(rule.Groups[2].Value, " ").Trim());
    }

    [GeneratedRegex(@"(?<![\w.""=])(?:baton|gen_ai|http_server|dotnet)_\w+(?=[{\[) ]|$)(?!\s*,)")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"alert: (\w+)\n\s+expr: (?:>-\s*)?((?:.|\n)+?)\n\s+(?:for|labels):")]
    private static partial Regex Rule();

    /// <summary>Labels look like metrics.</summary>
    [GeneratedRegex(@"by \([^)]*\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}

/// <summary>
/// Meters are of the whole process, and one that ends takes those of its name along in every host:
/// no other ends beside.
/// </summary>
[CollectionDefinition(nameof(MetricsOfOneHost), DisableParallelization = true)]
public sealed class MetricsOfOneHost;
