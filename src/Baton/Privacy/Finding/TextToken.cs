using System.Runtime.InteropServices;

namespace Baton.Privacy.Finding;

/// <summary>How a token looks.</summary>
[Flags]
internal enum Looks : byte
{
    None = 0,
    Letters = 1,
    Digits = 2,
    /// <summary>Starts with a capital.</summary>
    Capital = 4,
    /// <summary>Has a capital after its first letter.</summary>
    InnerCapital = 8,
    /// <summary>Has a lower-case letter.</summary>
    Lower = 16,
    /// <summary>Stands first on its line.</summary>
    LineStart = 32,
    /// <summary>White space (or the start of the text) is before it.</summary>
    SpaceBefore = 64,
}

/// <summary>A run of letters and digits, or one other character that is not white space.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextToken(int Start, int End, ulong Hash, WordClass Classes, Looks Looks)
{
    public int Length => End - Start;

    public bool IsWord => (Looks & Looks.Letters) != 0;

    public bool IsNumber => (Looks & (Looks.Letters | Looks.Digits)) == Looks.Digits;

    public bool IsMark => (Looks & (Looks.Letters | Looks.Digits)) == 0;

    public bool IsCapitalised => (Looks & Looks.Capital) != 0;

    public bool StartsLine => (Looks & Looks.LineStart) != 0;

    public bool SpaceBefore => (Looks & Looks.SpaceBefore) != 0;

    public bool Is(WordClass classes) => (Classes & classes) != 0;
}
