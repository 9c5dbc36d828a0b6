namespace Baton.Text.Learning;

/// <summary>What a linear model pays for an error.</summary>
public enum LinearLoss
{
    /// <summary>The square of what a margin of one is missed by: sharp decisions, fast to train.</summary>
    SquaredHinge,

    /// <summary>Log-likelihood: scores are log-odds, so that <c>1 / (1 + exp(−score))</c> is a probability.</summary>
    Logistic,
}

/// <summary>How a linear model is trained. The defaults suit unit-length tf-idf vectors.</summary>
public sealed record LinearTrainerOptions
{
    /// <summary>The loss; squared hinge when not said.</summary>
    public LinearLoss Loss { get; init; } = LinearLoss.SquaredHinge;

    /// <summary>
    /// Weight of the errors against the size of the weights; larger fits closer. Default 1, range above 0.
    /// </summary>
    public double C { get; init; } = 1;

    /// <summary>True weighs the two sides of every one-vs-rest problem so that rare classes are not drowned.</summary>
    public bool Balanced { get; init; }

    /// <summary>
    /// With <see cref="Balanced"/>: 1 gives both sides the same total, 0 changes nothing, between them is a power.
    /// </summary>
    public double BalancePower { get; init; } = 0.5;

    /// <summary>Extra weight per class, multiplied into its positive examples; empty means one for all.</summary>
    public IReadOnlyList<double> ClassWeights { get; init; } = [];

    /// <summary>Weight of each example; empty means one for all.</summary>
    public IReadOnlyList<float> ExampleWeights { get; init; } = [];

    /// <summary>Value of the constant feature that carries the bias; 0 trains without a bias.</summary>
    public float Bias { get; init; } = 1;

    /// <summary>Passes over the data at most; default 60.</summary>
    public int MaxPasses { get; init; } = 60;

    /// <summary>Stops when no example violates its optimum by more than this; default 0.05.</summary>
    public double Tolerance { get; init; } = 0.05;

    /// <summary>Seed of the order in which examples are visited. The same seed gives the same bits.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads used; the result does not depend on it. Default: all processors.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;
}
