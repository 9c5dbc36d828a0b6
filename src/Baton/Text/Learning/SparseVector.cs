using System.Numerics.Tensors;

namespace Baton.Text.Learning;

/// <summary>A vector of which only the non-zero places are stored, in ascending order of index.</summary>
public readonly record struct SparseVector(int[] Indices, float[] Values)
{
    /// <summary>The vector without any entry.</summary>
    public static SparseVector Empty { get; } = new([], []);

    /// <summary>How many places are not zero.</summary>
    public int Count => Indices.Length;

    /// <summary>The sum of squares.</summary>
    public float SquaredNorm => TensorPrimitives.SumOfSquares<float>(Values);

    /// <summary>The product with a dense vector; places beyond its end count as zero.</summary>
    public float Dot(ReadOnlySpan<float> dense)
    {
        var sum = 0f;
        for (var i = 0; i < Indices.Length; i++)
            if (Indices[i] < dense.Length) sum += Values[i] * dense[Indices[i]];
        return sum;
    }

    /// <summary>The product with another sparse vector.</summary>
    public float Dot(SparseVector other)
    {
        var sum = 0f;
        for (int i = 0, j = 0; i < Count && j < other.Count;)
        {
            if (Indices[i] == other.Indices[j]) sum += Values[i++] * other.Values[j++];
            else if (Indices[i] < other.Indices[j]) i++;
            else j++;
        }
        return sum;
    }

    /// <summary>The same direction with length one; an empty vector stays empty.</summary>
    public SparseVector Normalized()
    {
        var norm = MathF.Sqrt(SquaredNorm);
        if (norm == 0) return this;
        var values = new float[Values.Length];
        TensorPrimitives.Divide(Values, norm, values);
        return this with { Values = values };
    }

    /// <summary>Builds a vector from places in any order; values of the same place are added.</summary>
    public static SparseVector From(IEnumerable<(int Index, float Value)> entries)
    {
        var sums = new SortedDictionary<int, float>();
        foreach (var (index, value) in entries) sums[index] = sums.GetValueOrDefault(index) + value;
        return new SparseVector([.. sums.Keys], [.. sums.Values]);
    }

    /// <summary>
    /// How often each index occurs, from a scratch span that is sorted in place: the fast way to count.
    /// </summary>
    public static SparseVector Counted(Span<int> indices)
    {
        indices.Sort();
        var distinct = 0;
        for (var i = 0; i < indices.Length; i++)
            if (i == 0 || indices[i] != indices[i - 1]) distinct++;
        var vector = new SparseVector(new int[distinct], new float[distinct]);
        var at = -1;
        for (var i = 0; i < indices.Length; i++)
        {
            if (i == 0 || indices[i] != indices[i - 1]) vector.Indices[++at] = indices[i];
            vector.Values[at]++;
        }
        return vector;
    }
}
