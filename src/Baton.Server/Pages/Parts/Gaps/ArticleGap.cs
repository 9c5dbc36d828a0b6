using Baton.Conversations.Findings;
using Baton.Decisions;
using Baton.Decisions.Stages;
using Baton.Decisions.Stages.Offering;
using Event = Baton.Conversations.ConversationEvent;

namespace Baton.Server.Pages.Parts.Gaps;

/// <summary>
/// A message that the articles would have answered, had they been surer: what they had for it, and what would help.
/// </summary>
/// <param name="Probability">How probably the articles answer the whole message.</param>
/// <param name="Needed">From which probability they would have been sent; null in older records.</param>
/// <param name="Nearest">The section that is most probably the right one.</param>
public sealed record ArticleGap(double Probability, double? Needed, Offer Nearest)
{
    /// <summary>
    /// From this share a section is near enough to be the right one. Of golden tickets with one question that were
    /// offered passages and not answered, it was in 37 of 45; below in 4 of 14.
    /// </summary>
    private const double Near = 0.5;

    /// <summary>A passage is there to be recognised, not read.</summary>
    private const int MostCharacters = 280;

    /// <summary>Whether a question would help, and not an article.</summary>
    public bool IsNear => Nearest.Probability >= Near;

    /// <summary>The beginning of the section.</summary>
    public string Passage => Shortened(Nearest.Text);

    /// <summary>
    /// The gap of a turn; null where something else than the articles kept the reply from being sent, and where they
    /// were not asked.
    /// </summary>
    public static ArticleGap? Of(TurnTrace turn)
    {
        if (turn.Escalated is null) return null;
        var stages = turn.Stages.OfType<Event.StageCompleted>().ToList();
        if (stages.FindLast(s => s.Stage == StageNames.Escalation) is not { } assessed
            || stages.FindLast(s => s.Stage == StageNames.Offers) is not { } offered)
            return null;
        // The first stage asks the articles only where nothing else stands against a reply.
        if (assessed.Output.Read(StageJson.Of<Assessment>())
            is not { AnswerProbability: { } probability, Accepted: false })
            return null;
        var made = Offered.Of(offered.Output);
        return (made.Nearest ?? (made.Offers is [var first, ..] ? first : null)) is { } nearest
            ? new ArticleGap(probability, made.Needed, nearest) : null;
    }

    /// <summary>At most so many characters, cut between words.</summary>
    public static string Shortened(string text)
    {
        if (text.Length <= MostCharacters) return text;
        var space = text.LastIndexOf(' ', MostCharacters);
        return text[..(space > 0 ? space : MostCharacters)] + " …";
    }
}
