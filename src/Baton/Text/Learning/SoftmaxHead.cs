using System.Numerics.Tensors;

namespace Baton.Text.Learning;

/// <summary>
/// Multinomial logistic regression on vectors of length 1: which class a text is of. Trained by Adam with cosine decay;
/// the same examples give the same weights on the same kind of processor.
/// </summary>
internal sealed class SoftmaxHead
{
    private const int Batch = 128;
    private const double Rate = 0.05;

    /// <summary>Classes this improbable add nothing to the slope: most of 400 are, after the first pass.</summary>
    private const float Negligible = 1e-4f;

    private readonly float[] _weights;
    private readonly float[] _biases;
    private readonly int _size;

    private SoftmaxHead(float[] weights, float[] biases, int size) =>
        (_weights, _biases, _size) = (weights, biases, size);

    /// <summary>How many classes it tells apart.</summary>
    public int Classes => _biases.Length;

    /// <summary>Probabilities of the classes.</summary>
    public float[] Predict(ReadOnlySpan<float> vector)
    {
        var scores = new float[Classes];
        Predict(vector, scores);
        return scores;
    }

    /// <summary>Log-odds of the classes, up to a number that is the same for all.</summary>
    public void Score(ReadOnlySpan<float> vector, Span<float> scores)
    {
        for (var c = 0; c < scores.Length; c++) scores[c] = _biases[c] + TensorPrimitives.Dot(Row(_weights, c), vector);
    }

    /// <param name="examples">Vector, class and weight of each example; at least one.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="epochs">Passes over the examples; few examples need more.</param>
    /// <param name="decay">Pull of the weights towards 0: the more examples a class has, the less it needs.</param>
    /// <param name="parallelism">Threads used; the weights do not depend on it.</param>
    public static SoftmaxHead Train(
        IReadOnlyList<(float[] Vector, int Class, float Weight)> examples, int classes, int epochs = 15,
        float decay = 3e-5f, int parallelism = -1)
    {
        var size = examples[0].Vector.Length;
        var head = new SoftmaxHead(new float[classes * size], new float[classes], size);
        var slope = new SoftmaxHead(new float[classes * size], new float[classes], size);
        var (weights, biases) = (new Adam(classes * size), new Adam(classes));
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var shuffle = new Random(7);
        var errors = Enumerable.Range(0, Batch).Select(_ => new float[classes]).ToArray();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = parallelism };
        var steps = epochs * ((examples.Count + Batch - 1) / Batch);
        var step = 0;
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            shuffle.Shuffle(order);
            for (var start = 0; start < order.Length; start += Batch)
            {
                var batch = new ArraySegment<int>(order, start, Math.Min(Batch, order.Length - start));
                Parallel.For(0, batch.Count, parallel, b => head.Miss(examples[batch[b]], errors[b]));
                // Each class by itself and its examples in order, so that the sums do not depend on the number of
                // threads.
                Parallel.For(0, classes, parallel, c => slope.SetSlope(c, examples, batch, errors));
                TensorPrimitives.MultiplyAdd(head._weights, decay, slope._weights, slope._weights);
                var rate = (float)(Rate * 0.5 * (1 + Math.Cos(Math.PI * step++ / steps)));
                weights.Step(head._weights, slope._weights, rate, step);
                biases.Step(head._biases, slope._biases, rate, step);
            }
        }
        return head;
    }

    /// <summary>Writes what <see cref="Load"/> reads.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Classes);
        writer.Write(_size);
        writer.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_weights.AsSpan()));
        writer.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_biases.AsSpan()));
    }

    /// <exception cref="EndOfStreamException">Cut short.</exception>
    public static SoftmaxHead Load(BinaryReader reader)
    {
        var (classes, size) = (Math.Clamp(reader.ReadInt32(), 1, 100_000), Math.Clamp(reader.ReadInt32(), 1, 8_192));
        var head = new SoftmaxHead(new float[classes * size], new float[classes], size);
        reader.BaseStream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(head._weights.AsSpan()));
        reader.BaseStream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(head._biases.AsSpan()));
        return head;
    }

    private void Predict(ReadOnlySpan<float> vector, Span<float> scores)
    {
        Score(vector, scores);
        TensorPrimitives.SoftMax(scores, scores);
    }

    /// <summary>By how much each class is missed.</summary>
    private void Miss((float[] Vector, int Class, float Weight) example, float[] errors)
    {
        Predict(example.Vector, errors);
        errors[example.Class] -= 1;
    }

    private void SetSlope(
        int c, IReadOnlyList<(float[] Vector, int Class, float Weight)> examples, ArraySegment<int> batch,
        float[][] errors)
    {
        var row = Row(_weights, c);
        row.Clear();
        _biases[c] = 0;
        for (var b = 0; b < batch.Count; b++)
        {
            if (MathF.Abs(errors[b][c]) < Negligible) continue;
            var (vector, _, weight) = examples[batch[b]];
            var error = errors[b][c] * weight / batch.Count;
            TensorPrimitives.MultiplyAdd(vector, error, row, row);
            _biases[c] += error;
        }
    }

    private Span<float> Row(float[] weights, int c) => weights.AsSpan(c * _size, _size);

    /// <summary>Kingma and Ba, 2015.</summary>
    private sealed class Adam(int size)
    {
        private const float First = 0.9f, Second = 0.999f, Epsilon = 1e-8f;

        private readonly float[] _mean = new float[size], _square = new float[size], _buffer = new float[size];

        public void Step(float[] values, float[] slope, float rate, int step)
        {
            TensorPrimitives.Multiply(_mean, First, _mean);
            TensorPrimitives.MultiplyAdd(slope, 1 - First, _mean, _mean);
            TensorPrimitives.Multiply(slope, slope, _buffer);
            TensorPrimitives.Multiply(_square, Second, _square);
            TensorPrimitives.MultiplyAdd(_buffer, 1 - Second, _square, _square);
            TensorPrimitives.Divide(_square, 1 - MathF.Pow(Second, step), _buffer);
            TensorPrimitives.Sqrt(_buffer, _buffer);
            TensorPrimitives.Add(_buffer, Epsilon, _buffer);
            TensorPrimitives.Divide(_mean, _buffer, _buffer);
            TensorPrimitives.MultiplyAdd(_buffer, -rate / (1 - MathF.Pow(First, step)), values, values);
        }
    }
}
