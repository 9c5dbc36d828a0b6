namespace Baton.Text.Words;

/// <summary>
/// A word on its way through the steps of <see cref="EnglishStemmer"/>. R1 is what follows the first consonant after a
/// vowel, R2 the same within R1; <c>Y</c> marks a y that acts as a consonant.
/// </summary>
internal ref struct StemmedWord(Span<char> buffer, int length)
{
    private readonly Span<char> _buffer = buffer;
    private int _r1;
    private int _r2;
    private bool _finished;

    public int Length { get; private set; } = length;

    private readonly ReadOnlySpan<char> Word => _buffer[..Length];

    public void MarkRegions()
    {
        if (_buffer[0] == '\'')
        {
            _buffer[1..Length].CopyTo(_buffer);
            Length--;
        }
        for (var i = 0; i < Length; i++)
            if (_buffer[i] == 'y' && (i == 0 || IsVowel(_buffer[i - 1]))) _buffer[i] = 'Y';

        _r1 = RegionPrefix();
        if (_r1 < 0) _r1 = RegionAfter(0);
        _r2 = RegionAfter(_r1);
    }

    public void RemoveApostrophe()
    {
        foreach (var ending in (ReadOnlySpan<string>)["'s'", "'s", "'"])
        {
            if (!EndsWith(ending)) continue;
            Length -= ending.Length;
            return;
        }
    }

    public void RemovePlural()
    {
        if (EndsWith("sses")) Length -= 2;
        else if (EndsWith("ied") || EndsWith("ies")) Length -= Length > 4 ? 2 : 1;
        else if (EndsWith("s") && !EndsWith("us") && !EndsWith("ss") && Length > 2 && HasVowel(Length - 2)) Length--;
        _finished = EnglishStems.IsFinished(Word);
    }

    public void RemoveInflection()
    {
        if (_finished) return;
        if (EndsWith("eedly") || EndsWith("eed"))
        {
            var start = Length - (EndsWith("eedly") ? 5 : 3);
            if (start >= _r1) Length = start + 2;
            return;
        }
        foreach (var ending in (ReadOnlySpan<string>)["ingly", "edly", "ing", "ed"])
        {
            if (!EndsWith(ending)) continue;
            if (HasVowel(Length - ending.Length))
            {
                Length -= ending.Length;
                RepairEnd();
            }
            return;
        }
    }

    public readonly void SoftenFinalY()
    {
        if (_finished || Length <= 2 || _buffer[Length - 1] is not ('y' or 'Y')) return;
        if (!IsVowel(_buffer[Length - 2])) _buffer[Length - 1] = 'i';
    }

    public void ShortenSuffix(SuffixRule[] rules, bool deleteInsideR2)
    {
        if (_finished) return;
        foreach (var rule in rules)
        {
            if (!EndsWith(rule.Suffix)) continue;
            var start = Length - rule.Suffix.Length;
            if (start < (deleteInsideR2 || rule.InR2 ? _r2 : _r1)) return;
            if (rule.PrecededBy.Length > 0 && (start == 0 || !rule.PrecededBy.Contains(_buffer[start - 1]))) return;
            rule.Replacement.CopyTo(_buffer[start..]);
            Length = start + rule.Replacement.Length;
            return;
        }
    }

    public void RemoveFinalLetter()
    {
        if (_finished || Length == 0) return;
        var end = Length - 1;
        if (_buffer[end] == 'e' && (end >= _r2 || (end >= _r1 && !EndsInShortSyllable(end)))) Length--;
        else if (_buffer[end] == 'l' && end >= _r2 && end > 0 && _buffer[end - 1] == 'l') Length--;
    }

    public readonly void RestoreY() => _buffer[..Length].Replace('Y', 'y');

    private void RepairEnd()
    {
        if (EndsWith("at") || EndsWith("bl") || EndsWith("iz")) _buffer[Length++] = 'e';
        else if (EndsInDouble()) Length--;
        else if (_r1 >= Length && EndsInShortSyllable(Length)) _buffer[Length++] = 'e';
    }

    private readonly bool EndsInDouble() =>
        Length >= 2 && _buffer[Length - 1] == _buffer[Length - 2] && "bdfgmnprt".Contains(_buffer[Length - 1]);

    /// <summary>
    /// Whether the first <paramref name="end"/> letters end in a short syllable ("rap", "trap", "at").
    /// </summary>
    private readonly bool EndsInShortSyllable(int end)
    {
        if (end < 2 || IsVowel(_buffer[end - 1]) || !IsVowel(_buffer[end - 2])) return false;
        if (end == 2) return true;
        return !IsVowel(_buffer[end - 3]) && _buffer[end - 1] is not ('w' or 'x' or 'Y');
    }

    private readonly int RegionPrefix()
    {
        foreach (var prefix in EnglishStems.RegionPrefixes)
            if (Word.StartsWith(prefix)) return prefix.Length;
        return -1;
    }

    private readonly int RegionAfter(int start)
    {
        for (var i = start + 1; i < Length; i++)
            if (!IsVowel(_buffer[i]) && IsVowel(_buffer[i - 1])) return i + 1;
        return Length;
    }

    private readonly bool HasVowel(int end)
    {
        for (var i = 0; i < end; i++)
            if (IsVowel(_buffer[i])) return true;
        return false;
    }

    private readonly bool EndsWith(string ending) => Word.EndsWith(ending);

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
}
