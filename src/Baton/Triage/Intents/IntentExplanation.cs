using Baton.Text;

namespace Baton.Triage.Intents;

/// <summary>
/// Explains a prediction by taking away one word at a time and scoring again: true to any model, networks included,
/// where weights alone would not be.
/// </summary>
internal static class IntentExplanation
{
    /// <summary>Words explained at most; every one costs a prediction.</summary>
    private const int MaxWords = 100;

    /// <param name="chosen">The class to explain; negative takes the likeliest.</param>
    public static IReadOnlyList<WordContribution> Of(string text, int chosen, Func<string, float[]> scores)
    {
        var whole = scores(text);
        if (chosen < 0) chosen = Array.IndexOf(whole, whole.Max());
        var lead = Lead(whole, chosen);
        var words = new List<WordContribution>();
        foreach (var token in Tokenizer.Split(text))
        {
            if (token.Kind == TokenKind.Mark || words.Count == MaxWords) continue;
            var without = string.Concat(text.AsSpan(0, token.Start), " ", text.AsSpan(token.End));
            var contribution = lead - Lead(scores(without), chosen);
            words.Add(new WordContribution(token.In(text).ToString(), token.Start, token.Length, contribution));
        }
        return words;
    }

    private static double Lead(float[] scores, int chosen)
    {
        var rival = float.NegativeInfinity;
        for (var c = 0; c < scores.Length; c++)
            if (c != chosen) rival = Math.Max(rival, scores[c]);
        return float.IsNegativeInfinity(rival) ? scores[chosen] : scores[chosen] - rival;
    }
}
