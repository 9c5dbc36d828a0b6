using Baton.Conversations.Findings;
using Baton.Knowledge.Choice;
using Baton.Playbooks.Models;

namespace Baton.Decisions.Stages;

/// <summary>A reply made of whole sections of articles, word for word.</summary>
internal static class SectionReply
{
    public static DraftAnswer Of(SectionChoiceOf choice, double probability) => new()
    {
        Text = string.Join("\n\n", choice.Sections.Select(Text)),
        Source = "article",
        Citations = [.. choice.Sections.Select(s => new Citation(s.ArticleId, s.Title, s.Heading, s.Text))],
        Relevance = probability,
        Tier = TierNames.Local,
    };

    private static string Text(ArticleSection section) =>
        section.Heading.Length == 0 ? section.Plain() : $"{section.Heading}\n{section.Plain()}";
}
