using Baton.Triage.Tone;
using Baton.Triage.Tone.Sentiment;

namespace Baton.Evaluation.Measurements;

/// <summary>A text with its sentiment: −1 negative, 0 neutral, 1 positive.</summary>
public sealed record SentimentExample(string Text, int Polarity);

/// <summary>A text with a rating, such as satisfaction or urgency; only the order of ratings matters.</summary>
public sealed record RatedExample(string Text, double Rating);

/// <summary>How well tone is read, against labels of other people.</summary>
public static class ToneMeasurement
{
    private static readonly (int Polarity, string Name)[] Classes = [(-1, "negative"), (0, "neutral"), (1, "positive")];

    /// <summary>
    /// Macro-F1 and accuracy of sentiment. With training texts a linear model of the same features is trained on them
    /// first; without, the shipped model is measured as it is.
    /// </summary>
    public static Figures Sentiment(
        IReadOnlyList<SentimentExample> test, IReadOnlyList<SentimentExample>? train, int seed)
    {
        var trained = train is { Count: > 0 } ? TrainedSentiment.Train(train, seed) : null;
        var found = test.Select(t => trained?.Predict(t.Text)
            ?? SentimentScorer.Polarity(ToneModel.Default.Score(t.Text).SentimentScore)).ToArray();
        var pairs = test.Select((t, i) => (Truth: t.Polarity, Found: found[i])).ToArray();
        var figures = new Figures()
            .Add("macro_f1", MacroF1(pairs), Interval.Bootstrap(pairs.Length,
                drawn => MacroF1(Draw(pairs, drawn)), seed))
            .Add("accuracy", Accuracy(pairs), Interval.Wilson(pairs.Count(p => p.Truth == p.Found), pairs.Length))
            .Add("texts", pairs.Length);
        foreach (var (polarity, name) in Classes.Where(c => pairs.Any(p => p.Truth == c.Polarity)))
            figures.Group(name).Add("f1", F1(pairs, polarity)).Add("texts", pairs.Count(p => p.Truth == polarity));
        return figures;
    }

    /// <summary>
    /// Spearman's rank correlation of the sentiment score, or of urgency, with the ratings. With
    /// <paramref name="dissatisfiedBelow"/> also how well low ratings are told from the rest: area under the ROC curve,
    /// and precision, recall and F1 of "sentiment 4 or lower".
    /// </summary>
    public static Figures Ratings(
        IReadOnlyList<RatedExample> test, bool urgency, int seed, double? dissatisfiedBelow = null)
    {
        var readings = test.Select(t => ToneModel.Default.Score(t.Text)).ToArray();
        var scores = readings.Select(r => urgency ? r.Urgency : r.SentimentScore).ToArray();
        var ratings = test.Select(t => t.Rating).ToArray();
        var (left, right) = (Ranks(scores), Ranks(ratings));
        var figures = new Figures()
            .Add("rank_correlation", Correlation(left, right), Interval.Bootstrap(left.Length,
                drawn => Correlation([.. drawn.Select(i => left[i])], [.. drawn.Select(i => right[i])]), seed))
            .Add("texts", left.Length);
        if (dissatisfiedBelow is not { } limit) return figures;

        var low = ratings.Select(r => r < limit).ToArray();
        var pairs = readings.Select((r, i) => (Truth: low[i] ? 1 : 0, Found: r.Sentiment <= 4 ? 1 : 0)).ToArray();
        var hits = pairs.Count(p => p is (1, 1));
        return figures
            .Add("dissatisfied_auroc", Auroc(left, low), Interval.Bootstrap(left.Length,
                drawn => Auroc([.. drawn.Select(i => left[i])], [.. drawn.Select(i => low[i])]), seed, resamples: 200))
            .Add("dissatisfied_precision", (double)hits / pairs.Count(p => p.Found == 1))
            .Add("dissatisfied_recall", (double)hits / pairs.Count(p => p.Truth == 1))
            .Add("dissatisfied_f1", F1(pairs, 1))
            .Add("dissatisfied_share", low.Average(l => l ? 1.0 : 0));
    }

    private static (int Truth, int Found)[] Draw((int Truth, int Found)[] pairs, int[] drawn)
    {
        var sample = new (int, int)[drawn.Length];
        for (var i = 0; i < drawn.Length; i++) sample[i] = pairs[drawn[i]];
        return sample;
    }

    private static double Accuracy((int Truth, int Found)[] pairs) =>
        (double)pairs.Count(p => p.Truth == p.Found) / pairs.Length;

    /// <summary>The mean over the classes that occur among the labels.</summary>
    private static double MacroF1((int Truth, int Found)[] pairs) => Classes
        .Where(c => Array.Exists(pairs, p => p.Truth == c.Polarity)).Select(c => F1(pairs, c.Polarity))
        .DefaultIfEmpty(double.NaN).Average();

    private static double F1((int Truth, int Found)[] pairs, int @class)
    {
        var (hits, wrong) = (0, 0);
        foreach (var (truth, found) in pairs)
        {
            if (truth == @class && found == @class) hits++;
            else if (truth == @class || found == @class) wrong++;
        }
        return hits == 0 ? 0 : 2.0 * hits / (2.0 * hits + wrong);
    }

    /// <summary>Ranks from 1; equal values share the mean of their ranks.</summary>
    private static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Length];
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (to = from; to < order.Length && values[order[to]] == values[order[from]]; to++) { }
            for (var i = from; i < to; i++) ranks[order[i]] = (from + to + 1) / 2.0;
        }
        return ranks;
    }

    private static double Correlation(double[] left, double[] right)
    {
        var (meanLeft, meanRight) = (left.Average(), right.Average());
        double covariance = 0, varianceLeft = 0, varianceRight = 0;
        for (var i = 0; i < left.Length; i++)
        {
            covariance += (left[i] - meanLeft) * (right[i] - meanRight);
            varianceLeft += (left[i] - meanLeft) * (left[i] - meanLeft);
            varianceRight += (right[i] - meanRight) * (right[i] - meanRight);
        }
        return covariance / Math.Sqrt(varianceLeft * varianceRight);
    }

    /// <summary>
    /// The probability that a low-rated text scores below another one; ties count half (Mann–Whitney).
    /// </summary>
    private static double Auroc(double[] scores, bool[] low)
    {
        var ranks = Ranks(scores);
        var lows = low.Count(l => l);
        var others = low.Length - lows;
        if (lows == 0 || others == 0) return double.NaN;
        var sum = ranks.Where((_, i) => !low[i]).Sum();
        return (sum - others * (others + 1) / 2.0) / ((double)lows * others);
    }
}
