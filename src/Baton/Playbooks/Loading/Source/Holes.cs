using System.Text.RegularExpressions;

namespace Baton.Playbooks.Loading.Source;

/// <summary>The <c>{name}</c> holes of fixed texts, answers and addresses; <c>{!name}</c> in answers only.</summary>
internal static partial class Holes
{
    /// <summary>Names in the order they stand; null when a brace is not closed or a hole is not a name.</summary>
    public static IReadOnlyList<string>? Read(string text)
    {
        var outside = Hole().Replace(text, "");
        if (outside.Contains('{') || outside.Contains('}')) return null;
        return [.. Hole().Matches(text).Select(m => m.Groups[1].Value)];
    }

    /// <summary>The holes of a fixed text, which may only have the known ones.</summary>
    public static void Check(Located? text, string field, IReadOnlyCollection<string> known, ProblemList problems)
    {
        if (text is not { } given) return;
        if (Read(given.Text) is not { } holes)
        {
            problems.Add(given, $"'{field}' has a brace that is not a hole; write {{name}} with both braces");
            return;
        }
        foreach (var hole in holes.Where(h => !known.Contains(h)))
            problems.Add(given, $"'{field}': unknown hole '{{{hole}}}'{Suggestion.Hint(hole, known)}");
    }

    [GeneratedRegex(@"\{(!?[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)\}")]
    private static partial Regex Hole();
}
