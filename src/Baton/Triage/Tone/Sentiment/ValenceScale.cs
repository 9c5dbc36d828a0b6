using Baton.Triage.Tone.Phrases;

namespace Baton.Triage.Tone.Sentiment;

/// <summary>One phrase that speaks for or against: its place and its weight after negation and emphasis.</summary>
internal readonly record struct Valence(int From, int To, double Weight);

/// <summary>
/// Adds up what the word list says about a text: the longest phrase at each place counts once, negation turns it,
/// amplifiers and capitals strengthen it.
/// </summary>
internal static class ValenceScale
{
    private const int NegationLooksBack = 3;

    /// <summary>"Is there a problem with X?" asks; it complains only in part.</summary>
    private const double Mild = -1;
    private const double AskedShare = 0.4;

    /// <summary>
    /// The phrases that count, in order; words that no phrase covers count what was learned about them.
    /// </summary>
    public static List<Valence> Weigh(PhraseText text, List<PhraseHit> hits, WordValences learned)
    {
        var valences = new List<Valence>();
        var asked = Asked(text);
        var until = 0;
        for (var h = 0; h < hits.Count;)
        {
            var from = hits[h].From;
            var best = default(PhraseHit);
            for (; h < hits.Count && hits[h].From == from; h++)
            {
                if (hits[h].Topic.Name == "valence" && hits[h].To >= best.To) best = hits[h];
            }
            if (best.Topic is null || from < until) continue;
            AddLearned(text, until, from, learned, valences);
            until = best.To;
            var weight = best.Topic.Level * Emphasis(text, hits, best);
            if (best.Topic.Level == Mild && asked[best.From]) weight *= AskedShare;
            if (weight != 0) valences.Add(new Valence(best.From, best.To, Turn(text, best, weight)));
        }
        AddLearned(text, until, text.Count, learned, valences);
        return valences;
    }

    /// <summary>For every token, whether its sentence ends in a question mark.</summary>
    private static bool[] Asked(PhraseText text)
    {
        var asked = new bool[text.Count];
        for (var i = text.Count - 1; i >= 0; i--)
            asked[i] = text[i].EndsClause
                ? text[i].Kind == PhraseTokenKind.Question
                : i + 1 < asked.Length && asked[i + 1];
        return asked;
    }

    private static void AddLearned(PhraseText text, int from, int to, WordValences learned, List<Valence> valences)
    {
        if (learned.Count == 0) return;
        for (var i = from; i < to; i++)
        {
            var weight = text[i].Kind == PhraseTokenKind.Word ? learned.Of(text[i].Hash) : 0;
            if (weight == 0) continue;
            valences.Add(new Valence(i, i + 1, Turn(text, new PhraseHit(null!, i, i + 1), weight)));
        }
    }

    private static double Emphasis(PhraseText text, List<PhraseHit> hits, PhraseHit hit)
    {
        var emphasis = 1.0;
        foreach (var other in hits)
        {
            if (other.From >= hit.From) break;
            if (other.Topic.Name is "amplify" or "dampen" && other.To == hit.From) emphasis = other.Topic.Level;
        }
        var shouted = text.Capitals * 2 < text.Letters;
        for (var i = hit.From; i < hit.To; i++)
        {
            if (text[i].Marks.HasFlag(PhraseTokenMarks.Stretched)) return emphasis * 1.25;
            if (!shouted || text[i].Length <= 2) continue;
            if (text[i].Marks.HasFlag(PhraseTokenMarks.AllCaps)) return emphasis * 1.25;
        }
        return emphasis;
    }

    /// <summary>"Not good" is bad; "not bad" and "no problem" are no complaint, but no praise either.</summary>
    private static double Turn(PhraseText text, PhraseHit hit, double weight)
    {
        if (SentimentFeatures.IsNegator(text.Word(hit.From)) && hit.To - hit.From > 1) return weight;
        for (int i = hit.From - 1, seen = 0; i >= 0 && seen < NegationLooksBack; i--, seen++)
        {
            if (text[i].EndsClause || text[i].Kind == PhraseTokenKind.Comma) break;
            if (SentimentFeatures.IsNegator(text.Word(i))) return weight > 0 ? -0.7 * weight : -0.25 * weight;
        }
        return weight;
    }
}
