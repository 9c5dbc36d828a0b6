using System.Numerics.Tensors;

namespace Baton.Text.Learning;

/// <summary>
/// How the weights of one class of a softmax go down the slope of its errors: Adam (Kingma and Ba, 2015).
/// </summary>
internal sealed class ClassSlope(int size, int batch)
{
    private const float First = 0.9f, Second = 0.999f, Epsilon = 1e-8f;

    /// <summary>Classes this improbable add nothing to the slope: most of 400 are, after the first pass.</summary>
    private const float Negligible = 1e-4f;

    private readonly float[] _slope = new float[size + RowSums.Slack], _buffer = new float[size + 1];
    private readonly float[] _mean = new float[size + 1], _square = new float[size + 1];
    private readonly int[] _missed = new int[batch];
    private readonly float[] _errors = new float[batch];

    /// <summary>One step.</summary>
    /// <param name="c">Which class.</param>
    /// <param name="step">How many there were, this one counted.</param>
    public void Descend(
        ExampleBatch examples, int c, Span<float> weights, ref float bias, float decay, float rate, int step)
    {
        var (count, biasSlope) = (0, 0f);
        for (var i = 0; i < examples.Count; i++)
        {
            var error = examples.Error(i, c);
            if (MathF.Abs(error) < Negligible) continue;
            (_missed[count], _errors[count]) = (i, error * examples.Weight(i) / examples.Count);
            biasSlope += _errors[count++];
        }
        _slope.AsSpan().Clear();
        RowSums.Add(examples.Vectors, size, _missed.AsSpan(0, count), _errors.AsSpan(0, count), _slope);
        var slope = _slope.AsSpan(0, size);
        TensorPrimitives.MultiplyAdd(weights, decay, slope, slope);
        Step(weights, slope, _mean.AsSpan(0, size), _square.AsSpan(0, size), rate, step);
        Step(new Span<float>(ref bias), new Span<float>(ref biasSlope), _mean.AsSpan(size), _square.AsSpan(size),
            rate, step);
    }

    private void Step(
        Span<float> values, ReadOnlySpan<float> slope, Span<float> mean, Span<float> square, float rate, int step)
    {
        var buffer = _buffer.AsSpan(0, values.Length);
        TensorPrimitives.Multiply(mean, First, mean);
        TensorPrimitives.MultiplyAdd(slope, 1 - First, mean, mean);
        TensorPrimitives.Multiply(slope, slope, buffer);
        TensorPrimitives.Multiply(square, Second, square);
        TensorPrimitives.MultiplyAdd(buffer, 1 - Second, square, square);
        TensorPrimitives.Divide(square, 1 - MathF.Pow(Second, step), buffer);
        TensorPrimitives.Sqrt(buffer, buffer);
        TensorPrimitives.Add(buffer, Epsilon, buffer);
        TensorPrimitives.Divide(mean, buffer, buffer);
        TensorPrimitives.MultiplyAdd(buffer, -rate / (1 - MathF.Pow(First, step)), values, values);
    }
}
