using System.Collections.Concurrent;

namespace Baton.Gateway.Routing;

/// <summary>What calls have shown about models: how fast they are.</summary>
public sealed class ModelFigures
{
    /// <summary>Weight of the newest time; about the last twenty calls count.</summary>
    private const double Newest = 0.1;

    private readonly ConcurrentDictionary<string, double> _firstTokenMs = new();

    /// <summary>Smoothed time to the first token, or null before the first call.</summary>
    public double? FirstTokenMs(string model) => _firstTokenMs.TryGetValue(model, out var ms) ? ms : null;

    internal void ObserveFirstToken(string model, double ms) =>
        _firstTokenMs.AddOrUpdate(model, ms, (_, old) => old + Newest * (ms - old));
}
