using Baton.Triage.Tone.Phrases;

namespace Baton.Triage.Tone.Sentiment;

/// <summary>A sentiment: from −1 to 1, on the scale of 1–10, how sure, and the phrases that carried it.</summary>
internal sealed record SentimentResult(double Score, int Scale, double Certainty, IReadOnlyList<ToneSignal> Signals);

/// <summary>
/// Sums the valence of phrases into one number. Below <see cref="NegativeBelow"/> a text is negative, from
/// <see cref="PositiveFrom"/> positive: greetings and "please" (1 each) stay neutral, one complaint (−1) does not.
/// </summary>
internal static class SentimentScorer
{
    public const double NegativeBelow = -0.5;
    public const double PositiveFrom = 1.5;

    /// <summary>Greetings, "please" and "hopefully" together stay below what counts as positive.</summary>
    private const double MostCourtesy = 1.3;

    private const double Centre = (NegativeBelow + PositiveFrom) / 2;
    private const double Softness = 20;

    public static SentimentResult Score(PhraseText text, List<PhraseHit> hits)
    {
        var valences = ValenceScale.Weigh(text, hits, WordValences.Default);
        double praise = 0, courtesy = 0, blame = 0;
        foreach (var valence in valences)
        {
            if (valence.Weight <= 0) blame -= valence.Weight;
            else if (valence.Weight <= MostCourtesy) courtesy += valence.Weight;
            else praise += valence.Weight;
        }
        praise += Math.Min(courtesy, MostCourtesy);
        blame += Shouting(text, blame);
        var sum = praise - blame;
        var score = (sum - Centre) / Math.Sqrt((sum - Centre) * (sum - Centre) + Softness);
        var certainty = Certainty(praise, blame, sum);
        return new SentimentResult(Math.Round(score, 4), Scale(score), certainty, Signals(text, valences));
    }

    /// <summary>Negative, neutral or positive, as labelled sets have it.</summary>
    public static int Polarity(double score) =>
        score <= Shape(NegativeBelow) ? -1 : score >= Shape(PositiveFrom) ? 1 : 0;

    private static double Shape(double sum) =>
        Math.Round((sum - Centre) / Math.Sqrt((sum - Centre) * (sum - Centre) + Softness), 4);

    private static int Scale(double score) => (int)Math.Clamp(Math.Round(5.5 + 4.8 * score), 1, 10);

    /// <summary>Capitals and rows of exclamation marks strengthen a complaint; alone they are no complaint.</summary>
    private static double Shouting(PhraseText text, double blame)
    {
        if (blame < 0.9) return 0;
        var extra = text.Letters > 20 && text.Capitals > 0.6 * text.Letters ? 2.0 : 0;
        var marks = 0;
        foreach (var token in text.Tokens)
            if (token.Kind is PhraseTokenKind.Exclamation) marks++;
        return extra + Math.Min(1.5, 0.3 * marks);
    }

    /// <summary>
    /// No phrase at all is weak evidence of neutrality; praise and blame together is a mixed message.
    /// </summary>
    private static double Certainty(double praise, double blame, double sum)
    {
        var weight = praise + blame;
        if (weight == 0) return 0.5;
        var agreement = Math.Abs(praise - blame) / weight;
        var margin = Math.Min(Math.Abs(sum - NegativeBelow), Math.Abs(sum - PositiveFrom));
        return Math.Clamp(0.5 + 0.45 * Math.Tanh(margin / 2) * (0.5 + 0.5 * agreement), 0, 0.97);
    }

    private static List<ToneSignal> Signals(PhraseText text, List<Valence> valences) =>
        [.. valences.OrderByDescending(v => Math.Abs(v.Weight)).Take(8).Select(v => new ToneSignal(
            "sentiment", text.Words(v.From, v.To), v.Weight < 0 ? "negative" : "positive", Math.Round(v.Weight, 2)))];
}
