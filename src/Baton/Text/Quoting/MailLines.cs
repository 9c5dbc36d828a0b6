namespace Baton.Text.Quoting;

/// <summary>
/// Reads a mail line by line: who wrote which. Replies stand above, between and below what they answer, with and
/// without marks, quoted once or several times; what a head says holds for the depth below it.
/// </summary>
internal sealed class MailLines
{
    /// <summary>Marks at the start of a line that are counted; deeper quotations are taken as this deep.</summary>
    private const int Deepest = 32;

    private readonly List<(string Text, int Depth)> _lines = [];
    private readonly List<MailLine> _read = [];
    private readonly bool?[] _ours = new bool?[Deepest + 2];
    private readonly IReadOnlyList<string> _brand;

    /// <summary>Depth at which everything is quoted although no marks say so, and whether it is the brand's.</summary>
    private (int Depth, bool IsOurs)? _block;

    private bool _signed;
    private bool _afterDivider;

    private MailLines(string message, IReadOnlyList<string> brand)
    {
        _brand = brand;
        foreach (var line in message.AsSpan().EnumerateLines()) _lines.Add(Unmark(line));
    }

    /// <summary>The lines of a message in order.</summary>
    /// <param name="brand">Names under which the brand itself writes.</param>
    public static IReadOnlyList<MailLine> Of(string message, IReadOnlyList<string> brand)
    {
        var mail = new MailLines(message, brand);
        for (var i = 0; i < mail._lines.Count;) i += mail.Take(i);
        return mail._read;
    }

    /// <summary>Whether a message could hold anything but one person's own words; most do not.</summary>
    public static bool MayQuote(string message) =>
        message.Contains('\n', StringComparison.Ordinal) || message.StartsWith('>') || message.StartsWith('|');

    /// <returns>How many lines were read.</returns>
    private int Take(int at)
    {
        var (text, depth) = _lines[at];
        if (depth < _block?.Depth) _block = null;
        if (ReplyHead.At(_lines, at, _afterDivider) is { } head)
        {
            Open(head, at, depth);
            return head.Lines;
        }
        if (text.Length > 0) _afterDivider = false;
        if (_block is { } block) Add(text, LineKind.Quoted, block.IsOurs, depth > 0);
        else if (depth > 0) Add(text, LineKind.Quoted, _ours[depth] ?? false, isMarked: true);
        else Add(text, IsAside(text) ? LineKind.Aside : LineKind.Own);
        return 1;
    }

    private bool IsAside(string text)
    {
        _signed |= SignatureMarks.Starts(text);
        return _signed || SignatureMarks.IsWhole(text);
    }

    private void Open(ReplyHead head, int at, int depth)
    {
        var isOurs = head.IsOfHelpdesk || head.Names(_brand);
        for (var i = at; i < at + head.Lines; i++) Add(_lines[i].Text, LineKind.Head, isOurs, depth > 0);
        _afterDivider = head.IsDivider;
        var next = at + head.Lines;
        while (next < _lines.Count && _lines[next].Text.Length == 0) next++;
        if (next < _lines.Count && _lines[next].Depth > depth) _ours[Math.Min(depth + 1, Deepest)] = isOurs;
        else _block = (depth, isOurs);
    }

    private void Add(string text, LineKind kind, bool isOurs = false, bool isMarked = false) =>
        _read.Add(new MailLine(text, kind, isOurs, isMarked));

    /// <summary>The line without its marks, and how many there were. An angry face is no mark.</summary>
    private static (string Text, int Depth) Unmark(ReadOnlySpan<char> line)
    {
        var depth = 0;
        var rest = line.Trim();
        while (rest.Length > 0 && depth < Deepest && IsMark(rest))
        {
            rest = rest[1..].TrimStart();
            depth++;
        }
        return (depth == 0 ? line.TrimEnd().ToString() : rest.ToString(), depth);
    }

    private static bool IsMark(ReadOnlySpan<char> rest) =>
        rest[0] == '>' && !rest.StartsWith(">:(") && !rest.StartsWith(">:-(")
        || rest[0] == '|' && (rest.Length == 1 || rest[1] == ' ');
}
