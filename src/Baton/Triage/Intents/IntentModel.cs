using System.Numerics.Tensors;
using System.Text;
using Baton.Triage.Intents.Features;
using Baton.Triage.Intents.Pooling;

namespace Baton.Triage.Intents;

/// <summary>
/// Recognises what a text is about, among the intents it was shown. Runs in process; safe for use by many threads.
/// </summary>
public sealed class IntentModel
{
    // One for all models of a thread: its buffers only grow, and hold nothing between two texts.
    [ThreadStatic]
    private static FeatureScratch? _buffers;

    private const uint Magic = 0x354E4942; // "BIN5"

    private readonly IntentModelOptions _options;
    private readonly string[] _labels;
    private readonly IntentScorer _scorer;
    private readonly IntentCalibration _calibration;
    private readonly IntentPool? _pool;
    private readonly int _outOfScope;

    private IntentModel(IntentModelOptions options, string[] labels, TrainedIntents trained)
    {
        (_options, _labels) = (options, labels);
        (_scorer, _calibration, _pool, ConfusedIntents) = trained;
        _outOfScope = Array.IndexOf(labels, IntentExample.OutOfScope);
        Intents = [.. labels.Where(l => l != IntentExample.OutOfScope)];
    }

    /// <summary>The intents that can be recognised, in ordinal order.</summary>
    public IReadOnlyList<string> Intents { get; }

    /// <summary>The sentence encoder whose vectors it was trained with; null when with none.</summary>
    public string? Encoder => _pool?.Encoder;

    /// <summary>Intents that models which had not seen an example took for each other, the most confused
    /// first.</summary>
    public IReadOnlyList<ConfusedIntents> ConfusedIntents { get; }

    /// <summary>
    /// Learns from labelled texts. Examples labelled <see cref="IntentExample.OutOfScope"/> become a class of their own
    /// that is never named as an intent but counts as out of scope.
    /// </summary>
    /// <param name="examples">Texts and what each is about.</param>
    /// <param name="options">The defaults when null.</param>
    /// <param name="vectors">A sentence encoder, for a pool of both opinions; null trains the n-gram model
    /// alone.</param>
    /// <exception cref="ArgumentException">No example of any intent, or more intents than the options
    /// allow.</exception>
    public static IntentModel Train(
        IReadOnlyList<IntentExample> examples, IntentModelOptions? options = null, ExampleVectors? vectors = null)
    {
        options ??= new IntentModelOptions();
        var own = examples.Where(e => !e.IsBorrowed).ToArray();
        var labels = own.Select(e => e.Label).Distinct().Order(StringComparer.Ordinal).ToArray();
        var intents = labels.Count(l => l != IntentExample.OutOfScope);
        if (intents == 0) throw new ArgumentException(
            "An intent model needs at least one example of an intent.", nameof(examples));
        if (intents > options.MaxIntents)
            throw new ArgumentException(
                $"{intents} intents are more than the limit of {options.MaxIntents}.", nameof(examples));
        var classes = labels.Index().ToDictionary(l => l.Item, l => l.Index, StringComparer.Ordinal);
        return new IntentModel(options, labels, IntentTrainer.Train(
            [.. own.Select(e => Cut(e.Text, options))], [.. own.Select(e => classes[e.Label])], labels, options,
            vectors,
            [
                .. examples.Where(e => e.IsBorrowed && classes.ContainsKey(e.Label))
                    .Select(e => (classes[e.Label], Cut(e.Text, options))),
            ]));
    }

    /// <summary>What a text is about.</summary>
    /// <param name="vector">The text's vector by <see cref="Encoder"/>; without it the n-gram model decides
    /// alone.</param>
    public IntentPrediction Predict(string text, float[]? vector = null) => Predict(text.AsSpan(), vector);

    /// <summary>What a piece of text is about.</summary>
    public IntentPrediction Predict(ReadOnlySpan<char> text, ReadOnlySpan<float> vector = default)
    {
        var scratch = Scratch;
        var scores = _scorer.Score(text[..Math.Min(text.Length, _options.MaxTextLength)], scratch);
        var outOfScope = ToProbabilities(scores, scratch, vector);
        if (_outOfScope >= 0) outOfScope = TakeOut(scores, outOfScope);
        var candidates = Rank(scores);
        return new IntentPrediction
        {
            Intent = candidates[0].Intent,
            Confidence = candidates[0].Probability,
            OutOfScope = outOfScope,
            Margin = candidates.Length > 1 ? candidates[0].Probability - candidates[1].Probability : 1,
            Candidates = candidates,
        };
    }

    /// <summary>
    /// The words of a text with what each did for an intent, in order of the text, by the n-gram model.
    /// </summary>
    /// <param name="intent">The one to explain; null or unknown takes the likeliest.</param>
    public IReadOnlyList<WordContribution> Explain(string text, string? intent = null) => IntentExplanation.Of(
        text[..Math.Min(text.Length, _options.MaxTextLength)], Array.IndexOf(_labels, intent), Scores);

    /// <summary>
    /// The intents of a message that has several: of its sentences and clauses, those that are recognised, in order of
    /// the message. Never empty: when no part stands out, the message as a whole is the one part.
    /// </summary>
    public IReadOnlyList<IntentPart> PredictMany(string text) => MessageParts.Recognise(text, this);

    /// <summary>Writes the model; the same model gives the same bytes.</summary>
    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(_options.MaxTextLength);
        writer.Write(_options.MaxCandidates);
        writer.Write(_labels.Length);
        foreach (var label in _labels) writer.Write(label);
        writer.Write(_calibration.Temperature);
        writer.Write(_calibration.Threshold);
        writer.Write(_calibration.Spread);
        _scorer.Save(writer);
        writer.Write(_pool is not null);
        _pool?.Save(writer);
        writer.Write(ConfusedIntents.Count);
        foreach (var pair in ConfusedIntents) pair.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not an intent model, or damaged.</exception>
    public static IntentModel Load(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadUInt32() != Magic) throw new InvalidDataException("Not an intent model.");
            var options = new IntentModelOptions { MaxTextLength = reader.ReadInt32(),
                MaxCandidates = reader.ReadInt32() };
            var labels = new string[Math.Clamp(reader.ReadInt32(), 0, 1 << 20)];
            for (var i = 0; i < labels.Length; i++) labels[i] = reader.ReadString();
            var calibration = new IntentCalibration(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
            var scorer = IntentScorer.Load(reader);
            var pool = reader.ReadBoolean() ? IntentPool.Load(reader) : null;
            var confused = new ConfusedIntents[Math.Clamp(reader.ReadInt32(), 0, 1 << 10)];
            for (var i = 0; i < confused.Length; i++) confused[i] = Baton.Triage.Intents.ConfusedIntents.Load(reader);
            return scorer.Classes == labels.Length && (pool?.Classes ?? labels.Length) == labels.Length
                ? new IntentModel(options, labels, new TrainedIntents(scorer, calibration, pool, confused))
                : throw new InvalidDataException("The intent model has names for other classes than it knows.");
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("The intent model is cut short.", error);
        }
    }

    private static FeatureScratch Scratch => _buffers ??= new FeatureScratch();

    /// <summary>
    /// Replaces the scores by probabilities, of the pool where there is a vector; returns how foreign the text is.
    /// </summary>
    private double ToProbabilities(Span<float> scores, FeatureScratch scratch, ReadOnlySpan<float> vector)
    {
        // Nothing that was ever seen: the scores are those of the empty text and say nothing.
        var unknown = scratch.Used == 0;
        if (_pool?.ToProbabilities(scores, scratch.Novelty, vector) is { } foreign) return unknown ? 1 : foreign;
        var outOfScope = unknown
            ? 1 : _calibration.OutOfScope(IntentCalibration.Foreignness(scores, scratch.Novelty));
        _calibration.ToProbabilities(scores);
        return outOfScope;
    }

    /// <summary>Scores in units of log-odds, one per class.</summary>
    private float[] Scores(string text)
    {
        var scores = _scorer.Score(text, Scratch).ToArray();
        TensorPrimitives.Divide(scores, (float)_calibration.Temperature, scores);
        if (_outOfScope >= 0) scores[_outOfScope] = float.NegativeInfinity;
        return scores;
    }

    /// <summary>
    /// Spreads the probability of the class of strangers over the others; returns how foreign the text is now.
    /// </summary>
    private double TakeOut(Span<float> probabilities, double outOfScope)
    {
        var strange = probabilities[_outOfScope];
        probabilities[_outOfScope] = 0;
        TensorPrimitives.Divide(probabilities, MathF.Max(1 - strange, 1e-9f), probabilities);
        return 1 - (1 - outOfScope) * (1 - strange);
    }

    private IntentCandidate[] Rank(Span<float> probabilities)
    {
        var candidates = new IntentCandidate[Math.Clamp(_options.MaxCandidates, 1, Intents.Count)];
        for (var i = 0; i < candidates.Length; i++)
        {
            var best = TensorPrimitives.IndexOfMax<float>(probabilities);
            if (best == _outOfScope) best = best == 0 ? 1 : 0;
            candidates[i] = new IntentCandidate(_labels[best], Math.Max(probabilities[best], 0));
            probabilities[best] = -1;
        }
        return candidates;
    }

    private static string Cut(string text, IntentModelOptions options) =>
        text.Length <= options.MaxTextLength ? text : text[..options.MaxTextLength];
}
