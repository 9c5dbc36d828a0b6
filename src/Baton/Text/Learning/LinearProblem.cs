using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Baton.Text.Learning;

/// <summary>Training vectors laid out one after the other, so that passes over them read memory in order.</summary>
internal sealed class LinearProblem
{
    public LinearProblem(IReadOnlyList<SparseVector> examples, int features, float bias)
    {
        (Count, Features, Bias) = (examples.Count, features, bias);
        _starts = new int[Count + 1];
        for (var i = 0; i < Count; i++) _starts[i + 1] = _starts[i] + examples[i].Count;
        _indices = new int[_starts[Count]];
        _values = new float[_starts[Count]];
        SquaredNorms = new float[Count];
        for (var i = 0; i < Count; i++)
        {
            var example = examples[i];
            if (example.Count > 0 && (example.Indices[^1] >= features || example.Indices[0] < 0))
                throw new ArgumentException($"Example {i} has a feature outside 0…{features - 1}.", nameof(examples));
            example.Indices.CopyTo(_indices, _starts[i]);
            example.Values.CopyTo(_values, _starts[i]);
            SquaredNorms[i] = example.SquaredNorm + bias * bias;
        }
    }

    private readonly int[] _starts;
    private readonly int[] _indices;
    private readonly float[] _values;

    public int Count { get; }

    public int Features { get; }

    public float Bias { get; }

    /// <summary>Sum of squares of every example, with the constant feature.</summary>
    public float[] SquaredNorms { get; }

    private Example Row(int example)
    {
        var (start, length) = (_starts[example], _starts[example + 1] - _starts[example]);
        return new Example(_indices.AsSpan(start, length), _values.AsSpan(start, length));
    }

    /// <summary>Score of an example; the last weight belongs to the constant feature.</summary>
    public double Dot(int example, float[] weights)
    {
        var (indices, values) = Row(example);
        float even = 0, odd = 0;
        var i = 0;
        for (; i + 1 < indices.Length; i += 2)
        {
            even += values[i] * weights[indices[i]];
            odd += values[i + 1] * weights[indices[i + 1]];
        }
        if (i < indices.Length) even += values[i] * weights[indices[i]];
        return even + odd + Bias * weights[^1];
    }

    /// <summary>Scores of an example for eight classes; weights hold eight per feature.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Vector256<float> DotLanes(int example, float[] weights)
    {
        var (indices, values) = Row(example);
        ref var table = ref MemoryMarshal.GetArrayDataReference(weights);
        var constant = Vector256.LoadUnsafe(ref table, (nuint)(Features * SquaredHingeLanes.Lanes));
        var (even, odd) = (constant * Bias, Vector256<float>.Zero);
        var i = 0;
        for (; i + 1 < indices.Length; i += 2)
        {
            even = Vector256.FusedMultiplyAdd(Lanes(ref table, indices[i]), Vector256.Create(values[i]), even);
            odd = Vector256.FusedMultiplyAdd(Lanes(ref table, indices[i + 1]), Vector256.Create(values[i + 1]), odd);
        }
        if (i < indices.Length)
            even = Vector256.FusedMultiplyAdd(Lanes(ref table, indices[i]), Vector256.Create(values[i]), even);
        return even + odd;
    }

    /// <summary>Adds an example to the weights of eight classes, times a factor for each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddLanes(float[] weights, int example, Vector256<float> factors)
    {
        var (indices, values) = Row(example);
        ref var table = ref MemoryMarshal.GetArrayDataReference(weights);
        for (var i = 0; i < indices.Length; i++)
        {
            Vector256.FusedMultiplyAdd(factors, Vector256.Create(values[i]), Lanes(ref table, indices[i]))
                .StoreUnsafe(ref table, (nuint)(indices[i] * SquaredHingeLanes.Lanes));
        }
        (factors * Bias + Lanes(ref table, Features))
            .StoreUnsafe(ref table, (nuint)(Features * SquaredHingeLanes.Lanes));
    }

    private static Vector256<float> Lanes(ref float table, int feature) =>
        Vector256.LoadUnsafe(ref table, (nuint)(feature * SquaredHingeLanes.Lanes));

    /// <summary>Adds an example times <paramref name="factor"/> to the weights.</summary>
    public void AddTo(float[] weights, int example, double factor)
    {
        var (indices, values) = Row(example);
        var scale = (float)factor;
        for (var i = 0; i < indices.Length; i++) weights[indices[i]] += scale * values[i];
        weights[^1] += scale * Bias;
    }

    private readonly ref struct Example(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        private readonly ReadOnlySpan<int> _indices = indices;
        private readonly ReadOnlySpan<float> _values = values;

        public void Deconstruct(out ReadOnlySpan<int> indices, out ReadOnlySpan<float> values)
        {
            indices = _indices;
            values = _values;
        }
    }
}
