using Baton.Knowledge;
using Baton.Knowledge.Choice;
using Baton.Knowledge.Vectors;
using Baton.Playbooks;

namespace Baton.Decisions.Local;

/// <summary>The sections of a playbook's articles, and what chooses among them.</summary>
internal static class PlaybookSections
{
    /// <summary>
    /// Where there is hardly another to choose, and nobody wrote what is asked, the best is no sign of anything.
    /// </summary>
    private const int FewestWithoutQuestions = 20;

    /// <summary>Null for a playbook with a few sections and no questions: it is searched by its words.</summary>
    public static SectionModel? Train(Playbook playbook, TextVectors vectors, string cacheFolder)
    {
        var options = new KnowledgeOptions();
        var sections = playbook.Articles
            .SelectMany(a => ArticleSection.Of(ToArticle(a), a.Questions, options)).ToList();
        if (sections.Count < FewestWithoutQuestions && sections.All(s => s.Questions.Count == 0)) return null;
        return SectionModel.Train(
            sections,
            [.. playbook.Intents.Where(i => i.Class != IntentClass.Knowledge && i.Examples.Count > 0)
                .Select(i => i.Examples)],
            vectors, cacheFolder);
    }

    public static Article ToArticle(KnowledgeArticle article) => new()
    {
        Id = article.Id, Title = article.Title, Body = article.Body, Tags = article.Tags, Language = article.Language,
    };
}
