using System.Text.RegularExpressions;

namespace Baton.Knowledge.Grounding;

/// <summary>Names what in a sentence cannot be found in the sources, or is said differently there.</summary>
internal static partial class GroundingProblems
{
    private static readonly HashSet<string> Calendar =
        [.. ("january february march april may june july august september october november december " +
            "monday tuesday wednesday thursday friday saturday sunday").Split(' ')];

    private static readonly HashSet<string> Promises =
        [.. "always never guaranteed guarantee guarantees definitely unlimited everyone impossible entirely instantly".Split(' ')];

    /// <summary>Inventions that alone make an answer unfit: numbers, amounts, dates, links, names.</summary>
    public static IEnumerable<string> Facts(AnswerText sentence, SourceText source, GroundingOptions options)
    {
        foreach (var number in sentence.Facts.Numbers)
            if (source.Facts.Against(number) is { } problem) yield return problem;
        foreach (var link in sentence.Facts.Links)
            if (!source.Text.Contains(link, StringComparison.OrdinalIgnoreCase))
                yield return $"link {link} not in sources";
        foreach (var word in sentence.Words)
        {
            if (!word.IsName || word.IsNumber || source.Has(word.Stem) || source.HasForm(word.Form)) continue;
            if (WordLists.Courtesy.Contains(word.Stem) || FunctionWords.Contains(word.Form)) continue;
            if (IsKnown(word, options)) continue;
            if (sentence.Facts.Links.Any(link => link.Contains(word.Form))) continue;
            var kind = Calendar.Contains(word.Form) ? "date" : "name";
            yield return $"{kind} '{sentence.Text.AsSpan(word.Start, word.Length)}' not in sources";
        }
    }

    /// <summary>Statements that the sources make the other way round, or less strongly.</summary>
    public static IEnumerable<string> Meaning(AnswerText sentence, SourceText source)
    {
        if (Negation.Mismatches(sentence.Words, source) is [var negated, ..])
            yield return $"negation differs at '{negated.Form}'";
        foreach (var (word, opposite) in Negation.Opposites(sentence.Words, source))
            yield return $"'{word.Form}' in the answer, '{opposite}' in the sources";
        foreach (var word in sentence.Words)
            if (Promises.Contains(word.Form) && !source.Has(word.Stem))
                yield return $"'{word.Form}' is stronger than the sources";
    }

    /// <summary>Removes what stands for redacted values: they were never in the sources.</summary>
    public static string WithoutPlaceholders(string answer) => Placeholder().Replace(answer, " ");

    /// <summary>Part of a name that needs no source.</summary>
    public static bool IsKnown(GroundingWord word, GroundingOptions options) => options.KnownNames.Any(
        name => name.Split(' ').Any(part => part.Equals(word.Form, StringComparison.OrdinalIgnoreCase)));

    [GeneratedRegex(@"[\[<{][A-Z][A-Z_]{1,30}[_ -]?\d{0,6}[\]>}]", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
