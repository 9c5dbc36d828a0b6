using System.Collections.Concurrent;

namespace Baton.Gateway.Routing;

/// <summary>What was measured about models: quality per stage from evaluations, speed from calls.</summary>
public sealed class ModelFigures
{
    /// <summary>Weight of the newest time; about the last twenty calls count.</summary>
    private const double Newest = 0.1;

    private readonly ConcurrentDictionary<(string Stage, string Model), double> _quality = new();
    private readonly ConcurrentDictionary<string, double> _firstTokenMs = new();

    /// <summary>Sets the measured quality (0–1) of a model at a stage, from an evaluation run.</summary>
    public void SetQuality(string stage, string model, double quality) =>
        _quality[(stage, model)] = Math.Clamp(quality, 0, 1);

    /// <summary>The measured quality, or null when nobody has measured it.</summary>
    public double? Quality(string stage, string model) =>
        _quality.TryGetValue((stage, model), out var quality) ? quality : null;

    /// <summary>Smoothed time to the first token, or null before the first call.</summary>
    public double? FirstTokenMs(string model) => _firstTokenMs.TryGetValue(model, out var ms) ? ms : null;

    internal void ObserveFirstToken(string model, double ms) =>
        _firstTokenMs.AddOrUpdate(model, ms, (_, old) => old + Newest * (ms - old));
}
