using Baton.Evaluation.Metrics;
using Baton.Knowledge.Choice;

namespace Baton.Evaluation.Answers;

/// <summary>The signals of a reply that rules, triggers and guards let through, and whether it was right.</summary>
/// <param name="IsTraffic">Whether it is of a fair sample of what comes in.</param>
internal sealed record AcceptanceRow(double[] Signals, bool Right, bool IsTraffic)
{
    /// <summary>Null where no reply made of articles was sent, or the label does not say what a right one is.</summary>
    public static AcceptanceRow? Of(SectionChoiceOf choice, JudgedTicket ticket, bool isTraffic)
    {
        if (ticket.Answer == AnswerVerdict.None || ticket.Decision.Citations.Count == 0) return null;
        var isDue = ticket.Answer != AnswerVerdict.ShouldNot;
        if (isDue && ticket.Expect.MustSay.Count == 0 && ticket.Expect.Articles.Count == 0) return null;
        return new AcceptanceRow(choice.Evidence, ticket.Answer == AnswerVerdict.Right, isTraffic);
    }
}
