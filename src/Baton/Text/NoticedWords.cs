using Baton.Text.Quoting;

namespace Baton.Text;

/// <summary>
/// Everything a customer sent, as far as it is not provably the brand's own text coming back: quotations of others,
/// forwarded mail and words below a signature are in here. Quoting decides what is answered, never what is noticed.
/// </summary>
public sealed class NoticedWords
{
    /// <summary>
    /// Words that an unquoted line must have before it counts as the brand's because the brand said it.
    /// </summary>
    private const int SurelyCopied = 6;

    private readonly IReadOnlyList<string> _brand;
    private readonly string _ours;
    private readonly string _all;

    /// <param name="brand">Names under which the brand writes: a head with one attributes the quotation to it.</param>
    /// <param name="ours">What the brand has said in this conversation.</param>
    /// <param name="theirs">What the customer has said before: it was read when it came.</param>
    public NoticedWords(IReadOnlyList<string> brand, IEnumerable<string> ours, IEnumerable<string> theirs)
    {
        _brand = brand;
        _ours = Flat(ours);
        _all = _ours + Flat(theirs);
    }

    /// <summary>What to notice in a message.</summary>
    public string Of(string message)
    {
        if (!MailLines.MayQuote(message)) return message;
        var lines = MailLines.Of(message, _brand);
        // Where the record has what is quoted, it can tell what was added; else the head is all there is to go by.
        var isKnown = lines.Any(l => l is { Kind: LineKind.Quoted, IsOurs: true, IsMarked: false }
            && Stands(l.Text, _ours, SurelyCopied));
        var kept = lines.Where(l => !IsOurs(l, isKnown)).Select(l => l.Text).ToList();
        return string.Join('\n', Footers.Without(kept));
    }

    private bool IsOurs(MailLine line, bool isKnown) => line.Kind switch
    {
        LineKind.Head => line.IsOurs,
        LineKind.Quoted when line.IsOurs && (line.IsMarked || !isKnown) => true,
        LineKind.Quoted => Stands(line.Text, _all, 1),
        _ => Stands(line.Text, _ours, SurelyCopied),
    };

    private static bool Stands(string line, string record, int leastWords)
    {
        if (record.Length == 0) return false;
        var flat = Flat([line]);
        return flat.AsSpan().Count(' ') > leastWords && record.Contains(flat, StringComparison.Ordinal);
    }

    /// <summary>Words in lower case between single spaces: mail programs break lines anew and change blanks.</summary>
    private static string Flat(IEnumerable<string> texts)
    {
        var flat = new System.Text.StringBuilder(" ");
        foreach (var text in texts)
        {
            foreach (var c in text)
            {
                if (char.IsLetterOrDigit(c)) flat.Append(char.ToLowerInvariant(c));
                else if (flat[^1] != ' ') flat.Append(' ');
            }
            if (flat[^1] != ' ') flat.Append(' ');
        }
        return flat.ToString();
    }
}
