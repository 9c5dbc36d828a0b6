namespace Baton.Playbooks.Gates;

/// <summary>A share that a run over labelled tickets must reach, or must not pass.</summary>
/// <param name="Metric">A figure by its name, such as <c>of_answered_right</c>.</param>
/// <param name="AtLeast">The share it must reach.</param>
/// <param name="AtMost">The share it must not pass.</param>
public sealed record FigureGate(string Metric, double? AtLeast, double? AtMost);
