using System.Numerics.Tensors;
using Baton.Text.Learning;
using Baton.Triage.Intents.Features;
using Baton.Triage.Intents.Networks;

namespace Baton.Triage.Intents;

/// <summary>
/// Features, the linear part and the networks: everything that turns a text into one score per class. Calibration is
/// applied by <see cref="IntentModel"/>.
/// </summary>
internal sealed class IntentScorer(FeatureSpace space, LinearModel linear, SentenceNet? network)
{
    private readonly WordRows? _words = WordRows.Of(space, linear, network);

    /// <summary>
    /// How much the networks together count against the linear part, found by cross-validation: they help most where
    /// examples are few.
    /// </summary>
    private const float ShareOfFew = 1f, ShareOfMany = 0.3f;

    /// <summary>Passes of the networks with few examples, as a multiple of those with many.</summary>
    private const double PassesOfFew = 3;

    public int Classes => linear.Classes;

    /// <summary>Fits everything on labelled texts; <paramref name="few"/> when intents have few examples.</summary>
    public static IntentScorer Train(
        IReadOnlyList<string> texts, IReadOnlyList<int> labels, int classes, bool few, IntentModelOptions options)
    {
        var scratch = new FeatureScratch();
        var space = FeatureSpace.Fit(texts, labels, classes, few, scratch);
        var vectors = texts.Select(t => space.ToVectors(t, scratch)).ToArray();
        var (networks, linear) = (Array.Empty<SentenceNet>(), new LinearModel(0, 1));
        Parallel.Invoke(new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Parallelism) },
            () => networks = TrainNetworks([.. vectors.Select(v => v.Network)], labels, classes, space, few, options),
            () => linear = LinearTrainer.Train([.. vectors.Select(v => v.Linear)], labels, classes, space.Count,
                new LinearTrainerOptions
                {
                    C = options.C, MaxPasses = 6, Tolerance = 0.3, Seed = options.Seed,
                        Parallelism = options.Parallelism,
                }));
        var share = (few ? ShareOfFew : ShareOfMany) / Math.Max(1, networks.Length);
        return new IntentScorer(space, linear, networks.Length == 0 ? null : SentenceNet.Sum(networks, share));
    }

    private static SentenceNet[] TrainNetworks(SparseVector[] vectors, IReadOnlyList<int> labels, int classes,
        FeatureSpace space, bool few, IntentModelOptions options)
    {
        var networks = new SentenceNet[classes < 2 ? 0 : options.Networks];
        var keys = space.Keys();
        var epochs = few ? (int)(options.Epochs * PassesOfFew) : options.Epochs;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Parallelism) };
        Parallel.For(0, networks.Length, parallel, n => networks[n] = SentenceNetTrainer.Train(
            vectors, labels, classes, space.NetworkFeatures, options.HiddenUnits, epochs,
            unchecked(options.Seed * 1009 + n), network => LearntWords.Default?.Start(network, keys)));
        return networks;
    }

    /// <summary>
    /// Scores of a text, centred on zero, in the returned span of the scratch; <see cref="FeatureScratch.Novelty"/> is
    /// set as well.
    /// </summary>
    public Span<float> Score(ReadOnlySpan<char> text, FeatureScratch scratch)
    {
        IntentFeatures.Extract(text, scratch, _words is null ? null : space);
        space.Vectorize(scratch);
        scratch.ReserveOutputs(Classes, network?.Hidden ?? 0);
        var scores = scratch.Scores.AsSpan(0, Classes);
        linear.Biases.CopyTo(scores);
        linear.AddScores(scratch.Ids.AsSpan(0, scratch.Used), scratch.Values, scratch.Scores);
        _words?.AddLinear(scratch);
        network?.AddScores(scratch, _words);
        TensorPrimitives.Subtract(scores, TensorPrimitives.Sum<float>(scores) / Classes, scores);
        return scores;
    }

    public void Save(BinaryWriter writer)
    {
        space.Save(writer);
        writer.Flush();
        linear.Save(writer.BaseStream);
        writer.Write(network is not null);
        network?.Save(writer);
    }

    public static IntentScorer Load(BinaryReader reader)
    {
        var space = FeatureSpace.Load(reader);
        var linear = LinearModel.Load(reader.BaseStream);
        var network = reader.ReadBoolean() ? SentenceNet.Load(reader) : null;
        if (linear.Features != space.Count || (network is not null && (network.Classes != linear.Classes
            || network.Features != space.NetworkFeatures)))
            throw new InvalidDataException("The parts of the intent model do not fit together: the file is damaged.");
        return new IntentScorer(space, linear, network);
    }
}
