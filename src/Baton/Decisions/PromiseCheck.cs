using System.Text.RegularExpressions;
using Baton.Knowledge.Markdown;
using Baton.Text.Words;

namespace Baton.Decisions;

/// <summary>
/// Finds sentences that commit the company to something its sources do not say. Works on words: it knows the usual
/// ways to promise and no others. A sentence is backed when one sentence of the sources makes the same kind of
/// statement with the same words; "we will" and "you will get" have to stand there too.
/// </summary>
internal static partial class PromiseCheck
{
    /// <summary>Share of a promise's words that one sentence of the sources must have.</summary>
    private const double Backed = 0.8;

    private const int ShownCharacters = 80;

    /// <summary>Kinds of promises. A list, so that the trace can name the kind.</summary>
    private static readonly IReadOnlyList<(string Kind, Regex Pattern)> Kinds =
    [
        ("a refund", Refund()),
        ("money", Money()),
        ("a discount", Discount()),
        ("a deadline", Deadline()),
        ("a guarantee", Guarantee()),
        ("a replacement", Replacement()),
        ("an action", Action()),
    ];

    /// <summary>One line per sentence that promises what nothing backs.</summary>
    public static IReadOnlyList<string> Unbacked(string answer, IReadOnlyList<string> sources)
    {
        List<string> found = [];
        List<(string Text, HashSet<string> Stems)>? backing = null;
        foreach (var sentence in Split(answer))
        {
            foreach (var (kind, pattern) in Kinds)
            {
                if (!pattern.IsMatch(sentence)) continue;
                backing ??= [.. sources.SelectMany(Split).Select(s => (s, Stems(s)))];
                var words = Stems(sentence);
                if (backing.Any(s => pattern.IsMatch(s.Text) && Share(words, s.Stems) >= Backed)) continue;
                found.Add($"promises {kind} that nothing backs: \"{Short(sentence)}\"");
                break;
            }
        }
        return found;
    }

    private static IEnumerable<string> Split(string text) =>
        text.Split('\n').SelectMany(line => Sentences.In(line, 0, line.Length).Select(s => line[s.Start..s.End]));

    private static double Share(HashSet<string> words, HashSet<string> source) =>
        words.Count == 0 ? 1 : words.Count(source.Contains) / (double)words.Count;

    private static HashSet<string> Stems(string sentence) =>
        [.. Word().Matches(sentence.ToLowerInvariant()).Select(m => EnglishStemmer.Stem(m.Value))];

    private static string Short(string sentence) =>
        CutText.Of(sentence, ShownCharacters, "…");

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();

    private const RegexOptions Loose =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private const string Times =
        "today|tonight|tomorrow|(mon|tues|wednes|thurs|fri|satur|sun)day|noon|midnight|weekend|"
        + "minutes?|hours?|days?|weeks?|months?";

    [GeneratedRegex(@"\b(refund|refunded|refunds|reimburse\w*|money back|credited|give (you )?back)\b", Loose)]
    private static partial Regex Refund();

    [GeneratedRegex(@"\b(compensat\w*|goodwill|voucher|store credit|free of charge|at no (extra )?(cost|charge)"
        + @"|for free|on us|waive\w*)\b", Loose)]
    private static partial Regex Money();

    [GeneratedRegex(@"\b(discount\w*|\d+ ?(%|percent) off|half price|reduced price|coupon)\b", Loose)]
    private static partial Regex Discount();

    [GeneratedRegex(@"\b(within|in|by|before|until|no later than)\b.{0,24}\b(" + Times + @")\b"
        + @"|\b(immediately|right away|as soon as possible|today|tomorrow)\b", Loose)]
    private static partial Regex Deadline();

    [GeneratedRegex(@"\b(guarantee\w*|promise\w*|assure you|rest assured|for sure|definitely|certainly"
        + @"|without (any )?(fail|question))\b", Loose)]
    private static partial Regex Guarantee();

    [GeneratedRegex(@"\b(replace\w*|send (you )?(a|another|the) new|new one|exception)\b", Loose)]
    private static partial Regex Replacement();

    [GeneratedRegex(@"\b(we|i)( will|'ll|’ll| are going to|'re going to| have| just)\b"
        + @"|\byou( will|'ll|’ll) (get|receive|have|be (contacted|called|sent|paid))\b"
        + @"|\b(we|i) (cancelled|canceled|changed|updated|reset|booked|arranged|forwarded|escalated)\b", Loose)]
    private static partial Regex Action();
}
