using System.Globalization;
using System.Runtime.CompilerServices;

namespace Baton.Privacy.Finding;

/// <summary>
/// What a character is for the tokens, as <see cref="Looks"/>: white space has the flags of the gap it makes.
/// </summary>
internal static class Characters
{
    public const Looks Gap = Looks.LineStart | Looks.SpaceBefore;

    private static ReadOnlySpan<byte> Ascii => Kinds;

    private static readonly byte[] Kinds = [.. Enumerable.Range(0, 128).Select(c => (byte)AsciiKind((char)c))];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Looks Kind(char c) => c < 128 ? (Looks)Ascii[c] : Other(c);

    /// <summary>The lower-case form of a character of this kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static char Lower(char c, Looks kind) =>
        c < 128 ? (char)(c | (int)(kind & Looks.Capital) << 3) : char.ToLowerInvariant(c);

    private static Looks AsciiKind(char c) => c switch
    {
        >= 'a' and <= 'z' => Looks.Letters | Looks.Lower,
        >= 'A' and <= 'Z' => Looks.Letters | Looks.Capital,
        >= '0' and <= '9' => Looks.Digits,
        '\n' or '\r' => Gap,
        _ when char.IsWhiteSpace(c) => Looks.SpaceBefore,
        _ => Looks.None,
    };

    private static Looks Other(char c)
    {
        if (char.IsWhiteSpace(c)) return Looks.SpaceBefore;
        if (!char.IsLetter(c) && !IsAccent(c)) return Looks.None;
        return Looks.Letters | (char.IsUpper(c) ? Looks.Capital : Looks.Lower);
    }

    /// <summary>Accents that follow their letter belong to the word.</summary>
    private static bool IsAccent(char c) => c >= '\u0300' && char.GetUnicodeCategory(c) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
