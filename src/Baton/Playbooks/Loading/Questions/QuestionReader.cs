using Baton.Playbooks.Loading.Source;

namespace Baton.Playbooks.Loading.Questions;

/// <summary>
/// Reads <c>knowledge/questions/ARTICLE.yaml</c>: under each heading of the article, a list of what customers ask for
/// that exactly this section answers. Six to eight in customers' own words make the most of it.
/// </summary>
internal static class QuestionReader
{
    public const string Folder = "knowledge/questions";

    private const string SectionMark = "## ";
    private const int LongestQuestion = 300;

    /// <summary>The articles with their questions.</summary>
    public static IReadOnlyList<KnowledgeArticle> Read(
        IReadOnlyList<KnowledgeArticle> articles, IReadOnlyList<SourceFile> files, LoadState state)
    {
        if (files.Count == 0) return articles;
        var asked = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var questions = new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>>();
        foreach (var file in files)
        {
            if (articles.FirstOrDefault(a => a.Id == file.Stem) is not { } article)
            {
                state.Problems.Add(file.Path, 1, null,
                    $"there is no article '{file.Stem}'{Suggestion.Hint(file.Stem, [.. articles.Select(a => a.Id)])}");
                continue;
            }
            if (state.Open(file) is { } section) questions[article.Id] = Sections(section, article, asked);
        }
        var all = articles
            .Select(a => questions.TryGetValue(a.Id, out var own) ? a with { Questions = own } : a).ToList();
        foreach (var article in all) WarnOfSilent(article, state.Problems);
        return all;
    }

    private static Dictionary<string, IReadOnlyList<string>> Sections(
        Section file, KnowledgeArticle article, Dictionary<string, string> asked)
    {
        var headings = Headings(article);
        var read = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var entry in file.Entries)
        {
            var own = new List<string>();
            foreach (var question in file.Texts(entry.Key))
            {
                if (question.Text.Length > LongestQuestion)
                    file.Problems.Add(question,
                        $"a question of {question.Text.Length} characters; at most {LongestQuestion}");
                var place = $"{article.Id}#{entry.Key}";
                if (asked.TryGetValue(question.Text, out var other) && other != place)
                    file.Problems.Warn(file.File.Path, question.Line, null,
                        $"'{question.Text}' is also a question of {other}: the two sections cannot be told apart by it");
                asked[question.Text] = place;
                own.Add(question.Text);
            }
            if (headings.Contains(entry.Key)) read[entry.Key] = own;
            else
                file.Problems.Add(file.File.Path, entry.Line, null,
                    $"article '{article.Id}' has no section '{entry.Key}'{Suggestion.Hint(entry.Key, headings)}");
        }
        file.Close();
        return read;
    }

    private static void WarnOfSilent(KnowledgeArticle article, ProblemList problems)
    {
        foreach (var heading in Headings(article))
            if (article.Questions.GetValueOrDefault(heading) is not { Count: > 0 })
                problems.Warn($"knowledge/{article.Id}.md", 1, null,
                    $"section '{heading}' has no questions: add some to {Folder}/{article.Id}.yaml, or it is found by its text only");
    }

    private static List<string> Headings(KnowledgeArticle article) =>
    [
        .. article.Body.Split('\n').Where(line => line.StartsWith(SectionMark, StringComparison.Ordinal))
            .Select(line => line[SectionMark.Length..].Trim()),
    ];
}
