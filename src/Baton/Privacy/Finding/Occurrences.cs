namespace Baton.Privacy.Finding;

/// <summary>Which looks, word classes and ASCII marks a text has anywhere.</summary>
internal struct Occurrences
{
    private ulong _marks;
    private Looks _looks;

    public readonly bool HasDigits => (_looks & Looks.Digits) != 0;

    public void Add(in TextToken token, char first)
    {
        _looks |= token.Looks;
        if (token.IsMark && first < 128) _marks |= Bit(first);
    }

    /// <summary>May the text have this mark? Never false when it does.</summary>
    public readonly bool MayHave(char mark) => (_marks & Bit(mark)) != 0;

    private static ulong Bit(char mark) => 1UL << (mark & 63);
}
