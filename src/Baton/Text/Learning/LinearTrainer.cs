namespace Baton.Text.Learning;

/// <summary>
/// Trains one-vs-rest linear models. Deterministic: every class has its own random order from the seed, so the number
/// of threads changes nothing.
/// </summary>
public static class LinearTrainer
{
    /// <summary>One class per example. With two classes one problem is solved and the other is its negative.</summary>
    /// <param name="examples">Feature vectors with indices below <paramref name="features"/>.</param>
    /// <param name="labels">The class of every example, 0 … <paramref name="classes"/> − 1.</param>
    /// <param name="classes">Number of classes, at least 1.</param>
    /// <param name="features">Number of features.</param>
    /// <param name="options">Loss, C, seed …</param>
    /// <exception cref="ArgumentException">Lengths differ, or a label or feature is out of range.</exception>
    public static LinearModel Train(
        IReadOnlyList<SparseVector> examples, IReadOnlyList<int> labels, int classes, int features,
        LinearTrainerOptions? options = null)
    {
        if (examples.Count != labels.Count)
            throw new ArgumentException($"{examples.Count} examples but {labels.Count} labels.", nameof(labels));
        if (labels.FirstOrDefault(l => l < 0 || l >= classes, -1) is var wrong && wrong != -1)
            throw new ArgumentException($"Label {wrong} is outside 0…{classes - 1}.", nameof(labels));

        var model = new LinearModel(features, classes);
        if (examples.Count == 0 || classes < 2) return model;
        Solve(model, examples, (example, @class) => labels[example] == @class, options ?? new LinearTrainerOptions());
        return model;
    }

    /// <summary>Any number of classes per example: every class is a yes-or-no question of its own.</summary>
    public static LinearModel TrainMultiLabel(
        IReadOnlyList<SparseVector> examples, IReadOnlyList<IReadOnlyList<int>> labels, int classes, int features,
        LinearTrainerOptions? options = null)
    {
        if (examples.Count != labels.Count)
            throw new ArgumentException($"{examples.Count} examples but {labels.Count} label lists.", nameof(labels));
        var sets = labels.Select(l => l.ToHashSet()).ToArray();
        var model = new LinearModel(features, classes);
        if (examples.Count == 0) return model;
        Solve(model, examples, (example, @class) => sets[example].Contains(@class),
            options ?? new LinearTrainerOptions(),
            independent: true);
        return model;
    }

    private static void Solve(LinearModel model, IReadOnlyList<SparseVector> examples, Func<int, int, bool> isIn,
        LinearTrainerOptions options, bool independent = false)
    {
        var problem = new LinearProblem(examples, model.Features, options.Bias);
        var mirrored = model.Classes == 2 && !independent;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Parallelism) };
        if (options.Loss == LinearLoss.SquaredHinge && model.Classes >= SquaredHingeLanes.Lanes / 2)
        {
            var groups = (model.Classes + SquaredHingeLanes.Lanes - 1) / SquaredHingeLanes.Lanes;
            Parallel.For(0, groups, parallel, group => SolveLanes(model, problem, group, isIn, options));
            return;
        }
        Parallel.For(mirrored ? 1 : 0, model.Classes, parallel, @class =>
        {
            var positive = new bool[problem.Count];
            for (var i = 0; i < positive.Length; i++) positive[i] = isIn(i, @class);
            var random = new Random(unchecked(options.Seed * 7919 + @class));
            var costs = Costs(positive, @class, options);
            var weights = options.Loss == LinearLoss.Logistic
                ? LogisticSolver.Solve(problem, positive, costs, options, random)
                : SquaredHingeSolver.Solve(problem, positive, costs, options, random);
            model.SetClass(@class, weights, options.Bias);
            if (!mirrored) return;
            for (var i = 0; i < weights.Length; i++) weights[i] = -weights[i];
            model.SetClass(0, weights, options.Bias);
        });
    }

    private static void SolveLanes(
        LinearModel model, LinearProblem problem, int group, Func<int, int, bool> isIn, LinearTrainerOptions options)
    {
        const int Lanes = SquaredHingeLanes.Lanes;
        var first = group * Lanes;
        var (signs, allCosts) = (new float[problem.Count * Lanes], new float[problem.Count * Lanes]);
        var positive = new bool[problem.Count];
        for (var lane = 0; lane < Lanes; lane++)
        {
            for (var i = 0; i < positive.Length; i++)
                positive[i] = first + lane < model.Classes && isIn(i, first + lane);
            var costs = Costs(positive, first + lane, options);
            for (var i = 0; i < positive.Length; i++)
            {
                signs[i * Lanes + lane] = positive[i] ? 1 : -1;
                allCosts[i * Lanes + lane] = (float)costs[i];
            }
        }
        var random = new Random(unchecked(options.Seed * 7919 + group));
        var weights = SquaredHingeLanes.Solve(problem, signs, allCosts, options, random);
        for (var lane = 0; lane < Lanes && first + lane < model.Classes; lane++)
            model.SetClass(first + lane, weights, options.Bias, lane, Lanes);
    }

    private static double[] Costs(bool[] positive, int @class, LinearTrainerOptions options)
    {
        var positives = positive.Count(p => p);
        var (up, down) = (1.0, 1.0);
        if (options.Balanced && positives > 0 && positives < positive.Length)
        {
            up = Math.Pow(positive.Length / (2.0 * positives), options.BalancePower);
            down = Math.Pow(positive.Length / (2.0 * (positive.Length - positives)), options.BalancePower);
        }
        if (options.ClassWeights.Count > @class) up *= options.ClassWeights[@class];
        var costs = new double[positive.Length];
        for (var i = 0; i < costs.Length; i++)
        {
            var weight = options.ExampleWeights.Count > i ? options.ExampleWeights[i] : 1;
            costs[i] = Math.Max(1e-9, options.C * weight * (positive[i] ? up : down));
        }
        return costs;
    }
}
