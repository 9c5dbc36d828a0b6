using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Baton.Privacy.Tagging;

/// <summary>One training text: its words, whether each is plain-looking, and the right label of each.</summary>
internal sealed record TaggerExample(TagWord[] Words, bool[] LowerCase, TagLabel[] Labels);

/// <summary>How the tagger is trained.</summary>
internal sealed record TaggerTrainerOptions
{
    /// <summary>Rows of the hashed weight table, a power of two.</summary>
    public int Rows { get; init; } = 1 << 17;

    /// <summary>Passes over the examples.</summary>
    public int Passes { get; init; } = 10;

    /// <summary>Step size of AdaGrad.</summary>
    public float Rate { get; init; } = 0.2f;

    /// <summary>Pull towards zero per visit of a weight.</summary>
    public float Decay { get; init; } = 2e-4f;

    /// <summary>Share of personal words hidden in a pass.</summary>
    public double ForgetPersonal { get; init; } = 0.6;

    /// <summary>Share of other words hidden in a pass.</summary>
    public double ForgetPlain { get; init; } = 0.15;

    /// <summary>Seed of the order of examples.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>
/// Maximum likelihood for the chain model by AdaGrad (Duchi, Hazan, Singer 2011). Deterministic for a seed.
/// </summary>
internal sealed class TaggerTrainer(TaggerTrainerOptions options)
{
    private const int Width = TagLabels.Width;

    private readonly float[] _weights = new float[options.Rows * Width];
    private readonly float[] _squares = new float[options.Rows * Width];
    private readonly float[] _transitions = new float[Width * Width];
    private readonly float[] _transitionSquares = new float[Width * Width];

    /// <summary>Trains a model.</summary>
    /// <param name="examples">Labelled texts.</param>
    /// <param name="plain">Words that need no look; counted from the examples when not given.</param>
    /// <param name="options">How to train.</param>
    public static TaggerModel Train(
        IReadOnlyList<TaggerExample> examples, PlainWords? plain, TaggerTrainerOptions options)
    {
        var trainer = new TaggerTrainer(options);
        var random = new Random(options.Seed);
        var order = Enumerable.Range(0, examples.Count).ToArray();
        for (var pass = 0; pass < options.Passes; pass++)
        {
            random.Shuffle(order);
            foreach (var i in order) trainer.Learn(trainer.Forgetful(examples[i], random));
        }
        plain ??= new PlainWords();
        foreach (var example in examples) plain.Add(example);
        return trainer.Finish(plain.Hashes());
    }

    /// <summary>
    /// The example with some of its words hidden, so that looks and context learn to carry names never seen before.
    /// </summary>
    private TaggerExample Forgetful(TaggerExample example, Random random)
    {
        var words = example.Words.ToArray();
        for (var w = 0; w < words.Length; w++)
        {
            var chance = example.Labels[w] == TagLabel.Nothing ? options.ForgetPlain : options.ForgetPersonal;
            if (random.NextDouble() < chance) words[w] = words[w] with { Word = 0, Suffixes = 0 };
        }
        return example with { Words = words };
    }

    private void Learn(TaggerExample example)
    {
        var length = Math.Min(example.Words.Length, 400);
        if (length == 0) return;
        var rows = new uint[length * TagFeatures.Most];
        var counts = new int[length];
        var scores = new float[length * Width];
        for (var w = 0; w < length; w++)
        {
            var mine = rows.AsSpan(w * TagFeatures.Most, TagFeatures.Most);
            counts[w] = TagFeatures.Write(example.Words, w, TaggerModel.ShiftFor(options.Rows), mine);
            var score = scores.AsSpan(w * Width, Width);
            for (var r = 0; r < counts[w]; r++)
                TensorPrimitives.Add(score, _weights.AsSpan((int)mine[r] * Width, Width), score);
            score[TagLabels.Count..].Fill(-80);
            TensorPrimitives.Subtract(score, TensorPrimitives.Max(score), score);
            TensorPrimitives.Exp(score, score);
        }
        var gradient = new float[length * Width];
        var pairs = new float[Width * Width];
        Expect(scores, length, gradient, pairs);
        Observe(example, length, gradient, pairs);
        for (var w = 0; w < length; w++)
        {
            var change = gradient.AsSpan(w * Width, Width);
            if (MathF.Abs(TensorPrimitives.MaxMagnitude<float>(change)) < 1e-4f) continue;
            foreach (var row in rows.AsSpan(w * TagFeatures.Most, counts[w])) Step(_weights, _squares,
                (int)row * Width, change, options.Decay);
        }
        for (var a = 0; a < TagLabels.Count; a++)
            Step(_transitions, _transitionSquares, a * Width, pairs.AsSpan(a * Width, Width), 0);
    }

    /// <summary>Minus the expected counts of labels and of label pairs, with "nothing" at both ends.</summary>
    private void Expect(float[] scores, int length, float[] gradient, float[] pairs)
    {
        var transitions = new float[Width * Width];
        TensorPrimitives.Exp(_transitions, transitions);
        var forward = new float[(length + 1) * Width];
        var backward = new float[(length + 1) * Width];
        forward[0] = 1;
        for (var w = 0; w < length; w++)
        {
            var next = forward.AsSpan((w + 1) * Width, Width);
            for (var a = 0; a < TagLabels.Count; a++)
                TensorPrimitives.MultiplyAdd(transitions.AsSpan(a * Width, Width), forward[w * Width + a], next, next);
            TensorPrimitives.Multiply(next, scores.AsSpan(w * Width, Width), next);
            TensorPrimitives.Divide(next, TensorPrimitives.Sum<float>(next), next);
        }
        for (var a = 0; a < TagLabels.Count; a++) backward[length * Width + a] = transitions[a * Width];
        var carried = new float[Width];
        var joint = new float[Width * Width];
        for (var w = length - 1; w >= 0; w--)
        {
            TensorPrimitives.Multiply(backward.AsSpan((w + 1) * Width, Width), scores.AsSpan(w * Width, Width),
                carried);
            for (var a = 0; a < TagLabels.Count; a++)
            {
                var row = joint.AsSpan(a * Width, Width);
                TensorPrimitives.Multiply(transitions.AsSpan(a * Width, Width), carried, row);
                backward[w * Width + a] = TensorPrimitives.Sum<float>(row[..TagLabels.Count]);
                TensorPrimitives.Multiply(row, forward[w * Width + a], row);
            }
            var here = backward.AsSpan(w * Width, TagLabels.Count);
            TensorPrimitives.Divide(here, TensorPrimitives.Sum<float>(here), here);
            var total = 0f;
            for (var a = 0; a < TagLabels.Count; a++) total += TensorPrimitives.Sum<float>(joint.AsSpan(a * Width,
                TagLabels.Count));
            for (var a = 0; a < TagLabels.Count; a++)
                for (var b = 0; b < TagLabels.Count; b++)
                {
                    var share = joint[a * Width + b] / total;
                    gradient[w * Width + b] -= share;
                    pairs[a * Width + b] -= share;
                }
        }
    }

    private static void Observe(TaggerExample example, int length, float[] gradient, float[] pairs)
    {
        var before = 0;
        for (var w = 0; w < length; w++)
        {
            var label = (int)example.Labels[w];
            gradient[w * Width + label] += 1;
            pairs[before * Width + label] += 1;
            before = label;
        }
    }

    private void Step(float[] weights, float[] squares, int start, ReadOnlySpan<float> change, float decay)
    {
        for (var i = 0; i < Width; i += Vector256<float>.Count)
        {
            var place = (nuint)(start + i);
            var weight = Vector256.LoadUnsafe(ref weights[0], place);
            var gradient = Vector256.Create(change[i..]) - decay * weight;
            var square = Vector256.LoadUnsafe(ref squares[0], place) + gradient * gradient;
            square.StoreUnsafe(ref squares[0], place);
            weight += options.Rate * gradient / Vector256.Sqrt(square + Vector256.Create(1e-2f));
            weight.StoreUnsafe(ref weights[0], place);
        }
    }

    private TaggerModel Finish(IEnumerable<uint> plain)
    {
        var scale = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(_weights)) / 127;
        var packed = new sbyte[_weights.Length];
        for (var i = 0; i < packed.Length; i++) packed[i] = (sbyte)MathF.Round(_weights[i] / scale);
        return new TaggerModel(options.Rows, packed, scale, _transitions, plain);
    }
}
