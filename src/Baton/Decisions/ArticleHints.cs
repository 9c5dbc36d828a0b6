using Baton.Knowledge;

namespace Baton.Decisions;

/// <summary>The playbook's hint which articles usually answer an intent.</summary>
internal static class ArticleHints
{
    /// <summary>How much more a passage of a hinted article counts; a hint, not a filter.</summary>
    private const double Boost = 1.25;

    /// <summary>The passages in their new order.</summary>
    public static IReadOnlyList<Passage> Prefer(IReadOnlyList<Passage> passages, IReadOnlyList<string> articles) =>
        articles.Count == 0
            ? passages
            : [.. passages
                .Select(p => articles.Contains(p.ArticleId) ? p with { Score = p.Score * Boost } : p)
                .OrderByDescending(p => p.Score)];
}
