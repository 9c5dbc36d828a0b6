namespace Baton.Triage.Intents;

/// <summary>
/// How an intent model is trained. The defaults were chosen by cross-validation on public training sets.
/// </summary>
public sealed record IntentModelOptions
{
    /// <summary>
    /// Seed of everything random. The same seed and examples give the same model on the same processor.
    /// </summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads for training; the result does not depend on it. Default: all processors.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>UTF-16 units of a text that are read; the rest is ignored. Default 20,000.</summary>
    public int MaxTextLength { get; init; } = 20_000;

    /// <summary>Weight of errors in the linear part; default 1, range above 0.</summary>
    public double C { get; init; } = 1;

    /// <summary>
    /// Small neural networks that vote beside the linear part; default 2, 0 turns them off. With fewer than 30 examples
    /// per intent, twice as many.
    /// </summary>
    public int Networks { get; init; } = 2;

    /// <summary>Hidden units of every network; default 128, range 1–1024.</summary>
    public int HiddenUnits { get; init; } = 128;

    /// <summary>
    /// Passes of the networks over the examples; default 8. With fewer than 30 examples per intent, three times
    /// as many.
    /// </summary>
    public int Epochs { get; init; } = 8;

    /// <summary>
    /// Share of correctly recognised held-out examples that may be taken for out of scope, which places the threshold
    /// of <see cref="IntentPrediction.IsOutOfScope"/>. Default 0.008, range 0–1: higher catches more strangers and
    /// turns away more friends.
    /// </summary>
    public double OutOfScopeBudget { get; init; } = 0.008;

    /// <summary>
    /// Examples that are kept from a trial model to calibrate on, when there are many; default 1,500. Few examples are
    /// cross-fitted instead.
    /// </summary>
    public int HeldOut { get; init; } = 1500;

    /// <summary>Ranked candidates in a prediction at most; default 5.</summary>
    public int MaxCandidates { get; init; } = 5;

    /// <summary>Intents at most; default 5,000.</summary>
    public int MaxIntents { get; init; } = 5_000;
}
