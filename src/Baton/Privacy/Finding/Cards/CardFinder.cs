namespace Baton.Privacy.Finding.Cards;

/// <summary>
/// Payment cards, however their digits are set apart: by spaces, line breaks, "&amp;nbsp;", punctuation, glued to
/// letters, inside links. Works on characters, because every one of these is a different row of tokens.
/// </summary>
internal static class CardFinder
{
    private const int MostGap = 8;

    public static void Find(Reading reading)
    {
        var text = reading.Text;
        Span<int> at = stackalloc int[CardForms.Longest];
        for (var i = text.IndexOfAnyInRange('0', '9'); i >= 0;)
        {
            var end = FindAt(reading, i, at);
            if (end <= i)
            {
                // The next group: a card begins where a group of digits begins.
                end = i + 1;
                while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            }
            if (end >= text.Length) return;
            var next = text[end..].IndexOfAnyInRange('0', '9');
            i = next < 0 ? -1 : end + next;
        }
    }

    /// <summary>The end of a card that begins with the group of digits at <paramref name="start"/>, or 0.</summary>
    private static int FindAt(Reading reading, int start, Span<int> at)
    {
        if (reading.Text[start] is '0' or '7' or '9') return 0;
        Span<char> digits = stackalloc char[CardForms.Longest];
        Span<byte> groups = stackalloc byte[CardForms.Longest];
        var run = Read(reading.Text, start, digits, at, groups);
        if (run.Count < CardForms.Shortest) return 0;
        var announced = new Announced(reading, start);
        foreach (var length in CardForms.Lengths)
        {
            if (length > run.Count || !EndsGroup(groups, length, out var count)) continue;
            if (!Fits(reading.Text, start, digits[..length], groups[..count], at, announced)) continue;
            reading.Add(start, at[length - 1] + 1, PersonalDataType.Card, 1);
            CardDetails.Find(reading, at[length - 1] + 1);
            return at[length - 1] + 1;
        }
        return FindMistyped(reading, start, run, digits, at, groups, announced);
    }

    private static bool Fits(
        ReadOnlySpan<char> text, int start, ReadOnlySpan<char> digits, ReadOnlySpan<byte> groups, ReadOnlySpan<int> at,
        Announced announced)
    {
        var regular = CardForms.IsRegular(groups);
        var plain = groups[0] >= 4 && SetApartPlainly(text, at[..digits.Length]);
        if (!regular && !plain && !(announced.AsCard && groups.Length <= 3)) return false;
        if (groups.Length == 1 && IsPartOfAnother(text, start, announced)) return false;
        return CardForms.IsCard(digits, announced.AsCard);
    }

    /// <summary>Announced as a card: a mistyped digit does not make it harmless.</summary>
    private static int FindMistyped(
        Reading reading, int start, Run run, ReadOnlySpan<char> digits, ReadOnlySpan<int> at, ReadOnlySpan<byte> groups,
        Announced announced)
    {
        if (!announced.AsCard || run.Count is < 13 || run.Open || digits[0] is < '2' or > '6') return 0;
        if (run.Groups > 2 && !CardForms.IsRegular(groups[..run.Groups])) return 0;
        reading.Add(start, at[run.Count - 1] + 1, PersonalDataType.Card, 0.7);
        return at[run.Count - 1] + 1;
    }

    /// <summary>Reads up to 19 digits, their places, and how long each group is.</summary>
    private static Run Read(
        ReadOnlySpan<char> text, int start, Span<char> digits, Span<int> at, Span<byte> groups)
    {
        int count = 0, group = 0;
        for (var i = start; i < text.Length;)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                if (count == CardForms.Longest)
                {
                    groups[group] = byte.MaxValue;
                    return new(count, group + 1, Open: true);
                }
                digits[count] = text[i];
                at[count] = i++;
                groups[group]++;
                count++;
                continue;
            }
            var next = NextGroup(text, i);
            if (next < 0 || count == CardForms.Longest) return new(count, group + 1, Open: next >= 0);
            i = next;
            group++;
        }
        return new(count, group + 1, Open: false);
    }

    /// <summary>Where the next digit is, when only separators are between; otherwise -1.</summary>
    private static int NextGroup(ReadOnlySpan<char> text, int from)
    {
        var i = from;
        while (i < text.Length && i - from <= MostGap && !char.IsAsciiDigit(text[i]))
        {
            var width = SeparatorAt(text[i..]);
            if (width == 0) return -1;
            i += width;
        }
        return i < text.Length && i - from <= MostGap && char.IsAsciiDigit(text[i]) ? i : -1;
    }

    private static int SeparatorAt(ReadOnlySpan<char> text) => text[0] switch
    {
        '&' when text.StartsWith("&nbsp;", StringComparison.OrdinalIgnoreCase) || text.StartsWith("&#160;")
            || text.StartsWith("&#xa0;", StringComparison.OrdinalIgnoreCase) => 6,
        '%' when text.StartsWith("%20") => 3,
        '<' when text.StartsWith("<br>", StringComparison.OrdinalIgnoreCase) => 4,
        ' ' or '\t' or '\r' or '\n' or '-' or '.' or ',' or ';' or '*' or '+' or '/' or '_' or '|' or ':' or '\\'
            or '~' or '\'' or '"' or '`' or '>' or '\u00b7' or '\u2022' or '(' or ')' or '[' or ']' or '=' => 1,
        _ when char.IsWhiteSpace(text[0]) => 1,
        _ => 0,
    };

    /// <summary>Does a group end with this many digits? Then also how many groups that are.</summary>
    private static bool EndsGroup(ReadOnlySpan<byte> groups, int length, out int count)
    {
        var sum = 0;
        for (count = 0; count < groups.Length && sum < length; count++) sum += groups[count];
        return sum == length;
    }

    /// <summary>Only single spaces, hyphens or dots between groups: how numbers are usually written.</summary>
    private static bool SetApartPlainly(ReadOnlySpan<char> text, ReadOnlySpan<int> at)
    {
        for (var i = 1; i < at.Length; i++)
        {
            var gap = at[i] - at[i - 1] - 1;
            if (gap > 1 || gap == 1 && text[at[i] - 1] is not (' ' or '-' or '.')) return false;
        }
        return true;
    }

    /// <summary>The decimals of a number, an order's number, a parcel's "1Z…" only look like a card.</summary>
    private static bool IsPartOfAnother(ReadOnlySpan<char> text, int start, Announced announced)
    {
        if (start > 1 && text[start - 1] is '.' or ',' && char.IsAsciiDigit(text[start - 2])) return true;
        if (start > 1 && text[(start - 2)..start] is "1Z" or "1z") return true;
        return announced.AsOrder;
    }

    /// <summary>What the words before the digits say they are.</summary>
    private readonly ref struct Announced
    {
        private const int CardReach = 8;
        private const int OrderReach = 4;

        public Announced(Reading reading, int start)
        {
            var i = TokenAt(reading.Tokens, start);
            AsCard = reading.Tokens[i].Is(WordClass.CueCard) || IsCard(reading, i);
            AsOrder = IsOrder(reading, i);
        }

        public bool AsCard { get; }

        /// <summary>"order 4012…", "tracking number: 4012…": the word stands right before.</summary>
        public bool AsOrder { get; }

        /// <summary>The nearest word that says what a number is says card, be it in the sentence before.</summary>
        private static bool IsCard(Reading reading, int at)
        {
            for (int i = at - 1, words = 0; i >= 0 && words < CardReach; i--)
            {
                if (reading.Tokens[i].Is(WordClass.Cues)) return reading.Tokens[i].Is(WordClass.CueCard);
                if (!reading.Tokens[i].IsMark) words++;
            }
            return false;
        }

        private static bool IsOrder(Reading reading, int at)
        {
            for (var i = at - 1; i >= 0 && at - i <= OrderReach; i--)
            {
                if (reading.Tokens[i].Is(WordClass.CueOrder)) return true;
                var token = reading.Tokens[i];
                if (EndsSentence(reading, i)) return false;
                if ((token.Looks & Looks.Digits) != 0 || token.Is(WordClass.CueCard)) return false;
                if (!token.IsMark && token.Length > 6) return false;
            }
            return false;
        }

        /// <summary>
        /// "in my order. Write to 4012…" says nothing of the number; the dot of "order no. 4012…" ends nothing.
        /// </summary>
        private static bool EndsSentence(Reading reading, int at)
        {
            if (!reading.Tokens[at].IsMark
                || reading.Text[reading.Tokens[at].Start] is not ('.' or '!' or '?' or '\n')) return false;
            if (at + 1 >= reading.Tokens.Length || !reading.Tokens[at + 1].SpaceBefore) return false;
            return at == 0 || reading.Tokens[at - 1] is not { IsWord: true, Length: <= 3 };
        }

        private static int TokenAt(ReadOnlySpan<TextToken> tokens, int start)
        {
            var (low, high) = (0, tokens.Length - 1);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                if (tokens[middle].Start <= start) low = middle;
                else high = middle - 1;
            }
            return low;
        }
    }

    /// <summary>Digits read, in how many groups, and whether more digits follow than a card can have.</summary>
    private readonly record struct Run(int Count, int Groups, bool Open);
}
