using Baton.Privacy.Finding;

namespace Baton.Privacy.Tagging;

/// <summary>
/// Decides which words the tagger looks at. Most words of a support mail are plain: known, written small, far from any
/// name. Passing over them is what makes redaction fast.
/// </summary>
internal static class TagCandidates
{
    private const Looks Striking = Looks.Digits | Looks.Capital | Looks.InnerCapital;

    private const WordClass Joining = WordClass.Function | WordClass.Particle;

    /// <summary>Small joining words in a row that are still taken for a part of one name: "Bank of the West".</summary>
    private const int MostJoining = 2;

    /// <summary>
    /// Writes the token of every word to <paramref name="places"/>, as its complement when the word needs no look.
    /// </summary>
    /// <returns>How many words there are, and whether any of them needs a look.</returns>
    public static (int Count, bool Any) Mark(Reading reading, byte[] rules, TaggerModel model, Span<int> places)
    {
        var tokens = reading.Tokens;
        var (count, joining, any) = (0, 0, false);
        for (var i = 0; i < tokens.Length; i++)
        {
            ref readonly var token = ref tokens[i];
            if (token.IsMark) continue;
            if (rules[i] == 0 && !IsCandidate(tokens, i, model))
            {
                joining = IsJoining(token) ? joining + 1 : MostJoining + 1;
                places[count++] = ~i;
                continue;
            }
            if (joining is > 0 and <= MostJoining && count > joining)
                for (var w = count - joining; w < count; w++) places[w] = ~places[w];
            joining = 0;
            any = true;
            places[count++] = i;
        }
        return (count, any);
    }

    private static bool IsCandidate(ReadOnlySpan<TextToken> tokens, int i, TaggerModel model)
    {
        ref readonly var token = ref tokens[i];
        if ((token.Looks & Striking) == 0)
        {
            if (token.Is(Joining) || model.IsPlain(token.Hash))
                return token.Is(WordClass.Parts) && (IsLarge(tokens, i - 1) || IsLarge(tokens, i + 1));
            return true;
        }
        if ((token.Looks & Striking) != Looks.Capital || token.Is(WordClass.Entities)) return true;
        if (!BeginsSentence(tokens, i) && token.Length > 1) return true;
        if (token.Is(WordClass.Function)) return false;
        return !token.Is(WordClass.Ordinary) || !model.IsPlain(token.Hash) || IsLarge(tokens, i + 1);
    }

    /// <summary>Small joining words, and single letters as in "Király u. 15".</summary>
    private static bool IsJoining(in TextToken token) =>
        (token.Looks & Striking) == 0 && (token.Is(Joining) || token.Length == 1);

    private static bool IsLarge(ReadOnlySpan<TextToken> tokens, int i) =>
        (uint)i < (uint)tokens.Length && (tokens[i].Looks & Striking) != 0;

    private static bool BeginsSentence(ReadOnlySpan<TextToken> tokens, int i) =>
        i == 0 || tokens[i].StartsLine || tokens[i].SpaceBefore && tokens[i - 1].IsMark;
}
