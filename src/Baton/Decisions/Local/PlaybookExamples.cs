using Baton.Playbooks;
using Baton.Triage.Intents;

namespace Baton.Decisions.Local;

/// <summary>
/// The playbook's utterances, and the titles of the articles that answer an intent. What customers ask of an
/// article is lent to its intent, where it is the only one of class knowledge that links the article.
/// </summary>
internal static class PlaybookExamples
{
    public static List<IntentExample> Of(Playbook playbook)
    {
        var articles = playbook.Articles.ToDictionary(a => a.Id);
        var owners = playbook.Intents.Where(i => i.Class == IntentClass.Knowledge)
            .SelectMany(i => i.Articles, (intent, article) => (intent.Name, Article: article))
            .GroupBy(o => o.Article).Where(g => g.Count() == 1).ToLookup(g => g.Single().Name, g => g.Key);
        return
        [
            .. playbook.Intents.SelectMany(i => i.Examples
                .Concat(i.Articles.Where(articles.ContainsKey).Select(a => articles[a].Title))
                .Select(e => new IntentExample(e, i.Name))),
            .. playbook.Intents.SelectMany(i => owners[i.Name].Where(articles.ContainsKey)
                .SelectMany(a => articles[a].Questions.Values).SelectMany(q => q)
                .Select(q => new IntentExample(q, i.Name) { IsBorrowed = true })),
        ];
    }
}
