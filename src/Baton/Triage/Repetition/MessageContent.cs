using Baton.Text.Words;
using Baton.Triage.Tone.Phrases;

namespace Baton.Triage.Repetition;

/// <summary>What a message is about: its content words with weights, and the letter sequences of those words.</summary>
internal sealed class MessageContent
{
    private static readonly Lazy<PhraseBook> Book = new(() => PhraseBookReader.Embedded(
        "Baton.Triage.Tone.Words.classes.txt", "Baton.Triage.Repetition.Words.repetition.txt"));

    /// <summary>Shorter numbers count days and pieces.</summary>
    private const int LeastDigits = 4;

    private readonly Dictionary<string, double> _words = [];
    private readonly HashSet<uint> _sequences = [];
    private readonly HashSet<string> _numbers = [];

    private MessageContent()
    {
    }

    /// <summary>The sum of the weights.</summary>
    public double Weight { get; private set; }

    /// <summary>True when the customer says that they said it before.</summary>
    public bool HasCue { get; private set; }

    /// <summary>
    /// Whether it names an order, a case or an amount that none of the others names: that was not said before.
    /// </summary>
    public bool NamesMoreThan(IEnumerable<MessageContent> others) =>
        _numbers.Count > 0 && !_numbers.IsSubsetOf(others.SelectMany(o => o._numbers));

    public static MessageContent Of(PhraseText text)
    {
        var content = new MessageContent();
        var meaning = new string?[text.Count];
        var weak = new bool[text.Count];
        foreach (var hit in Book.Value.Find(text))
        {
            if (hit.Topic.Name == "cue") content.HasCue = true;
            else if (hit.Topic.Name == "weak") weak[hit.From] = true;
            else meaning.AsSpan(hit.From, hit.To - hit.From).Fill(hit.Topic.Name);
        }
        for (var i = 0; i < text.Count; i++) content.Take(text, i, meaning[i], weak[i]);
        content.Weight = content._words.Values.Sum();
        return content;
    }

    /// <summary>
    /// Half from the weighted words both share against all words (Jaccard), a third from how much of the shorter
    /// message the longer one contains, the rest from shared letter sequences (Dice), which forgive spelling.
    /// </summary>
    public double SimilarityTo(MessageContent other)
    {
        if (Weight == 0 || other.Weight == 0) return 0;
        var shared = 0.0;
        foreach (var (word, weight) in _words)
            if (other._words.TryGetValue(word, out var same)) shared += Math.Min(weight, same);
        var jaccard = shared / (Weight + other.Weight - shared);
        var contained = Math.Min(1, shared / Math.Max(2.5, Math.Min(Weight, other.Weight)));
        var letters = _sequences.Count + other._sequences.Count == 0 ? 0
            : 2.0 * _sequences.Count(other._sequences.Contains) / (_sequences.Count + other._sequences.Count);
        return 0.5 * jaccard + 0.3 * contained + 0.2 * letters;
    }

    private void Take(PhraseText text, int i, string? meaning, bool weak)
    {
        var token = text[i];
        if (!token.IsWord || token.Kind == PhraseTokenKind.Emoticon) return;
        var word = text.Word(i);
        if (meaning is null && StopWords.Contains(word)) return;
        var stem = meaning ?? EnglishStemmer.Stem(word.ToString());
        var weight = weak ? 0.4 : token.Kind == PhraseTokenKind.Number || word.ContainsAnyInRange('0', '9') ? 1.3 : 1;
        _words[stem] = Math.Max(weight, _words.GetValueOrDefault(stem));
        if (Digits(word) >= LeastDigits) _numbers.Add(stem);
        if (weak) return;
        for (var at = 0; at + 3 <= word.Length; at++) _sequences.Add(PhraseHash.Of(word.Slice(at, 3)));
    }

    private static int Digits(ReadOnlySpan<char> word)
    {
        var digits = 0;
        foreach (var c in word) if (char.IsAsciiDigit(c)) digits++;
        return digits;
    }

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> StopWords = new HashSet<string>("""
        a an the and or but if then so as of at by for with about to from in on off up down out over under into
        is are was were be been being am do does did doing done have has had having i me my mine we us our you
        your he him his she her it its they them their this that these those there here what which who whom when
        where why how not no nor than too very s t don't didn't doesn't isn't wasn't can't couldn't won't
        wouldn't haven't hasn't i'm i've it's that's i'd i'll we've you're because while some any all both each
        other only own same such more most yes yeah yep yup sounds good great right correct fine okay ok perfect
        cool thanks thank hello hi der die das und ist ich nicht le la les et est je pas el los y es que de en un
        une una il o da
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)).GetAlternateLookup<ReadOnlySpan<char>>();
}
