namespace Baton.Privacy.Finding.Numbers;

/// <summary>
/// Groups of digits that a person would read as one number: "+41 (0)96 471 07 95", "463-612-6138x036".
/// </summary>
internal ref struct NumberRun
{
    public const int MostGroups = 9;
    public const int MostDigits = 24;

    private NumberRun(Reading reading, int first, Span<char> digits, Span<int> groupEnds)
    {
        First = first;
        Start = reading.Tokens[first].Start;
        Digits = digits;
        GroupEnds = groupEnds;
    }

    public int First { get; }

    public int Start { get; private set; }

    /// <summary>The digits without separators; only the first <see cref="Count"/> are set.</summary>
    public Span<char> Digits { get; }

    public int Count { get; private set; }

    /// <summary>For every group the token index it ends with.</summary>
    public Span<int> GroupEnds { get; }

    public int Groups { get; private set; }

    public bool HasPlus { get; private set; }

    public bool HasParenthesis { get; private set; }

    public bool HasExtension { get; private set; }

    /// <summary>The separator between groups when it is always the same, NUL for none, '*' for several.</summary>
    public char Separator { get; private set; }

    public readonly int LastToken => GroupEnds[Groups - 1];

    /// <summary>Reads the run that begins at a token.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="first">The token.</param>
    /// <param name="digits">Room for <see cref="MostDigits"/>.</param>
    /// <param name="groupEnds">Room for <see cref="MostGroups"/>.</param>
    public static NumberRun Read(Reading reading, int first, Span<char> digits, Span<int> groupEnds)
    {
        var run = new NumberRun(reading, first, digits, groupEnds);
        run.LookLeft(reading);
        var i = first;
        while (run.Groups < MostGroups && run.AddGroup(reading, i))
        {
            i = run.Follow(reading, i);
            if (i < 0) break;
        }
        return run;
    }

    public readonly ReadOnlySpan<char> All => Digits[..Count];

    private void LookLeft(Reading reading)
    {
        var before = First - 1;
        if (reading.Mark(before) == '(' && reading.Touch(before, First))
        {
            HasParenthesis = true;
            Start = reading.Tokens[before].Start;
            before--;
        }
        if (reading.Mark(before) != '+' || reading.Tokens[before + 1].SpaceBefore) return;
        HasPlus = true;
        Start = reading.Tokens[before].Start;
    }

    private bool AddGroup(Reading reading, int i)
    {
        var token = reading.Tokens[i];
        var group = reading[token];
        if (!token.IsNumber)
        {
            // "6138x036": the last group with an extension.
            var x = group.IndexOfAny('x', 'X');
            var isExtension = Groups > 0 && x is > 1 and < 8 && x < group.Length - 1
                && group[..x].IndexOfAnyExceptInRange('0', '9') < 0
                    && group[(x + 1)..].IndexOfAnyExceptInRange('0', '9') < 0;
            if (!isExtension) return false;
            HasExtension = true;
            group = group[..x];
        }
        if (Count + group.Length > MostDigits) return false;
        group.CopyTo(Digits[Count..]);
        Count += group.Length;
        GroupEnds[Groups++] = i;
        return !HasExtension;
    }

    /// <summary>The token of the next group behind one separator, or -1.</summary>
    private int Follow(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        var next = i + 1;
        var separator = ' ';
        if (reading.Mark(next) == ')')
        {
            HasParenthesis = true;
            next++;
        }
        if (reading.Mark(next) is '-' or '.' or '/')
        {
            separator = reading.Mark(next++);
        }
        if (reading.Mark(next) == '(' && next + 1 < tokens.Length && tokens[next + 1].IsNumber)
        {
            HasParenthesis = true;
            next++;
        }
        if (next >= tokens.Length || tokens[next].StartsLine || (tokens[next].Looks & Looks.Digits) == 0) return -1;
        if (tokens[next].Start - tokens[i].End > 3) return -1;
        var touches = next == i + 1 && !tokens[next].SpaceBefore;
        if (touches) return -1;
        Separator = Separator == '\0' || Separator == separator ? separator : '*';
        return next;
    }
}
