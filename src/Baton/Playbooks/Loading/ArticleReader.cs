using Baton.Playbooks.Loading.Source;

namespace Baton.Playbooks.Loading;

/// <summary>Reads <c>knowledge/*.md</c>: front matter between two lines of <c>---</c>, then Markdown.</summary>
internal static class ArticleReader
{
    public static IReadOnlyList<KnowledgeArticle> Read(IReadOnlyList<SourceFile> all, LoadState state)
    {
        var files = all.Where(f => f.Path.EndsWith(".md", StringComparison.Ordinal)).ToList();
        state.Articles = new Names("article", [.. files.Select(f => f.Stem)]);
        return [.. files.Select(f => ReadOne(f, state)).OfType<KnowledgeArticle>()];
    }

    /// <summary>One article; null after reporting why there is none.</summary>
    public static KnowledgeArticle? ReadOne(SourceFile file, LoadState state)
    {
        Names.CheckShape(new Located(file.Stem, file, 1, 1), "article", state.Problems, hyphens: true);
        if (FrontMatter.Read(file, $"article '{file.Stem}'", state) is not { } front) return null;
        var section = front.Fields;
        var language = section.Located("language");
        BrandReader.CheckLanguage(language, state.Problems);
        var article = new KnowledgeArticle
        {
            Id = file.Stem,
            Title = section.Text("title", "Returning something"),
            Body = file.Text[front.TextAt..].Trim('\n'),
            Tags = section.Words("tags"),
            Language = language?.Text ?? "en",
            Imported = section.Child("imported") is { } mark ? Mark(mark) : null,
        };
        section.Close();
        WarnOfTitles(file, front.TextAt, state.Problems);
        if (string.IsNullOrWhiteSpace(article.Body))
            state.Problems.Add(file.Path, file.Text.Count(c => c == '\n'), null,
                "the article has no text below its front matter; write it or remove the file");
        return article;
    }

    private static ImportMark Mark(Section imported)
    {
        var mark = new ImportMark(
            imported.Text("source", "helpdesk"), imported.Text("id", "\"360001\""),
            imported.Text("digest", "\"0123456789abcdef\""), imported.Flag("by_name", otherwise: false));
        imported.Close();
        return mark;
    }

    /// <summary>Sections begin with <c>##</c>; the first level is the title, which the front matter has.</summary>
    private static void WarnOfTitles(SourceFile file, int from, ProblemList problems)
    {
        var line = file.Text.AsSpan(0, from).Count('\n');
        var inCode = false;
        foreach (var text in file.Text[from..].Split('\n'))
        {
            line++;
            if (text.TrimStart().StartsWith("```", StringComparison.Ordinal)) inCode = !inCode;
            if (inCode || !text.StartsWith("# ", StringComparison.Ordinal)) continue;
            problems.Warn(file.Path, line, null,
                $"article '{file.Stem}': '{text.Trim()}' is a heading of the first level; "
                + "sections start with '##', the title is in the front matter");
        }
    }
}
