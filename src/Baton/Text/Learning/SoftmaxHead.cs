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
        for (var c = 0; c < scores.Length; c++)
            scores[c] = _biases[c] + TensorPrimitives.Dot(Row(_weights, c, _size), vector);
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
        var slopes = new ClassSlope[classes];
        for (var c = 0; c < classes; c++) slopes[c] = new ClassSlope(size, Batch);
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var shuffle = new Random(7);
        var batch = new ExampleBatch(Batch, size, classes);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = parallelism };
        var steps = epochs * ((examples.Count + Batch - 1) / Batch);
        var step = 0;
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            shuffle.Shuffle(order);
            for (var start = 0; start < order.Length; start += Batch)
            {
                batch.Fill(examples, order.AsSpan(start, Math.Min(Batch, order.Length - start)));
                var rate = (float)(Rate * 0.5 * (1 + Math.Cos(Math.PI * step++ / steps)));
                Parallel.For(0, batch.Groups, parallel, group => batch.Miss(group, head._weights, head._biases));
                // Each class by itself and its examples in order, so that the sums do not depend on the number of
                // threads.
                Parallel.For(0, classes, parallel, c => slopes[c].Descend(
                    batch, c, Row(head._weights, c, size), ref head._biases[c], decay, rate, step));
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

    private static Span<float> Row(float[] weights, int c, int size) => weights.AsSpan(c * size, size);
}
