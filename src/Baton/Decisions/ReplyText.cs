using System.Text;
using Baton.Conversations.Findings;
using Baton.Conversations.Solving;
using Baton.Customers;
using Baton.Decisions.Stages;
using Baton.Decisions.Turns;
using Baton.Playbooks;

namespace Baton.Decisions;

/// <summary>The words that go to a customer. Personal data is still in placeholders here.</summary>
internal static class ReplyText
{
    /// <summary>Characters kept free for it where a channel limits them.</summary>
    private const int LongestPromise = 120;

    /// <summary>An answer with greeting, sources and signature.</summary>
    public static string Answer(Brand brand, DraftAnswer draft)
    {
        var text = new StringBuilder().Append(brand.Greeting).Append("\n\n").Append(draft.Text);
        var titles = draft.Citations.Select(c => c.Title).Distinct().ToList();
        if (titles.Count > 0) text.Append("\n\nSource: ").AppendJoin("; ", titles);
        return text.Append("\n\n").Append(brand.Signature).ToString().Trim();
    }

    /// <summary>The question back for a missing field, and what may answer the customer without it.</summary>
    public static string Question(Turn turn, string field, IReadOnlyList<Offer> offers)
    {
        var shown = field == Confirming.Field ? turn.Findings.Resolution?.Confirm : null;
        var question = shown is not null ? shown.Text
            : turn.Playbook.Fields.TryGetValue(field, out var known)
            ? known.Question
            : field == VerifyingQuestion.Field ? VerifyingQuestion.Text
            : $"Could you tell us the {field.Replace('_', ' ')}?";
        var unknown = turn.Findings.Resolution?.Problem == Resolution.NotFound
            && turn.Fields.TryGetValue(field, out var value)
            ? $"We could not find {value}. "
            : "";
        var asked = With(turn, offers, unknown + question, turn.Playbook.Brand.AskedOffersText, "");
        return $"{turn.Playbook.Brand.Greeting}\n\n{asked}\n\n{turn.Playbook.Brand.Signature}".Trim();
    }

    /// <summary>Characters of the longest reply on the turn's channel; null: any.</summary>
    public static int? Limit(Turn turn) =>
        turn.Playbook.Channels.GetValueOrDefault(turn.Conversation.Channel)?.Length;

    /// <summary>As many of the offers as fit into a text, the best first.</summary>
    /// <param name="text">The text with these offers; a promise is still to come.</param>
    public static IReadOnlyList<Offer> Fitting(
        Turn turn, IReadOnlyList<Offer> offers, Func<IReadOnlyList<Offer>, string> text)
    {
        if (Limit(turn) is not { } limit) return offers;
        var count = offers.Count;
        while (count > 0 && text([.. offers.Take(count)]).Length > limit - LongestPromise) count--;
        return [.. offers.Take(count)];
    }

    /// <summary>The promise of a person, and what may help meanwhile.</summary>
    public static string Escalated(Turn turn, string promise, IReadOnlyList<Offer> offers) => With(
        turn, offers, Fill(turn, turn.Playbook.Brand.EscalatedText, promise), turn.Playbook.Brand.OffersText, promise);

    private static string With(
        Turn turn, IReadOnlyList<Offer> offers, string said, string around, string promise) => offers.Count == 0
            ? said
            : said + "\n\n" + Fill(turn, around, promise).Replace(
                "{offers}", string.Join("\n\n", offers.Select(SolvedLinks.Quoted)), StringComparison.Ordinal);

    /// <summary>An offered passage solved it, and the ticket is closed.</summary>
    public static string Solved(Turn turn) => Fill(turn, turn.Playbook.Brand.SolvedText, "");

    /// <summary>Nobody who may want to hurt themselves is thanked for writing to a shop.</summary>
    public static string Crisis(Turn turn, string promise) => Fill(turn, turn.Playbook.Brand.CrisisText, promise);

    public static string Waiting(Turn turn) => Waiting(turn, turn.Conversation.Promise ?? "");

    public static string Waiting(Turn turn, string promise) => Fill(turn, turn.Playbook.Brand.WaitingText, promise);

    /// <summary>A person has to agree before automation goes on.</summary>
    public static string Approval(Turn turn) => Fill(turn, turn.Playbook.Brand.ApprovalText, "");

    public static string KillSwitch(Turn turn) => Fill(turn, turn.Playbook.Brand.KillSwitchText, "");

    private static string Fill(Turn turn, string text, string promise) => text
        .Replace("{promise}", promise, StringComparison.Ordinal)
        .Replace("{ticket}", turn.Conversation.Id, StringComparison.Ordinal)
        .Replace("{brand}", turn.Playbook.Brand.Name, StringComparison.Ordinal)
        .Trim();
}
