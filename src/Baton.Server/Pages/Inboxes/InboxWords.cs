using Baton.Conversations;
using Baton.People;
using Baton.People.Inboxes;

namespace Baton.Server.Pages.Inboxes;

/// <summary>What the inbox calls things.</summary>
internal static class InboxWords
{
    public static string Title(InboxView view) => view switch
    {
        InboxView.Mine => "My tickets",
        InboxView.Queues => "My queues",
        InboxView.Unassigned => "Unassigned",
        InboxView.Late => "Late",
        _ => "All open",
    };

    /// <summary>What will be here.</summary>
    /// <param name="hasQueues">Whether the person is in any queue.</param>
    public static string Empty(InboxView view, bool hasQueues) => view switch
    {
        InboxView.Mine => "You have no ticket now. Tickets that you claim, and those offered to you, come here.",
        InboxView.Queues when !hasQueues => "You are in no queue: an admin adds you under People or with baton people.",
        InboxView.Queues => "Nobody waits in your queues.",
        InboxView.Unassigned => "Nobody waits for a person.",
        InboxView.Late => "Nothing is late.",
        _ => "No ticket is with people.",
    };

    public static Api.Problem NoTicket(string id) =>
        new(404, $"There is no ticket {id}", "It may be in another database, or its id may be misspelt.")
        {
            Back = "/inbox", BackTo = "Back to the inbox",
        };

    /// <summary>The colour repeats what the words of the clock say.</summary>
    public static string Badge(ClockLevel level) => level switch
    {
        ClockLevel.Late => "badge bg-red-lt",
        ClockLevel.Soon => "badge bg-yellow-lt",
        ClockLevel.Calm => "badge bg-green-lt",
        _ => "badge bg-secondary-lt",
    };

    /// <summary>Why nothing can be done with a ticket.</summary>
    public static string NotWithPeople(ConversationStatus status) => status switch
    {
        ConversationStatus.Closed => "This ticket is closed. It opens again when the customer writes.",
        ConversationStatus.Waiting => "Baton has answered, and the next word is the customer's.",
        _ => "This ticket is with automation: Baton works on it.",
    };

    /// <summary>What a presence does.</summary>
    public static string Means(Presence presence) => presence switch
    {
        Presence.Online => "New tickets may be offered to you. After 15 minutes without a sign you are away.",
        Presence.Away => "Nothing new is offered to you.",
        Presence.WrapUp => "You finish what you have; nothing new is offered.",
        _ => "You are not at work.",
    };

    public static string Title(Presence presence) => presence switch
    {
        Presence.Online => "Online",
        Presence.Away => "Away",
        Presence.WrapUp => "Wrapping up",
        _ => "Offline",
    };
}
