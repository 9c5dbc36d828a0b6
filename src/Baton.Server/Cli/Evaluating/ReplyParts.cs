using Baton.Conversations;
using Baton.Playbooks;

namespace Baton.Server.Cli.Evaluating;

/// <summary>What a reply says, and what it may rest on.</summary>
internal static class ReplyParts
{
    /// <summary>Of what stands before the names of the articles: <c>Source:</c>.</summary>
    private const int LongestLabel = 30;

    /// <summary>The paragraphs between greeting and signature, without the one that names the articles.</summary>
    public static string Answer(Decision decision, Brand brand)
    {
        var titles = decision.Citations.Select(c => c.Title).Distinct().ToList();
        var longest = LongestLabel + titles.Sum(t => t.Length + 2);
        return string.Join("\n\n", (decision.Reply ?? "").Split("\n\n").Where(paragraph =>
        {
            var text = paragraph.Trim();
            var namesArticles = text.Length <= longest && text.Contains(':', StringComparison.Ordinal)
                && titles.Any(title => text.Contains(title, StringComparison.Ordinal));
            return !namesArticles && text != brand.Greeting.Trim() && text != brand.Signature.Trim();
        }));
    }

    /// <summary>The cited articles, whole, as they are checked when an answer is made.</summary>
    public static IReadOnlyList<string> Sources(Decision decision, Playbook playbook) =>
    [
        .. decision.Citations.GroupBy(c => c.ArticleId).Select(cited => string.Join('\n',
        [
            cited.First().Title, .. cited.Select(c => c.Heading),
            playbook.Articles.FirstOrDefault(a => a.Id == cited.Key)?.Body ?? "",
        ])),
    ];
}
