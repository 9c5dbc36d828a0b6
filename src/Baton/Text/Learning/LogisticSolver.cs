namespace Baton.Text.Learning;

/// <summary>
/// Dual coordinate descent for L2-regularised logistic regression: a Newton step per example on its dual variable
/// (Yu, Huang, Lin: Dual coordinate descent methods for logistic regression and maximum entropy models, 2011).
/// </summary>
internal static class LogisticSolver
{
    private const int NewtonSteps = 8;

    /// <summary>
    /// Weights of the features and, last, of the constant. Parameters as in <see cref="SquaredHingeSolver"/>.
    /// </summary>
    public static float[] Solve(
        LinearProblem problem, bool[] positive, double[] costs, LinearTrainerOptions options, Random random)
    {
        var weights = new float[problem.Features + 1];
        var alpha = new double[problem.Count];
        var order = new int[problem.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            alpha[i] = Math.Min(0.001 * costs[i], 1e-8);
            problem.AddTo(weights, i, positive[i] ? alpha[i] : -alpha[i]);
        }
        for (var pass = 0; pass < options.MaxPasses; pass++)
        {
            var largest = 0.0;
            random.Shuffle(order);
            foreach (var i in order)
            {
                var sign = positive[i] ? 1.0 : -1.0;
                var (next, violation) =
                    Step(alpha[i], costs[i], sign * problem.Dot(i, weights), problem.SquaredNorms[i]);
                largest = Math.Max(largest, violation);
                problem.AddTo(weights, i, (next - alpha[i]) * sign);
                alpha[i] = next;
            }
            if (largest < options.Tolerance) break;
        }
        return weights;
    }

    /// <summary>
    /// Minimises ½·a·(z − alpha)² + b·(z − alpha) + z·log z + (C − z)·log(C − z) over 0 &lt; z &lt; C, on the side of
    /// C/2 where the logarithm is steeper, so that rounding never leaves the interval.
    /// </summary>
    private static (double Next, double Violation) Step(double alpha, double cost, double score, double norm)
    {
        var (a, b) = (norm, score);
        var flipped = 0.5 * a * (cost - 2 * alpha) + b < 0;
        var start = flipped ? cost - alpha : alpha;
        if (flipped) b = -b;
        var z = start;
        if (cost - z < 0.5 * cost) z *= 0.1;
        if (z <= 0) z = 1e-12 * cost;

        var gradient = a * (z - start) + b + Math.Log(z / (cost - z));
        var violation = Math.Abs(gradient);
        for (var step = 0; step < NewtonSteps && Math.Abs(gradient) > 1e-6; step++)
        {
            var curvature = a + cost / ((cost - z) * z);
            var candidate = z - gradient / curvature;
            z = candidate <= 0 ? z * 0.1 : Math.Min(candidate, cost * (1 - 1e-12));
            gradient = a * (z - start) + b + Math.Log(z / (cost - z));
        }
        return (flipped ? cost - z : z, violation);
    }
}
