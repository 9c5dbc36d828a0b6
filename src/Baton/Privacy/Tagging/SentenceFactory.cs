using System.Text;

namespace Baton.Privacy.Tagging;

/// <summary>A training text with its personal data in UTF-16 offsets.</summary>
internal sealed record TaggedText(string Text, IReadOnlyList<PersonalSpan> Spans);

/// <summary>
/// Fills Baton's own training sentences with names from the word lists, invented numbers, and values seen in labelled
/// data, so that the tagger learns the contexts of support mail and not one generator's templates.
/// </summary>
internal sealed class SentenceFactory
{
    private static readonly string[] WordFiles = ["names", "places", "cues"];

    private readonly string[] _sentences = [.. Lines("Baton.Privacy.Tagging.Words.sentences.txt").Select(l =>
        l.Replace("\\n", "\n"))];
    private readonly Dictionary<string, string[]> _words = ReadWords();
    private readonly ILookup<PersonalDataType, string> _values;
    private readonly SlotValues _slots;
    private readonly Random _random;

    public SentenceFactory(IEnumerable<TaggedText> labelled, int seed)
    {
        _random = new Random(seed);
        _values = labelled.SelectMany(t => t.Spans.Select(s => (s.Type, Value: t.Text.Substring(s.Start, s.Length))))
            .Distinct().ToLookup(p => p.Type, p => p.Value);
        _slots = new SlotValues(_words, _values, _random);
    }

    /// <summary>Every sentence <paramref name="times"/> times, each time with other values.</summary>
    public IEnumerable<TaggedText> Sentences(int times)
    {
        for (var i = 0; i < times; i++)
            foreach (var sentence in _sentences) yield return Fill(sentence);
    }

    /// <summary>A labelled text with each of its values replaced by another of the same type and kind.</summary>
    public TaggedText Vary(TaggedText source)
    {
        var text = new StringBuilder();
        var spans = new List<PersonalSpan>();
        var copied = 0;
        foreach (var span in source.Spans)
        {
            text.Append(source.Text, copied, span.Start - copied);
            var value = _slots.Like(source.Text.Substring(span.Start, span.Length), span.Type);
            spans.Add(span with { Start = text.Length, Length = value.Length });
            text.Append(value);
            copied = span.End;
        }
        text.Append(source.Text, copied, source.Text.Length - copied);
        return new TaggedText(text.ToString(), spans);
    }

    /// <summary>The text as hurried people write it, in lower case. Offsets stay.</summary>
    public static TaggedText LowerCase(TaggedText source)
    {
        var lower = source.Text.ToLowerInvariant();
        return lower.Length == source.Text.Length ? source with { Text = lower } : source;
    }

    private TaggedText Fill(string sentence)
    {
        var text = new StringBuilder();
        var spans = new List<PersonalSpan>();
        for (var i = 0; i < sentence.Length;)
        {
            var open = sentence.IndexOf('{', i);
            if (open < 0) open = sentence.Length;
            text.Append(sentence, i, open - i);
            if (open == sentence.Length) break;
            var close = sentence.IndexOf('}', open);
            foreach (var (value, type) in _slots.For(sentence[(open + 1)..close]))
            {
                if (type != PersonalDataType.Literal) spans.Add(new PersonalSpan(text.Length, value.Length, type, 1));
                text.Append(value);
            }
            i = close + 1;
        }
        return new TaggedText(text.ToString(), spans);
    }

    private static Dictionary<string, string[]> ReadWords() => WordFiles
        .SelectMany(file => Lines($"Baton.Privacy.Words.{file}.txt"))
        .Select(line => line.Split(": ", 2))
        .GroupBy(parts => parts[0], parts => parts[1].Split(' '))
        .ToDictionary(group => group.Key, group => group.SelectMany(words => words).Distinct().ToArray());

    private static IEnumerable<string> Lines(string resource)
    {
        using var reader = new StreamReader(typeof(SentenceFactory).Assembly.GetManifestResourceStream(resource)!);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && line[0] != '#') yield return line;
    }
}
