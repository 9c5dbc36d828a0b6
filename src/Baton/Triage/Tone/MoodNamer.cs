using Baton.Triage.Tone.Phrases;
using Baton.Triage.Tone.Sentiment;

namespace Baton.Triage.Tone;

/// <summary>
/// Finds the word of <see cref="ToneWords"/> that fits: what was said outright, kept in line with the sentiment.
/// </summary>
internal static class MoodNamer
{
    public static (string Word, IReadOnlyList<ToneSignal> Signals) Name(
        PhraseText text, List<PhraseHit> hits, SentimentResult sentiment)
    {
        var scores = new Dictionary<string, double>();
        var signals = new List<ToneSignal>();
        foreach (var hit in hits)
        {
            if (!IsMood(hit.Topic.Name) || IsNegated(text, hit)) continue;
            scores[hit.Topic.Name] = scores.GetValueOrDefault(hit.Topic.Name) + hit.Topic.Level;
            if (signals.Count < 6) signals.Add(new ToneSignal("tone", text.Words(hit.From, hit.To), hit.Topic.Name, 1));
        }
        var word = Choose(scores, sentiment);
        return (word, [.. signals.Where(s => s.Meaning == word)]);
    }

    private static string Choose(Dictionary<string, double> scores, SentimentResult sentiment)
    {
        var polarity = SentimentScorer.Polarity(sentiment.Score);
        var best = ToneWords.Neutral;
        var most = 0.0;
        foreach (var word in ToneWords.All)
        {
            if (!scores.TryGetValue(word, out var score) || !Fits(word, polarity) || score <= most) continue;
            (best, most) = (word, score);
        }
        if (best is ToneWords.Angry && sentiment.Scale == 1) return ToneWords.Furious;
        if (most > 0 && best is not ToneWords.Polite) return best;
        if (sentiment.Scale <= 2) return ToneWords.Angry;
        if (sentiment.Scale == 3) return ToneWords.Frustrated;
        if (sentiment.Scale >= 8) return ToneWords.Happy;
        return best;
    }

    /// <summary>
    /// An angry word in a satisfied message was about something else, and thanks do not make a complaint grateful.
    /// </summary>
    private static bool Fits(string word, int polarity) => word switch
    {
        ToneWords.Furious or ToneWords.Angry => polarity < 0,
        ToneWords.Frustrated or ToneWords.Disappointed => polarity <= 0,
        ToneWords.Grateful or ToneWords.Happy => polarity > 0,
        ToneWords.Polite => polarity >= 0,
        _ => true,
    };

    private static bool IsMood(string topic) => topic is ToneWords.Furious or ToneWords.Angry or ToneWords.Frustrated
        or ToneWords.Disappointed or ToneWords.Worried or ToneWords.Confused or ToneWords.Grateful or ToneWords.Happy
        or ToneWords.Polite;

    private static bool IsNegated(PhraseText text, PhraseHit hit)
    {
        for (int i = hit.From - 1, seen = 0; i >= 0 && seen < 3; i--, seen++)
        {
            if (text[i].EndsClause || text[i].Kind == PhraseTokenKind.Comma) return false;
            if (SentimentFeatures.IsNegator(text.Word(i))) return true;
        }
        return false;
    }
}
