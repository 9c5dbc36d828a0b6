using Baton.Text;
using Baton.Text.Learning;
using Baton.Text.Words;

namespace Baton.Gateway.Routing;

/// <summary>
/// Tells questions on which a chat model invented something from others, by their words: a linear model, trained by
/// <c>baton train difficulty</c> on HaluEval (Li et al. 2023), whose labels people gave to answers of ChatGPT.
/// </summary>
internal sealed class DifficultyModel(LinearModel weights, DifficultyScale scale)
{
    private const string Resource = "Baton.Gateway.Routing.difficulty.bin";
    private const int Bits = 13;
    private const uint WordFamily = 11, PairFamily = 12;

    /// <summary>Longer questions are judged by their beginning.</summary>
    private const int MostCharacters = 4_000;

    private static readonly Lazy<DifficultyModel> Shipped = new(() =>
    {
        using var stream = typeof(DifficultyModel).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new BinaryReader(stream);
        var scale = new DifficultyScale(reader.ReadDouble(), reader.ReadDouble());
        return new DifficultyModel(LinearModel.Load(stream), scale);
    });

    /// <summary>The model that ships with Baton.</summary>
    public static DifficultyModel Default => Shipped.Value;

    /// <summary>
    /// From 0 to 1: 0.5 for the middle of the questions it was scaled on, 0.8 for the hardest tenth of them.
    /// </summary>
    public double Of(string question) => scale.Of(Score(question));

    /// <summary>Log-odds that an answer would hold an invention, among the questions of the training data.</summary>
    public double Score(string question)
    {
        Span<float> score = stackalloc float[1];
        weights.Score(Features(question), score);
        return score[0];
    }

    /// <param name="hard">Which of the questions were answered with an invention.</param>
    /// <param name="usual">Questions of the kind that will be asked, without labels: what is hard among them.</param>
    public static DifficultyModel Train(
        IReadOnlyList<string> questions, IReadOnlyList<bool> hard, IReadOnlyList<string> usual, int seed)
    {
        SparseVector[] vectors = [.. questions.Select(Features)];
        var labels = hard.Select(h => (IReadOnlyList<int>)(h ? [0] : [])).ToList();
        var model = LinearTrainer.TrainMultiLabel(vectors, labels, 1, 1 << Bits,
            new LinearTrainerOptions { Loss = LinearLoss.Logistic, C = 0.5, Seed = seed });
        var unscaled = new DifficultyModel(model, default);
        return new DifficultyModel(model, DifficultyScale.Of([.. usual.Select(unscaled.Score)]));
    }

    public void Save(Stream stream)
    {
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true)) 
        {
            writer.Write(scale.Middle);
            writer.Write(scale.Hardest);
        }
        weights.Save(stream);
    }

    private static SparseVector Features(string question)
    {
        var text = CutText.Of(question, MostCharacters);
        var keys = new HashSet<int>();
        var previous = 0UL;
        foreach (var token in Tokenizer.Split(text))
        {
            if (token.Kind == TokenKind.Mark) continue;
            // Which number it is says nothing; that there is one does.
            var word = token.Kind == TokenKind.Number ? "0"
                : EnglishStemmer.Stem(Letters.Normalize(token.In(text).ToString()));
            var key = FeatureKey.Of(WordFamily, word);
            keys.Add(FeatureKey.Bucket(key, Bits));
            if (previous != 0) keys.Add(FeatureKey.Bucket(FeatureKey.Pair(PairFamily, previous, key), Bits));
            previous = key;
        }
        return SparseVector.From(keys.Select(k => (k, 1f))).Normalized();
    }
}

/// <summary>Where scores lie among usual questions.</summary>
/// <param name="Middle">Median.</param>
/// <param name="Hardest">From here on the hardest tenth.</param>
internal readonly record struct DifficultyScale(double Middle, double Hardest)
{
    /// <summary>Log-odds of 0.8.</summary>
    private const double HardestLogit = 1.3862943611198906;

    public static DifficultyScale Of(double[] scores)
    {
        Array.Sort(scores);
        return scores.Length == 0 ? new DifficultyScale(0, 1)
            : new DifficultyScale(scores[scores.Length / 2], scores[scores.Length * 9 / 10]);
    }

    public double Of(double score) =>
        1 / (1 + Math.Exp(-HardestLogit * (score - Middle) / Math.Max(1e-6, Hardest - Middle)));
}
