using System.Text.RegularExpressions;

namespace Baton.Decisions.Stages.Guarding;

/// <summary>
/// Questions that follow each other without a mark or a joint, as in chats: "how do i clean my tent do you have jobs".
/// </summary>
internal static partial class RunOnQuestions
{
    private const int FewestWords = 4;

    private const RegexOptions Reading =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
        | RegexOptions.ExplicitCapture;

    /// <summary>Whether a clause asks by its order of words; "which I would rather not" does not.</summary>
    public static bool IsOne(string clause) => Opening().IsMatch(clause);

    /// <summary>The clause, cut where a question begins after a whole one.</summary>
    public static IEnumerable<string> Split(string clause)
    {
        var start = 0;
        foreach (Match opening in Opening().Matches(clause))
        {
            // "How long do you" and "do you know how do I": what is before must ask for something by itself.
            var before = clause[start..opening.Index].Trim();
            if (before.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length < FewestWords
                || !Opening().IsMatch(before)) continue;
            yield return before;
            start = opening.Index;
        }
        yield return clause[start..];
    }

    [GeneratedRegex(@"\b((what|where|when|why|who|how) )?(do|does|did|can|could|should|will|would|is|are) "
        + @"(you|i|we|they|it|there|the|my|your|this|that)\b", Reading)]
    private static partial Regex Opening();
}
