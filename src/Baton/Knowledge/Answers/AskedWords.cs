using Baton.Knowledge.Indexing;

namespace Baton.Knowledge.Answers;

/// <summary>The terms of a question with their rarity: those the index has by number, all of them by weight.</summary>
internal sealed class AskedWords
{
    private const int LongestQuestion = 20_000;

    private readonly Dictionary<string, float> _byWord = [];

    public AskedWords(string question, TermIndex index)
    {
        var known = new List<(int, float)>();
        foreach (var word in TermLexicon.Terms(question.AsSpan(0, Math.Min(question.Length, LongestQuestion))))
        {
            var term = index.Lexicon.Find(word);
            var rarity = index.Rarity(term < 0 ? 0 : index.DocumentFrequency(term));
            if (!_byWord.TryAdd(word, rarity)) continue;
            if (term >= 0) known.Add((term, rarity));
            Total += rarity;
            Rarest = Math.Max(Rarest, rarity);
        }
        Known = known;
    }

    /// <summary>Terms of the index and their rarity.</summary>
    public IReadOnlyList<(int Term, float Rarity)> Known { get; }

    /// <summary>Rarity of all terms, known or not.</summary>
    public double Total { get; }

    /// <summary>The highest rarity among them.</summary>
    public double Rarest { get; }

    /// <summary>How much of what was asked some terms of the index have.</summary>
    public double Weight(ReadOnlySpan<int> terms)
    {
        var weight = 0.0;
        foreach (var (term, rarity) in Known)
            if (terms.Contains(term)) weight += rarity;
        return weight;
    }

    /// <summary>How much of what was asked a text has.</summary>
    public double Weight(string text)
    {
        var weight = 0.0;
        foreach (var term in TermLexicon.Terms(text).Distinct()) weight += _byWord.GetValueOrDefault(term);
        return weight;
    }
}
