using Baton.Text.Words;

namespace Baton.Knowledge.Grounding;

/// <summary>The passages an answer must rest on, prepared for looking words up.</summary>
internal sealed class SourceText
{
    private readonly Dictionary<string, List<int>> _places = [];
    private readonly HashSet<string> _forms = [];
    private readonly HashSet<(string, string)> _pairs = [];
    private readonly HashSet<(string, string, string)> _triples = [];
    private readonly Dictionary<(string, string), HashSet<string>> _between = [];

    public SourceText(IReadOnlyList<string> passages, int longest)
    {
        var text = string.Join("\n\n", passages);
        Text = GroundingWords.Rejoin(CutText.Of(text, longest));
        Words = GroundingWords.Of(Text);
        Sentences = SentenceRanges.Of(Text, Words);
        for (var i = 0; i < Words.Count; i++) Index(i);
        Facts = Facts.In(Text, Words);
    }

    public string Text { get; }

    public List<GroundingWord> Words { get; }

    /// <summary>Ranges of words.</summary>
    public List<(int Start, int End)> Sentences { get; }

    public Facts Facts { get; }

    public bool Has(string stem) => _places.ContainsKey(stem);

    public bool HasForm(string form) => _forms.Contains(form);

    public IReadOnlyList<int> PlacesOf(string stem) => _places.TryGetValue(stem, out var places) ? places : [];

    public bool HasPair(string first, string second) => _pairs.Contains((first, second));

    public bool HasTriple(string first, string second, string third) => _triples.Contains((first, second, third));

    /// <summary>Whether the source has another word between the same neighbours: a sign of a replaced word.</summary>
    public bool HasOtherBetween(string before, string word, string after) =>
        _between.TryGetValue((before, after), out var words) && !words.Contains(word);

    /// <summary>
    /// Fewest words between two stems in this order; a large number when they never follow each other.
    /// </summary>
    public int Distance(string first, string second)
    {
        var best = int.MaxValue;
        var (a, b) = (PlacesOf(first), PlacesOf(second));
        for (int i = 0, j = 0; i < a.Count && j < b.Count;)
        {
            if (b[j] <= a[i])
            {
                j++;
                continue;
            }
            best = Math.Min(best, b[j] - a[i]);
            i++;
        }
        return best;
    }

    private void Index(int i)
    {
        var word = Words[i];
        _forms.Add(word.Form);
        if (!_places.TryGetValue(word.Stem, out var places)) _places[word.Stem] = places = [];
        places.Add(i);
        if (i >= 1) _pairs.Add((Words[i - 1].Stem, word.Stem));
        if (i < 2) return;
        _triples.Add((Words[i - 2].Stem, Words[i - 1].Stem, word.Stem));
        var frame = (Words[i - 2].Stem, word.Stem);
        if (!_between.TryGetValue(frame, out var between)) _between[frame] = between = [];
        between.Add(Words[i - 1].Stem);
    }
}
