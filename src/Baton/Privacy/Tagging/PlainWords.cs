using System.Runtime.InteropServices;
using Baton.Privacy.Finding;

namespace Baton.Privacy.Tagging;

/// <summary>
/// Counts which words are written small and mean nothing personal: three times or more in lower case, rarely personal
/// there, and not mostly written large within sentences.
/// </summary>
internal sealed class PlainWords
{
    private const int LeastSeen = 3;

    /// <summary>Share of a word's lower-case occurrences that may be personal.</summary>
    private const double MostPersonal = 0.02;

    /// <summary>Share of a word's occurrences that may be personal in any case, or large within a sentence.</summary>
    private const double MostLarge = 0.25;

    private readonly Dictionary<uint, Counts> _words = [];

    /// <summary>Counts the words of a labelled text.</summary>
    public void Add(TaggerExample example)
    {
        for (var w = 0; w < example.Words.Length; w++)
        {
            ref var counts = ref Of(example.Words[w].Word);
            var personal = example.Labels[w] != TagLabel.Nothing;
            if (example.LowerCase[w]) counts.Lower++;
            else if (personal) counts.Large++;
            if (personal && example.LowerCase[w]) counts.Personal++;
        }
    }

    /// <summary>
    /// Counts the words of a text without labels; words that lists name as names or places are left out.
    /// </summary>
    public void Add(string text)
    {
        using var folding = new Folding(text);
        using var tokens = TextTokens.Read(folding.Text);
        for (var i = 0; i < tokens.Items.Length; i++)
        {
            ref readonly var token = ref tokens.Items[i];
            if (!token.IsWord || (token.Looks & Looks.Digits) != 0 || token.Is(WordClass.Entities)) continue;
            if ((token.Looks & (Looks.Capital | Looks.InnerCapital)) == 0) Of(token.Hash).Lower++;
            else if (i > 0 && !token.StartsLine && !tokens.Items[i - 1].IsMark) Of(token.Hash).Large++;
        }
    }

    /// <summary>The plain words, as the model keeps them.</summary>
    public IEnumerable<uint> Hashes() => _words.Where(w => w.Value.IsPlain).Select(w => w.Key);

    private ref Counts Of(ulong wordHash) =>
        ref CollectionsMarshal.GetValueRefOrAddDefault(_words, (uint)(wordHash >> 16), out _);

    private record struct Counts(int Lower, int Personal, int Large)
    {
        public readonly bool IsPlain => Lower >= LeastSeen && Personal <= MostPersonal * Lower
            && Personal + Large <= MostLarge * (Lower + Large);
    }
}
