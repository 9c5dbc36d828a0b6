using System.Collections.Immutable;

namespace Baton.Playbooks.Rules;

/// <summary>What each field may still be, on one branch of a search.</summary>
internal sealed class FieldSets
{
    private readonly ImmutableDictionary<RuleField, NumberSet> _numbers;
    private readonly ImmutableDictionary<RuleField, WordSet> _words;
    private readonly ImmutableDictionary<RuleField, PhraseSet> _texts;

    private FieldSets(
        ImmutableDictionary<RuleField, NumberSet> numbers,
        ImmutableDictionary<RuleField, WordSet> words,
        ImmutableDictionary<RuleField, PhraseSet> texts)
    {
        _numbers = numbers;
        _words = words;
        _texts = texts;
    }

    public static FieldSets Everything { get; } = new([], [], []);

    /// <summary>
    /// The sets in which the comparison also holds (or fails); null when nothing is left of its field.
    /// </summary>
    public FieldSets? Restrict(Comparison comparison, bool holds, RuleVocabulary vocabulary)
    {
        var field = comparison.Field;
        switch (field.Kind)
        {
            case RuleFieldKind.Word:
                var words = _words.GetValueOrDefault(field, WordSet.All).And(WordSet.Of(comparison, holds));
                return words.IsEmpty(vocabulary.WordsOf(field)) ? null
                    : new(_numbers, _words.SetItem(field, words), _texts);
            case RuleFieldKind.Text:
                var phrases = _texts.GetValueOrDefault(field, PhraseSet.All);
                return phrases.And(comparison, holds) is { } left ? new(_numbers, _words, _texts.SetItem(field, left))
                    : null;
            default:
                var set = NumberSet.Of(comparison);
                if (!holds) set = set.Complement(field);
                set = set.And(_numbers.GetValueOrDefault(field, NumberSet.All(field)));
                return set.IsEmpty ? null : new(_numbers.SetItem(field, set), _words, _texts);
        }
    }
}

/// <summary>Words a field may be: only some, or all but some; and whether it may be not known.</summary>
internal sealed record WordSet(ImmutableHashSet<string> Words, bool AllBut, bool NotKnown)
{
    public static WordSet All { get; } =
        new(ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase), true, true);

    public static WordSet Of(Comparison comparison, bool holds)
    {
        var words = All.Words.Union(comparison.Values.Select(v => v.Word!));
        var excludes = comparison.Operator is "!=" or "not in";
        return new WordSet(words, excludes == holds, NotKnown: !holds);
    }

    public WordSet And(WordSet other)
    {
        var known = NotKnown && other.NotKnown;
        if (AllBut && other.AllBut) return new(Words.Union(other.Words), true, known);
        if (AllBut) return new(other.Words.Except(Words), false, known);
        return new(other.AllBut ? Words.Except(other.Words) : Words.Intersect(other.Words), false, known);
    }

    public bool IsEmpty(IReadOnlyList<string>? possible) =>
        !NotKnown && (AllBut ? possible is not null && possible.All(Words.Contains) : Words.Count == 0);
}

/// <summary>Phrases a text has and has not, and whether it may be not known.</summary>
internal sealed record PhraseSet(ImmutableList<string> With, ImmutableList<string> Without, bool NotKnown)
{
    public static PhraseSet All { get; } = new([], [], NotKnown: true);

    /// <summary>The set in which the search also holds (or fails), or null when no text is left.</summary>
    public PhraseSet? And(Comparison search, bool holds)
    {
        var phrase = search.Values[0].Word!;
        var wantsPhrase = search.Operator == "in" == holds;
        // A search that fails also allows a text that is not known, and then says nothing about phrases.
        if (!holds && NotKnown) return this;
        var set = wantsPhrase
            ? new PhraseSet(With.Add(phrase), Without, false)
            : new PhraseSet(With, Without.Add(phrase), false);
        var contradicts = set.With.Exists(
            w => set.Without.Exists(n => w.Contains(n, StringComparison.OrdinalIgnoreCase)));
        return contradicts ? null : set;
    }
}
