using System.Text;
using Baton.Privacy.Finding;
using Baton.Privacy.Finding.Naming;
using Baton.Privacy.Tagging;

namespace Baton.Privacy;

/// <summary>
/// Finds personal data and replaces it with placeholders. Pure and safe to use from many threads; time is linear in
/// the length of the text, whatever the text is.
/// </summary>
public sealed class Redactor
{
    private const int MostRounds = 8;

    private readonly Tagger _tagger;
    private readonly bool[] _accepted;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<PersonalSpan>>? _known;

    [ThreadStatic]
    private static List<Found>? _found;

    /// <summary>A redactor with the product's default profile.</summary>
    public Redactor() : this(RedactionProfile.Support) { }

    /// <summary>A redactor with another profile.</summary>
    public Redactor(RedactionProfile profile) : this(profile, TaggerModel.Default) { }

    internal Redactor(RedactionProfile profile, TaggerModel model)
    {
        (Profile, _tagger) = (profile, new Tagger(model));
        _accepted = [.. Enum.GetValues<PersonalDataType>().Select(profile.Types.Contains)];
    }

    private Redactor(Redactor other, IReadOnlyDictionary<string, IReadOnlyList<PersonalSpan>> known) =>
        (Profile, _tagger, _accepted, _known) = (other.Profile, other._tagger, other._accepted, known);

    /// <summary>What this redactor replaces.</summary>
    public RedactionProfile Profile { get; }

    /// <summary>
    /// Replaces the personal data in <paramref name="text"/>. Text that merely looks like a placeholder is replaced as
    /// well, so that every placeholder in the result is a real one.
    /// </summary>
    public RedactedText Redact(string text, Placeholders placeholders)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(placeholders);
        var spans = Find(text);
        var once = Replace(text, spans, placeholders);
        return ReferenceEquals(once.Text, text) ? once
            : new RedactedText(Settled(once.Text, placeholders, _ => false), spans);
    }

    /// <summary>
    /// <see cref="Redact"/> for a text that may have been redacted before: placeholders of the conversation stay. Its
    /// own result and that of <see cref="Redact"/> it leaves as they are.
    /// </summary>
    public string RedactAgain(string text, Placeholders placeholders) => RedactAgain(text, placeholders, _ => false);

    /// <inheritdoc cref="RedactAgain(string, Placeholders)"/>
    /// <param name="isPublic">Tells a value that is nobody's and stays.</param>
    internal string RedactAgain(string text, Placeholders placeholders, Func<string, bool> isPublic)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(placeholders);
        return Settled(text, placeholders, isPublic);
    }

    /// <summary>The personal data in a text: ordered, not overlapping, and no placeholder among it.</summary>
    public IReadOnlyList<PersonalSpan> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0) return [];
        if (_known is not null && _known.TryGetValue(text, out var known)) return known;
        var found = _found ??= [];
        found.Clear();
        using var folding = new Folding(text);
        using var tokens = TextTokens.Read(folding.Text);
        Search(new Reading(folding.Text, tokens.Items, found, tokens.Seen));
        KeepAccepted(found);
        Found.Settle(found);
        if (found.Count == 0) return [];
        var spans = new PersonalSpan[found.Count];
        for (var i = 0; i < spans.Length; i++) spans[i] = folding.Original(found[i]);
        return folding.HasPlaceholders ? PlaceholderSpans.Around(text, spans) : spans;
    }

    /// <summary>
    /// A word may read otherwise once its neighbour is a placeholder: what is found then is replaced as well, until
    /// nothing is. Every round but the last leaves fewer letters.
    /// </summary>
    private string Settled(string text, Placeholders placeholders, Func<string, bool> isPublic)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var now = text;
            var spans = Find(now).Where(s => !isPublic(now.Substring(s.Start, s.Length))).ToList();
            var next = Replace(text, spans, placeholders, keepsKnown: true).Text;
            if (next == text) break;
            text = next;
        }
        return text;
    }

    /// <summary>This redactor with the findings of some texts settled beforehand.</summary>
    internal Redactor Knowing(IReadOnlyDictionary<string, IReadOnlyList<PersonalSpan>> known) => new(this, known);

    /// <summary>
    /// Replaces spans that were found elsewhere, for example together with another service's findings.
    /// </summary>
    /// <param name="text">The text the offsets belong to.</param>
    /// <param name="spans">Ordered and not overlapping.</param>
    /// <param name="placeholders">The placeholders of the conversation.</param>
    public static RedactedText Replace(string text, IReadOnlyList<PersonalSpan> spans, Placeholders placeholders) =>
        Replace(text, spans, placeholders, keepsKnown: false);

    private static RedactedText Replace(
        string text, IReadOnlyList<PersonalSpan> spans, Placeholders placeholders, bool keepsKnown)
    {
        if (spans.Count == 0 && !text.Contains('[')) return new RedactedText(text, spans);
        var result = new StringBuilder(text.Length + 16 * spans.Count);
        var copied = 0;
        foreach (var span in spans)
        {
            CopyPlain(text, copied..span.Start, result, placeholders, keepsKnown);
            result.Append(placeholders.For(span.Type, text.Substring(span.Start, span.Length)));
            copied = span.End;
        }
        CopyPlain(text, copied..text.Length, result, placeholders, keepsKnown);
        return new RedactedText(result.ToString(), spans);
    }

    /// <summary>
    /// The finders first; the tagger sees what they said, and where the profile trusts it, it has the last word on
    /// everything that form alone cannot settle.
    /// </summary>
    private void Search(Reading reading)
    {
        Finders.Search(reading);
        Found.Settle(reading.Found);
        var ruled = reading.Found.Count;
        _tagger.Tag(reading, Profile.Reluctance);
        PublicNames.Drop(reading, ruled);
        if (Profile.TaggerDecides)
            reading.Found.RemoveRange(0, Drop(reading.Found, ruled));
    }

    private void KeepAccepted(List<Found> found)
    {
        var kept = 0;
        for (var i = 0; i < found.Count; i++)
            if (found[i].Length > 0 && found[i].Score >= Profile.Floor && _accepted[(int)found[i].Type])
                found[kept++] = found[i];
        found.RemoveRange(kept, found.Count - kept);
    }

    /// <summary>Moves the finders' findings that the tagger may overrule to the front; returns how many.</summary>
    private static int Drop(List<Found> found, int ruled)
    {
        var dropped = 0;
        for (var i = 0; i < ruled; i++)
        {
            if (RuleLabels.Settles(found[i])) continue;
            (found[dropped], found[i]) = (found[i], found[dropped]);
            dropped++;
        }
        return dropped;
    }

    /// <summary>Copies text between findings; what looks like a placeholder becomes a literal.</summary>
    private static void CopyPlain(
        string text, Range range, StringBuilder result, Placeholders placeholders, bool keepsKnown)
    {
        var (start, end) = (range.Start.Value, range.End.Value);
        while (start < end)
        {
            var open = text.AsSpan(start, end - start).IndexOf('[');
            if (open < 0) break;
            open += start;
            var length = Placeholders.LengthAt(text.AsSpan(0, end), open);
            result.Append(text, start, open - start);
            var name = text.Substring(open, Math.Max(length, 1));
            if (length == 0 || keepsKnown && placeholders.Knows(name)) result.Append(name);
            else result.Append(placeholders.For(PersonalDataType.Literal, name));
            start = open + name.Length;
        }
        result.Append(text, start, end - start);
    }
}
