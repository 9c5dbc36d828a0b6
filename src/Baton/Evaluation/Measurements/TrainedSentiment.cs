using Baton.Text;
using Baton.Text.Learning;
using Baton.Triage.Tone;
using Baton.Triage.Tone.Phrases;
using Baton.Triage.Tone.Sentiment;

namespace Baton.Evaluation.Measurements;

/// <summary>
/// Sentiment trained on somebody's own labelled texts: words, pairs, negated words and letter sequences of the text,
/// with what the shipped word lists say, in one linear model.
/// </summary>
internal sealed class TrainedSentiment
{
    private const int Bits = 19;
    private const int Listed = 1 << Bits;
    private const int Features = Listed + 4;
    private const int MaxCharacters = 20_000;

    private readonly LinearModel _model;
    private readonly float[] _rarity;

    private TrainedSentiment(LinearModel model, float[] rarity)
    {
        _model = model;
        _rarity = rarity;
    }

    public static TrainedSentiment Train(IReadOnlyList<SentimentExample> texts, int seed)
    {
        var counted = texts.Select(t => Count(t.Text)).ToArray();
        var rarity = new float[Features];
        foreach (var vector in counted)
            foreach (var index in vector.Indices) rarity[index]++;
        for (var i = 0; i < rarity.Length; i++)
            rarity[i] = i >= Listed ? 2 : MathF.Log((texts.Count + 1) / (rarity[i] + 1)) + 0.5f;

        var options = new LinearTrainerOptions
        {
            Seed = seed,
            C = 0.5,
            Balanced = true,
            BalancePower = 0.7,
            MaxPasses = 30,
        };
        var vectors = counted.Select(vector => Weigh(vector, rarity)).ToArray();
        var model = LinearTrainer.Train(vectors, [.. texts.Select(t => t.Polarity + 1)], classes: 3, Features, options);
        return new TrainedSentiment(model, rarity);
    }

    public int Predict(string text)
    {
        Span<float> scores = stackalloc float[3];
        _model.Score(Weigh(Count(text), _rarity), scores);
        return scores[0] >= scores[1] && scores[0] >= scores[2] ? -1 : scores[2] > scores[1] ? 1 : 0;
    }

    private static SparseVector Count(string text)
    {
        var read = PhraseText.Read(OwnWords.Of(text), MaxCharacters);
        var hashes = new List<uint>();
        SentimentFeatures.Collect(read, hashes);
        AddLetters(read, hashes);
        var score = ToneModel.Default.Score(text).SentimentScore;
        var entries = hashes.Distinct().Select(h => ((int)(h >> (32 - Bits)), 1f)).DistinctBy(e => e.Item1)
            .Append((Listed + (score < 0 ? 0 : 1), (float)Math.Abs(score)))
            .Append((Listed + 2 + (Math.Abs(score) < 0.25 ? 0 : 1), 0.5f));
        return SparseVector.From(entries);
    }

    /// <summary>Sequences of three and four letters inside words: spelling varies, stems do not.</summary>
    private static void AddLetters(PhraseText text, List<uint> hashes)
    {
        for (var i = 0; i < text.Count; i++)
        {
            if (text[i].Kind != PhraseTokenKind.Word) continue;
            var word = text.Word(i);
            for (var length = 3; length <= 5; length++)
                for (var at = 0; at + length <= word.Length; at++)
                    hashes.Add(PhraseHash.Join(PhraseHash.Of(word.Slice(at, length)), (uint)length));
        }
    }

    private static SparseVector Weigh(SparseVector counted, float[] rarity)
    {
        var values = new float[counted.Count];
        for (var i = 0; i < values.Length; i++) values[i] = counted.Values[i] * rarity[counted.Indices[i]];
        return new SparseVector(counted.Indices, values).Normalized();
    }
}
