using System.Collections.Frozen;

namespace Baton.Triage.Tone.Phrases;

/// <summary>What a group of phrases says: a topic, how strongly, and switches such as <c>literal</c>.</summary>
internal sealed record PhraseTopic(string Name, double Level, IReadOnlySet<string> Flags)
{
    public bool Has(string flag) => Flags.Contains(flag);
}

/// <summary>A phrase found in a text: tokens <c>[From, To)</c>.</summary>
internal readonly record struct PhraseHit(PhraseTopic Topic, int From, int To);

/// <summary>
/// A set of word patterns, compiled so that one pass over a text finds all of them. Patterns are written in
/// <c>Words/*.txt</c>; <see cref="PhraseBookReader"/> describes the notation.
/// </summary>
internal sealed class PhraseBook
{
    private readonly FrozenDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _classes;
    private readonly PhrasePattern[][] _byFirstClass;

    internal PhraseBook(Dictionary<string, int[]> classesOfWord, int classes, List<PhrasePattern> patterns)
    {
        _classes = classesOfWord.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _byFirstClass = new PhrasePattern[classes][];
        var byFirst = patterns.ToLookup(p => p.Elements[0].Class);
        for (var i = 0; i < classes; i++) _byFirstClass[i] = [.. byFirst[i]];
        PatternCount = patterns.Count;
    }

    /// <summary>How many patterns were compiled (optional words count as separate patterns).</summary>
    public int PatternCount { get; }

    /// <summary>Every phrase found, by starting token; at one token the longest of each topic only.</summary>
    public List<PhraseHit> Find(PhraseText text)
    {
        var hits = new List<PhraseHit>();
        var classes = new int[text.Count][];
        var present = new bool[_byFirstClass.Length];
        for (var i = 0; i < classes.Length; i++)
        {
            classes[i] = ClassesOf(text, i);
            foreach (var c in classes[i]) present[c] = true;
        }
        for (var i = 0; i < classes.Length; i++)
        {
            var first = hits.Count;
            foreach (var c in classes[i])
                foreach (var pattern in _byFirstClass[c])
                    // Most patterns lack their last word somewhere in the text: that is cheaper to see than to match.
                    if (present[pattern.Elements[^1].Class]
                        && Match(text, classes, pattern.Elements, 1, i + 1) is var end and > 0)
                        Keep(hits, first, new PhraseHit(pattern.Topic, i, end));
        }
        return hits;
    }

    private int[] ClassesOf(PhraseText text, int i)
    {
        var token = text[i];
        if (token.Kind == PhraseTokenKind.Number)
            return _classes.TryGetValue(text.Word(i), out var exact) ? exact : _classes["<number>"];
        return token.IsWord && _classes.TryGetValue(text.Word(i), out var found) ? found : [];
    }

    /// <summary>The token after the last one of the match, or 0. Gaps try the shortest skip first.</summary>
    private static int Match(PhraseText text, int[][] classes, PhraseElement[] elements, int element, int at)
    {
        if (element == elements.Length) return at;
        var wanted = elements[element];
        for (var skipped = 0; at < classes.Length; at++)
        {
            var kind = text[at].Kind;
            if (text[at].EndsClause) return 0;
            if (kind == PhraseTokenKind.Comma) { if (wanted.Gap == 0) return 0; continue; }
            if (Array.IndexOf(classes[at], wanted.Class) >= 0
                && Match(text, classes, elements, element + 1, at + 1) is var end and > 0) return end;
            if (++skipped > wanted.Gap) return 0;
        }
        return 0;
    }

    private static void Keep(List<PhraseHit> hits, int first, PhraseHit hit)
    {
        for (var i = first; i < hits.Count; i++)
        {
            if (!ReferenceEquals(hits[i].Topic, hit.Topic)) continue;
            if (hits[i].To < hit.To) hits[i] = hit;
            return;
        }
        hits.Add(hit);
    }
}

/// <summary>One step of a pattern: a class of words, and how many other words may stand before it.</summary>
internal readonly record struct PhraseElement(int Class, int Gap);

/// <summary>A compiled pattern.</summary>
internal sealed record PhrasePattern(PhraseTopic Topic, PhraseElement[] Elements);
