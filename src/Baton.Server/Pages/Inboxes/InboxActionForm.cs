using Baton.Conversations.Judging;
using Baton.Conversations.Promises;
using Baton.Conversations.Tickets;
using Baton.Playbooks;

namespace Baton.Server.Pages.Inboxes;

/// <summary>What an agent does with a ticket, as the page's forms send it.</summary>
internal sealed class InboxActionForm
{
    /// <summary>Longest text of a note or a reason, characters.</summary>
    public const int LongestText = PersonActionJson.LongestNote;

    public string? Id { get; set; }

    public string? Action { get; set; }

    public string? Version { get; set; }

    /// <summary>Of a note.</summary>
    public string? Text { get; set; }

    public string? Queue { get; set; }

    public string? Reason { get; set; }

    public string? Why { get; set; }

    public string? Outcome { get; set; }

    /// <summary>The answer to <em>Was a person needed?</em></summary>
    public string? Needed { get; set; }

    /// <summary>Id of the ticket that this one is merged into.</summary>
    public string? Into { get; set; }

    /// <summary>Id of the reply that is to be taken back.</summary>
    public string? Message { get; set; }

    /// <summary>Path of the ticket's page.</summary>
    public string? Back { get; set; }

    /// <summary>Path of the list that the ticket is in.</summary>
    public string? List { get; set; }

    /// <summary>Whether it leaves the person without the ticket: then the list is next.</summary>
    public bool GivesAway => Action is "release" or "reroute" or "close" or "decline" or "unlock";

    /// <summary>The action, or what is missing.</summary>
    public (PersonAction? Action, string? Problem) Read() => Action switch
    {
        "claim" => (new PersonAction.Claim(), null),
        "accept" => (new PersonAction.Accept(), null),
        "decline" => (new PersonAction.Decline(), null),
        "release" => (new PersonAction.Release(), null),
        "unlock" => (new PersonAction.Unlock(), null),
        "note" => Given(Text, "text") is { } problem ? (null, problem)
            : (new PersonAction.Note(Text!.ReplaceLineEndings("\n").Trim()), null),
        "undo" => (new PersonAction.TakeBack(Message ?? ""), null),
        "call" => EnumWords.Find<CallOutcome>(Outcome ?? "") is { } outcome ? (new PersonAction.Call(outcome), null)
            : (null, $"outcome is '{Outcome}': choose {Words<CallOutcome>()}."),
        "reroute" => Reroute(),
        "close" => Close(),
        _ => (null, $"action is '{Action}': say claim, accept, decline, release, unlock, note, undo, call, reroute or close."),
    };

    private (PersonAction?, string?) Reroute()
    {
        if (EnumWords.Find<RerouteReason>(Reason ?? "") is not { } reason)
            return (null, $"reason is '{Reason}': choose {Words<RerouteReason>()}.");
        if (string.IsNullOrWhiteSpace(Queue)) return (null, "queue is empty: choose where the ticket belongs.");
        return Given(Why, "why") is { } problem ? (null, problem)
            : (new PersonAction.Reroute(Queue, Why!.Trim(), reason), null);
    }

    private (PersonAction?, string?) Close()
    {
        if (EnumWords.Find<CloseOutcome>(Outcome ?? "") is not { } outcome)
            return (null, $"outcome is '{Outcome}': choose {Words<CloseOutcome>()}.");
        if (EnumWords.Find<PersonNeeded>(Needed ?? "") is not { } needed)
            return (null, $"needed is '{Needed}': say whether a person was needed, {Words<PersonNeeded>()}.");
        return Why?.Length > LongestText ? (null, TooLong(Why, "why"))
            : (new PersonAction.Close(Why?.Trim() ?? "", outcome, needed), null);
    }

    private static string? Given(string? text, string field) => string.IsNullOrWhiteSpace(text)
        ? $"{field} is empty: write a sentence." : text.Length > LongestText ? TooLong(text, field) : null;

    private static string TooLong(string text, string field) =>
        $"{field} has {text.Length} characters, the limit is {LongestText}.";

    private static string Words<T>() where T : struct, Enum => string.Join(", ", EnumWords.All<T>());
}
