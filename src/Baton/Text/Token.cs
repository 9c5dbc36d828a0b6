namespace Baton.Text;

/// <summary>What a token is made of.</summary>
public enum TokenKind
{
    /// <summary>Letters, with apostrophes, marks and invisible characters inside; one ideograph or kana each.</summary>
    Word,

    /// <summary>Digits, with separators inside (<c>1,299.00</c>, <c>12:30</c>).</summary>
    Number,

    /// <summary>Letters and digits mixed (<c>iphone7</c>, <c>2nd</c>, <c>gb29nwbk</c>).</summary>
    Code,

    /// <summary>One character of punctuation, or one symbol or emoji.</summary>
    Mark,
}

/// <summary>A piece of a text: where it starts and how long it is, in UTF-16 units of the original text.</summary>
public readonly record struct Token(int Start, int Length, TokenKind Kind)
{
    /// <summary>One past the last UTF-16 unit.</summary>
    public int End => Start + Length;

    /// <summary>The characters of this token in the text it was found in.</summary>
    public ReadOnlySpan<char> In(ReadOnlySpan<char> text) => text.Slice(Start, Length);
}
