using System.Text.RegularExpressions;

namespace Baton.Playbooks.Loading.Source;

/// <summary>The names of one kind that a playbook declares, for checking those that refer to them.</summary>
/// <param name="kind">For messages: <c>queue</c>.</param>
/// <param name="complete">False when the declaring file could not be read: then nothing is reported as unknown.</param>
internal sealed partial class Names(string kind, IReadOnlyCollection<string> known, bool complete = true)
{
    public IReadOnlyCollection<string> Known => known;

    public bool Complete => complete;

    /// <summary>Reports a name that is not declared.</summary>
    public bool Check(Located? name, string usedBy, ProblemList problems)
    {
        if (name is not { } used || known.Contains(used.Text)) return true;
        if (!complete) return false;
        problems.Add(used, $"{usedBy}: unknown {kind} '{used.Text}'{Suggestion.Hint(used.Text, known)}");
        return false;
    }

    /// <summary>Reports names that are declared more than once.</summary>
    public static void CheckUnique(IEnumerable<Located> names, string kind, ProblemList problems)
    {
        foreach (var same in names.GroupBy(n => n.Text, StringComparer.OrdinalIgnoreCase))
        {
            var first = same.First();
            foreach (var again in same.Skip(1))
                problems.Add(again, $"{kind} '{again.Text}' is declared twice (first in {first.File.Path}:{first.Line}); rename one");
        }
    }

    /// <summary>Reports a name that is not of lower-case letters, digits and the joining character.</summary>
    public static void CheckShape(Located? name, string kind, ProblemList problems, bool hyphens = false)
    {
        if (name is not { } given) return;
        var good = given.Text.Length <= 64 && (hyphens ? Hyphenated() : Underscored()).IsMatch(given.Text);
        if (good) return;
        var join = hyphens ? "hyphens" : "underscores";
        problems.Add(given, $"{kind} '{given.Text}' is not a name; use lower-case letters, digits and {join}, at most 64, a letter first");
    }

    /// <summary>Reports what is not the name of an environment variable, which usually is the secret itself.</summary>
    public static void CheckVariable(Located variable, string what, ProblemList problems)
    {
        if (!Variable().IsMatch(variable.Text))
            problems.Add(variable,
                $"{what} must be the name of an environment variable, such as ORDERS_TOKEN; never write the secret itself");
    }

    [GeneratedRegex(@"^[A-Z][A-Z0-9_]{0,63}\z")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^[a-z][a-z0-9_]*\z")]
    private static partial Regex Underscored();

    [GeneratedRegex(@"^[a-z][a-z0-9-]*\z")]
    private static partial Regex Hyphenated();
}
