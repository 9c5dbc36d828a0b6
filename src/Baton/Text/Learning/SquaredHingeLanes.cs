using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Baton.Text.Learning;

/// <summary>
/// The same optimisation as <see cref="SquaredHingeSolver"/> for eight classes at once, one per lane of a vector:
/// reading an example, which is what training waits for, is shared. Nothing is shrunk, because the lanes would
/// disagree.
/// </summary>
internal static class SquaredHingeLanes
{
    public const int Lanes = 8;

    /// <summary>Weights, eight per feature, the constant's last.</summary>
    /// <param name="problem">The examples.</param>
    /// <param name="signs">+1 or −1, eight per example.</param>
    /// <param name="costs">C, eight per example, above 0.</param>
    /// <param name="options">Passes and tolerance.</param>
    /// <param name="random">Order of the visits.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float[] Solve(
        LinearProblem problem, float[] signs, float[] costs, LinearTrainerOptions options, Random random)
    {
        var weights = new float[(problem.Features + 1) * Lanes];
        var alpha = new float[problem.Count * Lanes];
        var order = new int[problem.Count];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        for (var pass = 0; pass < options.MaxPasses; pass++)
        {
            var (largest, smallest) = (Vector256.Create(float.MinValue), Vector256.Create(float.MaxValue));
            random.Shuffle(order);
            foreach (var i in order)
            {
                var projected = Visit(problem, i, weights, alpha, signs, costs);
                largest = Vector256.Max(largest, projected);
                smallest = Vector256.Min(smallest, projected);
            }
            if (Vector256.LessThanOrEqualAll(largest - smallest, Vector256.Create((float)options.Tolerance))) break;
        }
        return weights;
    }

    /// <summary>
    /// Moves the eight dual variables of one example to their optimum; returns the projected gradients.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector256<float> Visit(
        LinearProblem problem, int example, float[] weights, float[] alpha, float[] signs, float[] costs)
    {
        var place = (nuint)(example * Lanes);
        ref var alphas = ref MemoryMarshal.GetArrayDataReference(alpha);
        var sign = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(signs), place);
        var cost = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(costs), place);
        var before = Vector256.LoadUnsafe(ref alphas, place);

        var diagonal = Vector256.Create(0.5f) / cost;
        var gradient = sign * problem.DotLanes(example, weights) - Vector256<float>.One + diagonal * before;
        var atBound = Vector256.Equals(before, Vector256<float>.Zero);
        var projected = Vector256.ConditionalSelect(atBound, Vector256.Min(gradient, Vector256<float>.Zero), gradient);
        var curvature = Vector256.Create(problem.SquaredNorms[example]) + diagonal;
        var after = Vector256.Max(before - gradient / curvature, Vector256<float>.Zero);
        var change = after - before;
        if (Vector256.EqualsAll(change, Vector256<float>.Zero)) return projected;

        after.StoreUnsafe(ref alphas, place);
        problem.AddLanes(weights, example, change * sign);
        return projected;
    }
}
