using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Baton.Privacy.Tagging;

/// <summary>How likely labels follow each other: from scores of single words to probabilities within a chain.</summary>
internal sealed class ChainWeights(float[] transitions)
{
    private const int Width = TagLabels.Width;

    private readonly float[] _forward = Exponents(transitions);
    private readonly float[] _backward = Transposed(Exponents(transitions));

    /// <summary>
    /// Forward and backward over one chain that "nothing" surrounds; <paramref name="scores"/> (exponents) become
    /// probabilities.
    /// </summary>
    public void Marginals(Span<float> scores)
    {
        var length = scores.Length / Width;
        Span<float> forward = stackalloc float[scores.Length];
        Span<float> message = stackalloc float[Width];
        Span<float> carried = stackalloc float[Width];
        _forward.AsSpan(0, Width).CopyTo(message);
        for (var w = 0; w < length; w++)
        {
            var here = forward.Slice(w * Width, Width);
            Product(message, scores.Slice(w * Width, Width), here);
            if (w + 1 < length) Step(_forward, here, message);
        }
        _backward.AsSpan(0, Width).CopyTo(message);
        for (var w = length - 1; w >= 0; w--)
        {
            var here = scores.Slice(w * Width, Width);
            if (w > 0) Product(message, here, carried);
            Product(forward.Slice(w * Width, Width), message, here);
            if (w > 0) Step(_backward, carried, message);
        }
    }

    /// <summary>The product of two rows, scaled to a sum of one.</summary>
    private static void Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result)
    {
        var low = Vector256.Create(a) * Vector256.Create(b);
        var high = Vector256.Create(a[8..]) * Vector256.Create(b[8..]);
        var scale = Vector256.Create(1 / (Vector256.Sum(low + high) + 1e-30f));
        (low * scale).CopyTo(result);
        (high * scale).CopyTo(result[8..]);
    }

    /// <summary>Every label's row, weighted by how likely the label is.</summary>
    private static void Step(float[] rows, ReadOnlySpan<float> likely, Span<float> result)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(rows);
        Vector256<float> low = default, high = default;
        for (nuint label = 0; label < TagLabels.Count; label++)
        {
            var weight = Vector256.Create(likely[(int)label]);
            low = Vector256.MultiplyAddEstimate(weight, Vector256.LoadUnsafe(ref first, label * Width), low);
            high = Vector256.MultiplyAddEstimate(weight, Vector256.LoadUnsafe(ref first, label * Width + 8), high);
        }
        low.CopyTo(result);
        high.CopyTo(result[8..]);
    }

    private static float[] Transposed(float[] square)
    {
        var result = new float[square.Length];
        for (var i = 0; i < square.Length; i++) result[i % Width * Width + i / Width] = square[i];
        return result;
    }

    private static float[] Exponents(float[] transitions)
    {
        var result = new float[transitions.Length];
        TensorPrimitives.Exp(transitions, result);
        for (var i = 0; i < result.Length; i++)
            if (i / Width >= TagLabels.Count || i % Width >= TagLabels.Count) result[i] = 0;
        return result;
    }
}
