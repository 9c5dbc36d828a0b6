namespace Baton.Text;

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

    /// <summary>Score of an example; the last weight belongs to the constant feature.</summary>
    public double Dot(int example, float[] weights)
    {
        var (start, length) = (_starts[example], _starts[example + 1] - _starts[example]);
        var indices = _indices.AsSpan(start, length);
        var values = _values.AsSpan(start, length);
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

    /// <summary>Adds an example times <paramref name="factor"/> to the weights.</summary>
    public void AddTo(float[] weights, int example, double factor)
    {
        var (start, length) = (_starts[example], _starts[example + 1] - _starts[example]);
        var indices = _indices.AsSpan(start, length);
        var values = _values.AsSpan(start, length);
        var scale = (float)factor;
        for (var i = 0; i < indices.Length; i++) weights[indices[i]] += scale * values[i];
        weights[^1] += scale * Bias;
    }
}
