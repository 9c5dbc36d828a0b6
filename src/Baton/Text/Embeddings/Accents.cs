using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Baton.Text.Embeddings;

/// <summary>
/// Canonical decomposition without its marks, as the encoder was trained with. Unlike <see cref="Letters"/> it leaves
/// ø, ß and æ alone: they decompose into nothing, and the vocabulary has pieces with them.
/// </summary>
internal static class Accents
{
    private const int HangulFirst = 0xac00, HangulLast = 0xd7a3, Vowels = 21, Finals = 28;

    private static readonly FrozenDictionary<int, string> Plain = Read();

    /// <summary>Appends the character in lower case, without marks; a mark alone appends nothing.</summary>
    public static void AppendPlain(StringBuilder word, Rune rune)
    {
        if (rune.IsAscii) word.Append(char.ToLowerInvariant((char)rune.Value));
        else if (rune.Value is >= HangulFirst and <= HangulLast) AppendSyllable(word, rune.Value - HangulFirst);
        else if (Plain.TryGetValue(rune.Value, out var plain)) foreach (var part in plain.EnumerateRunes()) AppendLower(
            word, part);
        else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark) AppendLower(word, rune);
    }

    private static void AppendLower(StringBuilder word, Rune rune) => word.Append(Rune.ToLowerInvariant(rune));

    /// <summary>A Korean syllable is its letters: first, vowel and mostly a last one.</summary>
    private static void AppendSyllable(StringBuilder word, int index)
    {
        word.Append((char)(0x1100 + index / (Vowels * Finals)))
            .Append((char)(0x1161 + index % (Vowels * Finals) / Finals));
        if (index % Finals is var last and not 0) word.Append((char)(0x11a7 + last));
    }

    /// <summary>A line is what is left, a space, and the characters it is left of (Unicode 14).</summary>
    private static FrozenDictionary<int, string> Read()
    {
        using var reader = new StreamReader(
            typeof(Accents).Assembly.GetManifestResourceStream("Baton.Text.Embeddings.Words.accents.txt")!);
        var plain = new Dictionary<int, string>();
        while (reader.ReadLine() is { } line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            foreach (var rune in line[(space + 1)..].EnumerateRunes()) plain[rune.Value] = line[..space];
        }
        return plain.ToFrozenDictionary();
    }
}
