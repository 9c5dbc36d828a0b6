using System.Buffers;

namespace Baton.Knowledge.Answers;

/// <summary>
/// Which section of the found articles answers. The words of a title find the article, but every section shares them:
/// what counts here is words that few sections have, the kind of thing that is asked for, and coming first.
/// </summary>
internal static class SectionChoice
{
    // Chosen on 98 utterances of the sample playbook whose section was marked by hand; see
    // docs/local-tier/retrieval.md.
    private const double HeadingWeight = 1.0;
    private const double FoundWeight = 0.65;
    private const double KindWeight = 0.16;
    private const double FirstWeight = 0.45;
    private const double TitleShare = 0.05;
    private const double SharedFloor = 0.2;

    private static readonly SearchValues<string> DurationWords = SearchValues.Create(
        [" minute", " hour", " day", " week", " month", " year"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> MoneyWords = SearchValues.Create(
        ["$", "€", "£", " free", "percent", " cost"], StringComparison.OrdinalIgnoreCase);

    private static readonly (string Start, Kind Kind)[] Kinds =
    [
        ("how long", Kind.Duration), ("how many days", Kind.Duration), ("how fast", Kind.Duration),
        ("how quick", Kind.Duration), ("how soon", Kind.Duration), ("until when", Kind.Duration),
        ("how much", Kind.Money), ("cost", Kind.Money), ("price", Kind.Money), ("charge", Kind.Money),
        ("fee", Kind.Money),
        ("free", Kind.Money), ("how do", Kind.Steps), ("how can", Kind.Steps), ("how to", Kind.Steps),
        ("how would", Kind.Steps), ("where do i", Kind.Steps), ("what do i need", Kind.Steps),
    ];

    private enum Kind { None, Duration, Money, Steps }

    /// <summary>The passage whose section answers best.</summary>
    public static Passage Best(string question, IReadOnlyList<Passage> passages, AskedWords asked)
    {
        var kind = KindOf(question);
        var weights = Weights(passages, asked);
        var top = Math.Max(1e-6, passages.Max(p => p.Score));
        var (best, highest) = (passages[0], double.MinValue);
        for (var i = 0; i < passages.Count; i++)
        {
            var own = 0.0;
            foreach (var (term, weight) in weights)
            {
                if (passages[i].Stored.Heading.Contains(term)) own += weight * (1 + HeadingWeight);
                else if (passages[i].Stored.Body.Contains(term)) own += weight;
            }
            var score = own / asked.Total + FoundWeight * passages[i].Score / top
                + (Fits(kind, passages[i]) ? KindWeight : 0)
                + (IsFirst(passages, i) ? FirstWeight : 0);
            if (score > highest) (best, highest) = (passages[i], score);
        }
        return best;
    }

    /// <summary>Each asked word's weight: its rarity, and less the more sections share it.</summary>
    private static List<(int Term, double Weight)> Weights(IReadOnlyList<Passage> passages, AskedWords asked)
    {
        var weights = new List<(int, double)>(asked.Known.Count);
        foreach (var (term, rarity) in asked.Known)
        {
            var (having, titled) = (0, false);
            foreach (var passage in passages)
            {
                titled |= passage.Stored.Title.Contains(term);
                if (passage.Stored.Heading.Contains(term) || passage.Stored.Body.Contains(term)) having++;
            }
            if (having == 0) continue;
            var share = passages.Count < 2 ? 0 : (having - 1.0) / passages.Count;
            weights.Add((term, rarity * Math.Max(SharedFloor, 1 - share) * (titled ? TitleShare : 1)));
        }
        return weights;
    }

    private static Kind KindOf(string question)
    {
        foreach (var (start, kind) in Kinds)
            if (question.Contains(start, StringComparison.OrdinalIgnoreCase)) return kind;
        return Kind.None;
    }

    private static bool Fits(Kind kind, Passage passage) => kind switch
    {
        Kind.Duration => passage.Text.AsSpan().ContainsAny(DurationWords) && passage.Text.Any(char.IsAsciiDigit),
        Kind.Money => passage.Text.AsSpan().ContainsAny(MoneyWords),
        Kind.Steps => passage.Text.Contains("1. ") || passage.Heading.Contains("How", StringComparison.Ordinal),
        _ => false,
    };

    private static bool IsFirst(IReadOnlyList<Passage> passages, int i)
    {
        foreach (var other in passages)
            if (other.ArticleId == passages[i].ArticleId && other.Start < passages[i].Start) return false;
        return true;
    }
}
