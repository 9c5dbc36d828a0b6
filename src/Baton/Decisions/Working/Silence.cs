using System.Text.RegularExpressions;
using Baton.Conversations;
using Baton.Conversations.Solving;
using Baton.Conversations.Verdicts;
using Baton.Decisions.Turns;
using Baton.Escalation.Triggers;
using Baton.Playbooks;
using Baton.Text;

namespace Baton.Decisions.Working;

/// <summary>
/// Turns in which nobody says anything: automatic mail, our own text coming back, a person who has answered already.
/// They
/// are recorded and shown in lists; nothing is sent, promised, queued or timed.
/// </summary>
internal static class Silence
{
    /// <summary>Characters that a customer does not write by chance just as we do.</summary>
    private const int SurelyOurs = 20;

    /// <summary>Why there is nothing to say, or null.</summary>
    public static string? Of(Turn turn)
    {
        var conversation = turn.Conversation;
        // Closed where the ticket is kept, after the customer wrote and before anybody answered here.
        if (conversation.Status == ConversationStatus.Closed) return "a person has closed it already";
        if (conversation.Transcript is [.., { From: Author.Agent }]) return "a person has answered already";
        if (turn.Input.Automatic is { } kind && !IsGrave(turn, kind)) return "automatic mail: " + kind;
        return IsOurs(turn) ? "automatic mail: our own text came back" : null;
    }

    /// <summary>What is committed with such a turn.</summary>
    public static TurnDecision Decide(Turn turn, string why, double latencyMs)
    {
        var conversation = turn.Conversation;
        var reasoning = why + "; nothing is sent";
        var made = conversation.Locked ? conversation.LastDecision : null;
        return new TurnDecision
        {
            Events =
            [
                new ConversationEvent.DecisionMade(
                    turn.Number, turn.Playbook.Version, made?.Route ?? Route.Auto, OutcomeKind.Silent, 1, false,
                    reasoning,
                    [], [], [reasoning], null, made?.Priority ?? Priority.Normal, conversation.Queue, latencyMs),
            ],
        };
    }

    /// <summary>
    /// In doubt a person: a machine may pass on what a customer wrote about an injury, a theft or a lawyer.
    /// </summary>
    private static bool IsGrave(Turn turn, string kind) => kind is not (AutomaticMail.Report or AutomaticMail.Own)
        && Triggers.AnyOfWords(turn.Playbook, new SaidWords("", AutomaticMail.Told(turn.Body)));

    /// <summary>Whether the whole message is something Baton said, here or in a fixed text of the playbook.</summary>
    private static bool IsOurs(Turn turn)
    {
        var body = Flat(WithoutLinks(turn.Body));
        var brand = turn.Playbook.Brand;
        string[] texts = [brand.EscalatedText, brand.CrisisText, brand.WaitingText, brand.KillSwitchText];
        return body.Length >= SurelyOurs && (texts.Any(text => Fills(body, text, brand.Name))
            || turn.Conversation.Transcript.Any(l => l.From == Author.Baton && Flat(l.Text) == body));
    }

    /// <summary>
    /// Whether it is a fixed text with one sentence for the promise, an id for the ticket, and nothing besides.
    /// </summary>
    private static bool Fills(string body, string fixedText, string brand)
    {
        var text = Flat(fixedText.Replace("{brand}", brand, StringComparison.Ordinal));
        var longest = text.Split(["{promise}", "{ticket}"], StringSplitOptions.None).MaxBy(p => p.Length)!;
        // Most messages hold nothing of it, and a pattern need not be made.
        if (longest.Length < SurelyOurs || !body.Contains(longest, StringComparison.Ordinal)) return false;
        var pattern = Regex.Escape(text)
            .Replace(Regex.Escape("{promise}"), @"(?<promise>[^?!\n]{0,200})", StringComparison.Ordinal)
            .Replace(Regex.Escape("{ticket}"), @"[A-Za-z0-9._:#/-]{1,128}", StringComparison.Ordinal);
        const RegexOptions reading = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;
        var match = Regex.Match(body, "^" + pattern + "$", reading);
        return match.Success && match.Groups["promise"].Value.Trim().TrimEnd('.').Split(". ").Length == 1;
    }

    /// <summary>The record holds what was said without the links that the customer got with it.</summary>
    private static string WithoutLinks(string text) =>
        !HasLink(text) ? text : string.Join('\n', text.Split('\n').Where(l => !HasLink(l)));

    private static bool HasLink(string text) => text.Contains(SolvedLinks.Words, StringComparison.Ordinal)
        || text.Contains(RatingLinks.Path, StringComparison.Ordinal);

    private static string Flat(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
