using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Baton.Text.Learning;

namespace Baton.Triage.Intents.Pooling;

/// <summary>What a text's vector says about it.</summary>
/// <param name="Scores">Log-odds of every class, up to a number that is the same for all.</param>
/// <param name="Nearest">Per class the cosine of its nearest example; for classes that neither words nor the head put
/// forward, that of the farthest of those that were.</param>
/// <param name="Closeness">Mean cosine of the three nearest examples.</param>
internal sealed record VectorReading(float[] Scores, float[] Nearest, double Closeness)
{
    /// <summary>Low when no class claims the text (the energy of Liu et al. 2020, with its sign turned).</summary>
    public double Energy
    {
        get
        {
            var most = TensorPrimitives.Max<float>(Scores);
            var sum = 0.0;
            foreach (var score in Scores) sum += Math.Exp(score - most);
            return most + Math.Log(sum);
        }
    }
}

/// <summary>A softmax over the vectors of examples, and the examples themselves as neighbours.</summary>
internal sealed class VectorScorer
{
    // Chosen by cross-validation on training parts of public sets; the plateau is wide.
    private const int Epochs = 12, EpochsOfFew = 40;
    private const float Decay = 1e-5f;

    /// <summary>
    /// Neighbours are looked for among so many classes by words and so many by the head: all examples would be more
    /// memory to read than all the rest.
    /// </summary>
    private const int Candidates = 6;

    private readonly SoftmaxHead _head;
    private readonly int[] _starts;
    private readonly float[] _examples;
    private readonly int _size;

    /// <param name="starts">Where the examples of each class begin, and where those of the last end.</param>
    private VectorScorer(SoftmaxHead head, int[] starts, float[] examples)
    {
        (_head, _starts, _examples) = (head, starts, examples);
        _size = starts[^1] == 0 ? 0 : examples.Length / starts[^1];
    }

    public int Classes => _head.Classes;

    /// <param name="examples">Vectors of length 1 with class and weight, at least one.</param>
    /// <param name="few">Whether intents have few examples: then the head needs more passes.</param>
    public static VectorScorer Train(
        IReadOnlyList<(float[] Vector, int Class, float Weight)> examples, int classes, bool few, int parallelism)
    {
        var head = SoftmaxHead.Train(examples, classes, few ? EpochsOfFew : Epochs, Decay, parallelism);
        var size = examples[0].Vector.Length;
        var (starts, vectors) = (new int[classes + 1], new float[examples.Count * size]);
        foreach (var (i, example) in examples.OrderBy(e => e.Class).Index())
        {
            starts[example.Class + 1] = i + 1;
            example.Vector.CopyTo(vectors, i * size);
        }
        for (var c = 1; c <= classes; c++) starts[c] = Math.Max(starts[c], starts[c - 1]);
        return new VectorScorer(head, starts, vectors);
    }

    /// <summary>What a vector says; null when it is of another size than the examples'.</summary>
    /// <param name="words">What the n-gram model scores for each class.</param>
    public VectorReading? Read(ReadOnlySpan<float> vector, ReadOnlySpan<float> words)
    {
        if (vector.Length != _size) return null;
        var (scores, nearest) = (new float[Classes], new float[Classes]);
        _head.Score(vector, scores);
        nearest.AsSpan().Fill(float.NaN);
        var closest = new Closest();
        Look(words, vector, nearest, ref closest);
        Look(scores, vector, nearest, ref closest);
        var farthest = nearest.Where(n => !float.IsNaN(n)).Min();
        for (var c = 0; c < nearest.Length; c++)
            if (float.IsNaN(nearest[c])) nearest[c] = farthest;
        return new VectorReading(scores, nearest, closest.Mean);
    }

    /// <summary>Looks for neighbours among the classes that score highest.</summary>
    private void Look(ReadOnlySpan<float> scores, ReadOnlySpan<float> vector, float[] nearest, ref Closest closest)
    {
        var left = scores.ToArray();
        for (var turn = 0; turn < Math.Min(Candidates, Classes); turn++)
        {
            var c = TensorPrimitives.IndexOfMax<float>(left);
            left[c] = float.NegativeInfinity;
            if (!float.IsNaN(nearest[c])) continue;
            nearest[c] = -1;
            for (var i = _starts[c]; i < _starts[c + 1]; i++)
            {
                var near = TensorPrimitives.Dot(_examples.AsSpan(i * _size, _size), vector);
                if (near > nearest[c]) nearest[c] = near;
                closest.Add(near);
            }
        }
    }

    public void Save(BinaryWriter writer)
    {
        _head.Save(writer);
        writer.Write(_size);
        writer.Write(MemoryMarshal.AsBytes(_starts.AsSpan()));
        // Half as long with half the digits: a cosine moves by less than 0.001.
        var halves = new Half[_examples.Length];
        TensorPrimitives.ConvertToHalf(_examples, halves);
        writer.Write(MemoryMarshal.AsBytes(halves.AsSpan()));
    }

    /// <exception cref="InvalidDataException">Damaged.</exception>
    public static VectorScorer Load(BinaryReader reader)
    {
        var head = SoftmaxHead.Load(reader);
        var (size, starts) = (reader.ReadInt32(), new int[head.Classes + 1]);
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(starts.AsSpan()));
        WeightFile.Check(starts[^1], size);
        if (starts[0] != 0 || starts.Zip(starts.Skip(1)).Any(s => s.First > s.Second))
            throw new InvalidDataException("The examples of the intent model are in no order: the file is damaged.");
        var halves = new Half[starts[^1] * size];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(halves.AsSpan()));
        var examples = new float[halves.Length];
        TensorPrimitives.ConvertToSingle(halves, examples);
        return new VectorScorer(head, starts, examples);
    }

    /// <summary>The three nearest examples.</summary>
    private struct Closest()
    {
        private float _first = -1, _second = -1, _third = -1;

        public readonly double Mean => (_first + _second + _third) / 3;

        public void Add(float near)
        {
            if (near <= _third) return;
            if (near > _first) (_first, _second, _third) = (near, _first, _second);
            else if (near > _second) (_second, _third) = (near, _second);
            else _third = near;
        }
    }
}
