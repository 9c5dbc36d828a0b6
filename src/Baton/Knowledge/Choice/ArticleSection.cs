using Baton.Knowledge.Answers;

namespace Baton.Knowledge.Choice;

/// <summary>One section of an article: the unit that is chosen, quoted and cited.</summary>
/// <param name="Text">As it stands in the article, Markdown included, without the heading.</param>
/// <param name="Questions">What customers ask for that it answers.</param>
internal sealed record ArticleSection(
    string ArticleId, string Title, string Heading, string Text, IReadOnlyList<string> Questions)
{
    /// <summary>The sections of an article in their order; what stands before the first heading is one too.</summary>
    public static IReadOnlyList<ArticleSection> Of(
        Article article, IReadOnlyDictionary<string, IReadOnlyList<string>> questions, KnowledgeOptions options)
    {
        var sections = new List<ArticleSection>();
        var chunks = Chunker.Split(article, options);
        for (var i = 0; i < chunks.Count;)
        {
            var last = i;
            while (last + 1 < chunks.Count && chunks[last + 1].Heading == chunks[i].Heading) last++;
            var text = article.Body[chunks[i].Start..chunks[last].End];
            if (text.Length > 0)
                sections.Add(new ArticleSection(
                    article.Id, article.Title, chunks[i].Heading, text,
                    questions.GetValueOrDefault(chunks[i].Heading) ?? []));
            i = last + 1;
        }
        return sections;
    }

    /// <summary>Length in words.</summary>
    public int Words { get; } = Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>How it reads in a reply: paragraphs, whole lists, rows of tables, without inline marks.</summary>
    public string Plain()
    {
        var text = new System.Text.StringBuilder();
        var units = AnswerUnits.Of(Text);
        for (var i = 0; i < units.Count; i++)
        {
            if (i > 0) text.Append(units[i].IsBlock || units[i - 1].IsBlock ? '\n' : ' ');
            text.Append(units[i].Text);
        }
        return text.ToString();
    }

    /// <summary>
    /// What the head learns the section by, beside its questions: its heading, and each sentence, list or row.
    /// </summary>
    public IEnumerable<string> Statements() =>
        AnswerUnits.Of(Text).Select(unit => Heading.Length == 0 ? unit.Text : $"{Heading}: {unit.Text}");
}
