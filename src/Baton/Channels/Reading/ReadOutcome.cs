using Baton.Conversations;
using Baton.Conversations.Attachments;
using Baton.Conversations.Inbound;

namespace Baton.Channels.Reading;

/// <summary>What reading a ticket at the other side came to.</summary>
public abstract record ReadOutcome
{
    private ReadOutcome() { }

    /// <summary>The ticket as it is there now.</summary>
    public sealed record Found(RemoteTicket Ticket) : ReadOutcome;

    /// <summary>It is not there any more, or was never for us: there is nothing to do.</summary>
    public sealed record Gone : ReadOutcome;

    /// <summary>It may work later.</summary>
    /// <param name="Why">For people; no personal data and no secrets.</param>
    /// <param name="After">When the other side said so.</param>
    public sealed record Retry(string Why, TimeSpan? After = null) : ReadOutcome;

    /// <summary>Asking again does not help: a key is wrong, say. People are told.</summary>
    public sealed record Refused(string Why) : ReadOutcome;
}

/// <summary>A ticket as a helpdesk has it.</summary>
public sealed record RemoteTicket
{
    /// <summary>Ids, customer, subject, fields; its messages are <see cref="Entries"/>.</summary>
    public required InboundTicket Opening { get; init; }

    /// <summary>What was said, oldest first.</summary>
    public required IReadOnlyList<RemoteEntry> Entries { get; init; }

    /// <summary>Who has it there, in the other side's own id; null when nobody, or where it does not matter.</summary>
    public string? Team { get; init; }

    /// <summary>Id there of the person who has it; null when nobody has, or Baton itself.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>Its tags, where writing tags replaces them.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether people are done with it there.</summary>
    public bool IsClosed { get; init; }

    /// <summary>1 to 5, when the customer has rated it there.</summary>
    public int? Stars { get; init; }

    /// <summary>What the customer said with it.</summary>
    public string? Remark { get; init; }
}

/// <summary>Who wrote an entry.</summary>
public enum EntryAuthor
{
    Customer,

    /// <summary>A person of the team, in the helpdesk itself.</summary>
    Agent,

    /// <summary>Baton, by its key.</summary>
    Baton,
}

/// <summary>One entry of a ticket at the other side.</summary>
/// <param name="Id">What the other side calls it; the same one is the same message.</param>
/// <param name="Text">HTML or plain; both are read.</param>
/// <param name="IsPublic">Whether the customer sees it; notes among colleagues are not taken in.</param>
/// <param name="By">Id of the person who wrote it there; null when nobody says.</param>
public sealed record RemoteEntry(
    string Id, EntryAuthor Who, string Text, bool IsPublic, DateTimeOffset At, string? By = null)
{
    /// <summary>
    /// Files that came with it, each with its <see cref="InboundAttachment.Source"/>; they are fetched when the entry
    /// is new here, with <see cref="IChannel.CompleteAsync"/>.
    /// </summary>
    public IReadOnlyList<InboundAttachment> Files { get; init; } = [];

    /// <summary>Whether it says anything.</summary>
    internal bool IsSaid =>
        IsPublic && Who != EntryAuthor.Baton && (Files.Count > 0 || !string.IsNullOrWhiteSpace(Text));

    /// <summary>As a message of a ticket.</summary>
    internal InboundText Message(string channel)
    {
        var message = new InboundText(Who == EntryAuthor.Customer ? Author.Customer : Author.Agent, Text)
        {
            ExternalId = Id, By = By is null ? channel : $"{channel}:{By}", Attachments = Files,
        };
        // An empty paragraph of HTML is no text.
        return Files.Count > 0 && string.IsNullOrWhiteSpace(message.Seen())
            ? message with { Text = InboundText.FilesOnly } : message;
    }
}
