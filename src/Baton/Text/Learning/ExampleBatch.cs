using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Baton.Text.Learning;

/// <summary>
/// Examples that a softmax learns from together, and by how much it misses each class of each. Four are scored at a
/// time: reading the weights from memory costs more than multiplying them.
/// </summary>
internal sealed class ExampleBatch(int most, int size, int classes)
{
    private const int Group = 4;

    private readonly float[] _errors = new float[most * classes];
    private readonly int[] _classes = new int[most];
    private readonly float[] _weights = new float[most];

    public int Count { get; private set; }

    /// <summary>How many times <see cref="Miss"/> is to be called.</summary>
    public int Groups => (Count + Group - 1) / Group;

    /// <summary>The vectors one after the other, as <see cref="RowSums"/> reads them.</summary>
    public float[] Vectors { get; } = new float[most * size + RowSums.Slack];

    public void Fill(IReadOnlyList<(float[] Vector, int Class, float Weight)> examples, ReadOnlySpan<int> chosen)
    {
        Count = chosen.Length;
        for (var i = 0; i < chosen.Length; i++)
        {
            (var vector, _classes[i], _weights[i]) = examples[chosen[i]];
            vector.CopyTo(Vectors, i * size);
        }
    }

    /// <summary>By how much a class is missed by an example.</summary>
    public float Error(int example, int c) => _errors[example * classes + c];

    /// <summary>What an example counts.</summary>
    public float Weight(int example) => _weights[example];

    /// <summary>Scores a group of examples.</summary>
    public void Miss(int group, float[] weights, float[] biases)
    {
        Span<int> places = stackalloc int[Group];
        // The last group is filled up with its last example.
        for (var i = 0; i < Group; i++) places[i] = Math.Min(group * Group + i, Count - 1);
        for (var c = 0; c < classes; c++) Score(weights.AsSpan(c * size, size), biases[c], c, places);
        for (var i = group * Group; i < Math.Min(Count, (group + 1) * Group); i++)
        {
            var errors = _errors.AsSpan(i * classes, classes);
            TensorPrimitives.SoftMax(errors, errors);
            errors[_classes[i]] -= 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Score(ReadOnlySpan<float> weights, float bias, int c, ReadOnlySpan<int> places)
    {
        ref var weight = ref MemoryMarshal.GetReference(weights);
        ref var vector = ref MemoryMarshal.GetArrayDataReference(Vectors);
        nuint first = (nuint)(places[0] * size), second = (nuint)(places[1] * size), third = (nuint)(places[2] * size),
            fourth = (nuint)(places[3] * size), at = 0;
        Vector512<float> a = default, b = default, d = default, e = default;
        for (; at + 16 <= (nuint)size; at += 16)
        {
            var w = Vector512.LoadUnsafe(ref weight, at);
            a = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref vector, first + at), w, a);
            b = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref vector, second + at), w, b);
            d = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref vector, third + at), w, d);
            e = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref vector, fourth + at), w, e);
        }
        Span<float> sums = [Vector512.Sum(a), Vector512.Sum(b), Vector512.Sum(d), Vector512.Sum(e)];
        for (var i = 0; i < Group; i++)
        {
            for (var rest = (int)at; rest < size; rest++) sums[i] += weights[rest] * Vectors[places[i] * size + rest];
            _errors[places[i] * classes + c] = bias + sums[i];
        }
    }
}
