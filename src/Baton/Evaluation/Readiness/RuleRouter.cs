using Baton.Evaluation.Metrics;

namespace Baton.Evaluation.Readiness;

/// <summary>
/// The router that a team could write by hand: an ordered list of words (or two of them), each with a route, and one
/// route for the rest (Rivest 1987, decision lists). It says how far rules alone would go.
/// </summary>
internal sealed class RuleRouter
{
    /// <summary>More rules than these nobody keeps in order by hand.</summary>
    private const int MostRules = 40;

    private const int FewestTickets = 5, MostWords = 60_000, Folds = 5;

    private readonly List<(string Word, string Route)> _rules = [];
    private readonly string _rest;

    private RuleRouter(IReadOnlyList<(HashSet<string> Words, string Route)> tickets)
    {
        var left = tickets.ToList();
        while (_rules.Count < MostRules && Best(left) is { } rule)
        {
            _rules.Add(rule);
            left.RemoveAll(t => t.Words.Contains(rule.Word));
        }
        _rest = Commonest(left.Count > 0 ? left : tickets);
    }

    /// <summary>Tickets that it routes as people did, each by a router that has not seen it.</summary>
    public static Rate CrossValidated(IReadOnlyList<(string Text, string Route)> tickets, int seed)
    {
        var read = tickets.Select(t => (Words: Words(t.Text), t.Route)).ToArray();
        new Random(seed).Shuffle(read);
        var right = 0;
        for (var fold = 0; fold < Folds; fold++)
        {
            var router = new RuleRouter([.. read.Where((_, i) => i % Folds != fold)]);
            right += read.Where((t, i) => i % Folds == fold && router.Route(t.Words) == t.Route).Count();
        }
        return new Rate(right, read.Length);
    }

    private string Route(HashSet<string> words)
    {
        foreach (var (word, route) in _rules)
            if (words.Contains(word)) return route;
        return _rest;
    }

    /// <summary>The rule that most betters the route that its tickets would get without it.</summary>
    private static (string Word, string Route)? Best(List<(HashSet<string> Words, string Route)> left)
    {
        if (left.Count == 0) return null;
        var rest = Commonest(left);
        var counts = new Dictionary<string, Dictionary<string, int>>();
        foreach (var (words, route) in left)
            foreach (var word in words)
            {
                if (!counts.TryGetValue(word, out var routes))
                {
                    if (counts.Count >= MostWords) continue;
                    counts[word] = routes = [];
                }
                routes[route] = routes.GetValueOrDefault(route) + 1;
            }
        (string Word, string Route)? best = null;
        var gained = 0;
        foreach (var (word, routes) in counts)
        {
            var (route, hits) = routes.MaxBy(r => r.Value);
            if (hits < FewestTickets || route == rest) continue;
            var gain = hits - routes.GetValueOrDefault(rest);
            if (gain > gained || (gain == gained && best is { } known && string.CompareOrdinal(word, known.Word) < 0))
                (best, gained) = ((word, route), gain);
        }
        return gained < FewestTickets ? null : best;
    }

    private static string Commonest(IReadOnlyList<(HashSet<string> Words, string Route)> tickets) =>
        tickets.CountBy(t => t.Route).OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal)
            .First().Key;

    /// <summary>Lower-case words of a text, and its pairs of neighbours.</summary>
    private static HashSet<string> Words(string text)
    {
        string[] words =
        [
            .. text.ToLowerInvariant().Split([.. text.Where(c => !char.IsLetterOrDigit(c)).Distinct()],
                StringSplitOptions.RemoveEmptyEntries).Take(200),
        ];
        HashSet<string> all = [.. words];
        for (var i = 1; i < words.Length; i++) all.Add($"{words[i - 1]} {words[i]}");
        return all;
    }
}
