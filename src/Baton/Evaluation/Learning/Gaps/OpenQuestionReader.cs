using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Decisions;
using Baton.Decisions.Replaying;
using Baton.Decisions.Stages.Offering;
using Baton.Evaluation.Drafting;
using Baton.Knowledge.Choice;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Evaluation.Learning.Gaps;

/// <summary>
/// Questions of the newest tickets that articles might have answered: those that went to a person because nothing was
/// sure enough, and answers that were taken back, rated badly or overruled. What a trigger, a rule or an intent for
/// people decided is no gap.
/// </summary>
internal static class OpenQuestionReader
{
    private const int Longest = 300, Unhappy = 2;

    /// <summary>From this share on, a section is on the matter.</summary>
    private const double OnTheMatter = 0.5;

    /// <param name="since">Tickets that changed before are left out.</param>
    public static UnansweredQuestions Read(Database database, DateTimeOffset since)
    {
        var (questions, tickets, covered) = (new List<OpenQuestion>(), 0, (Answered: 0, Of: 0));
        foreach (var id in AskedMessages.Newest(database))
        {
            var stored = database.Read(c => Ledger.Read(c, id));
            if (stored.Count == 0 || stored[^1].At < since) continue;
            tickets++;
            foreach (var turn in RecordedTurn.Of(id, stored).Where(t => t.Kept is null))
            {
                if (Covers(turn) is { } answered)
                    covered = (covered.Answered + (answered ? 1 : 0), covered.Of + 1);
                if (WhyOpen(turn) is { } why && Asked(turn) is { Length: > 0 } text)
                    questions.Add(new OpenQuestion(id, text, why, Answers(turn)));
            }
        }
        return new UnansweredQuestions([.. questions.Take(MeaningClusters.MostTexts)], tickets, covered);
    }

    private static string? WhyOpen(RecordedTurn turn) => turn.Made.Outcome switch
    {
        OutcomeKind.Replied when turn.After.Any(IsBad) => "badly rated",
        OutcomeKind.Escalated when Triage(turn) is { } read && (read.Class == IntentClass.Knowledge || read.IsOutOfScope
            || read.Intent == TriageReading.None) && turn.DecidedBy == "routing" => "escalated",
        _ => null,
    };

    private static bool IsBad(ConversationEvent fact) => fact is ConversationEvent.ResolutionWithdrawn
        or ConversationEvent.Rated { Stars: <= Unhappy }
        or ConversationEvent.DecisionReviewed { ShouldHaveBeen: not (null or Route.Auto) };

    /// <summary>Whether a section that was there answered; null where none was on the matter.</summary>
    private static bool? Covers(RecordedTurn turn) => turn.Made.Outcome switch
    {
        OutcomeKind.Replied when turn.Made.AnswerProbability is not null => true,
        OutcomeKind.Escalated when turn.Output(StageNames.Offers) is { } output && turn.DecidedBy == "routing"
            && Offered.Of(output).Nearest is { Probability: >= OnTheMatter } => false,
        _ => null,
    };

    private static TriageReading? Triage(RecordedTurn turn) =>
        turn.Output(StageNames.Triage) is { } output ? ConversationJson.Read<TriageReading>(output) : null;

    /// <summary>The questions of the message that was decided on.</summary>
    private static string Asked(RecordedTurn turn)
    {
        var body = turn.Before.Transcript.LastOrDefault(l => l.From == Author.Customer)?.Text ?? "";
        var units = MessageUnits.Of(MessageText.ForIntent(turn.Before.Subject ?? "", body));
        var text = string.Join(' ', string.Join(' ', units.Questions)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= Longest ? text : text[..Math.Max(text.LastIndexOf(' ', Longest), Longest / 2)];
    }

    private static List<string> Answers(RecordedTurn turn) =>
    [
        .. turn.After.OfType<ConversationEvent.AgentReplied>().Select(r => ResolvedTickets.Answer(r.Text))
            .Where(a => a.Length > 0),
    ];
}
