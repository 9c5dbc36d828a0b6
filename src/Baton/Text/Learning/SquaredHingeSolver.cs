namespace Baton.Text.Learning;

/// <summary>
/// Dual coordinate descent for the L2-regularised squared-hinge support vector machine, with shrinking
/// (Hsieh, Chang, Lin, Keerthi, Sundararajan: A Dual Coordinate Descent Method for Large-scale Linear SVM, ICML 2008).
/// </summary>
internal static class SquaredHingeSolver
{
    /// <summary>Weights of the features and, last, of the constant.</summary>
    /// <param name="problem">The examples.</param>
    /// <param name="positive">Which side every example is on.</param>
    /// <param name="costs">C of every example, above 0.</param>
    /// <param name="options">Passes and tolerance.</param>
    /// <param name="random">Order of the visits.</param>
    public static float[] Solve(
        LinearProblem problem, bool[] positive, double[] costs, LinearTrainerOptions options, Random random)
    {
        var weights = new float[problem.Features + 1];
        var alpha = new double[problem.Count];
        var order = new int[problem.Count];
        for (var i = 0; i < order.Length; i++) order[i] = i;

        var active = order.Length;
        var shrinkAbove = double.PositiveInfinity;
        for (var pass = 0; pass < options.MaxPasses; pass++)
        {
            double largest = double.NegativeInfinity, smallest = double.PositiveInfinity;
            random.Shuffle(order.AsSpan(0, active));
            for (var s = 0; s < active; s++)
            {
                var i = order[s];
                var sign = positive[i] ? 1 : -1;
                var diagonal = 0.5 / costs[i];
                var gradient = sign * problem.Dot(i, weights) - 1 + diagonal * alpha[i];
                if (alpha[i] == 0 && gradient > shrinkAbove)
                {
                    active--;
                    (order[s], order[active]) = (order[active], order[s]);
                    s--;
                    continue;
                }
                var projected = alpha[i] == 0 ? Math.Min(gradient, 0) : gradient;
                largest = Math.Max(largest, projected);
                smallest = Math.Min(smallest, projected);
                if (Math.Abs(projected) < 1e-12) continue;

                var before = alpha[i];
                alpha[i] = Math.Max(before - gradient / (problem.SquaredNorms[i] + diagonal), 0);
                problem.AddTo(weights, i, (alpha[i] - before) * sign);
            }
            if (largest - smallest <= options.Tolerance)
            {
                if (active == order.Length) break;
                // Converged on what was left: look once more at what was set aside.
                (active, shrinkAbove) = (order.Length, double.PositiveInfinity);
                continue;
            }
            shrinkAbove = largest <= 0 ? double.PositiveInfinity : largest;
        }
        return weights;
    }
}
