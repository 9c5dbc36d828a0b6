using Baton.Conversations.Attachments;
using Baton.Text;

namespace Baton.Conversations.Inbound;

/// <summary>A ticket or a further message as a channel hands it over: raw, verified, not yet redacted.</summary>
public sealed record InboundTicket
{
    /// <summary>The sender's id of the ticket; 1 to 128 letters, digits or <c>. _ : # / -</c>.</summary>
    public required string TicketId { get; init; }

    /// <summary>True when the sender gave no id and Baton made one: it is no part of what was delivered.</summary>
    public bool IdIsMade { get; init; }

    /// <summary>Name of the channel, e.g. <c>email</c>.</summary>
    public string Channel { get; init; } = "api";

    /// <summary>
    /// Id of this delivery in its channel: the same id twice is the same delivery. Null when the ticket id is all
    /// there is.
    /// </summary>
    public string? ExternalId { get; init; }

    /// <summary>The sender's name of this request, whatever channel the ticket is of.</summary>
    public string? IdempotencyKey { get; init; }

    public string? CustomerId { get; init; }

    public string? CustomerEmail { get; init; }

    public string? CustomerName { get; init; }

    /// <summary>Number of the telephone that answers go to, <c>+…</c>, where the channel has one.</summary>
    public string? CustomerPhone { get; init; }

    /// <summary>
    /// Whether the channel has checked that the customer is who the id and address say: a log-in, a signed token.
    /// Default no: what somebody writes is a claim.
    /// </summary>
    public bool CustomerVerified { get; init; }

    public string? CustomerTier { get; init; }

    public int? RecentTickets { get; init; }

    public string? Subject { get; init; }

    /// <summary>In the order they were written; the last one of the customer's is the one to decide on.</summary>
    public required IReadOnlyList<InboundText> Messages { get; init; }

    /// <summary>Values that came in fields of their own, such as <c>order_id</c>.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>When the customer wrote; null means now.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Of a mail that says everything in its subject, the subject is the text to decide on.</summary>
    internal InboundTicket WithText() =>
        Messages is [{ From: Author.Customer } only] && string.IsNullOrWhiteSpace(only.Text)
        && !string.IsNullOrWhiteSpace(Subject) ? this with { Messages = [only with { Text = Subject }] } : this;
}

/// <summary>One text of a ticket, raw.</summary>
public sealed record InboundText(Author From, string Text)
{
    /// <summary>Stands for the text where there is none beside files.</summary>
    internal const string FilesOnly = "[No text; files only]";

    /// <summary>
    /// Headers of the mail it came in, as far as the channel has them; names in any case. Read are <c>Content-Type</c>
    /// and what tells automatic mail (<see cref="AutomaticMail"/>); none is stored.
    /// </summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// What it is called in its whole channel, so that later ones may refer to it, as by Message-ID; null where they
    /// do not.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>Files that came with it. What is not kept of them is a line in the ticket.</summary>
    public IReadOnlyList<InboundAttachment> Attachments { get; init; } = [];

    /// <summary>
    /// Names the message in its ticket, where its sender does; the same one twice is the same message.
    /// </summary>
    public string? ExternalId { get; init; }

    /// <summary>Who of the team wrote it, for the record; null for customers.</summary>
    public string? By { get; init; }

    /// <summary>
    /// The text as a person sees it; that of an HTML body without its tags. What is decided on is made of it.
    /// </summary>
    internal string Seen() => HtmlText.Of(
        Text, Headers.FirstOrDefault(h => h.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value);
}

/// <summary>What became of a delivery.</summary>
public abstract record IntakeOutcome
{
    private IntakeOutcome() { }

    /// <summary>Stored and queued; it is on the disk.</summary>
    public sealed record Accepted(string ConversationId, int Turn) : IntakeOutcome;

    /// <summary>This delivery was accepted before; nothing changed.</summary>
    public sealed record Duplicate(string ConversationId, int Turn) : IntakeOutcome;

    /// <summary>It cannot be accepted as it is.</summary>
    /// <param name="Field">What is wrong.</param>
    /// <param name="Problem">With which value, and how to fix it.</param>
    public sealed record Rejected(string Field, string Problem) : IntakeOutcome;

    /// <summary>The ticket exists already and came through another channel.</summary>
    public sealed record Conflict(string Problem) : IntakeOutcome;

    /// <summary>
    /// A delivery of this name was accepted before and held something else; nothing of this one was stored.
    /// </summary>
    /// <param name="Problem">Names both digests.</param>
    /// <param name="ByKey">The name is an idempotency key, so the fault is the request's and no state can mend
    /// it.</param>
    public sealed record OtherContent(string Problem, bool ByKey) : IntakeOutcome;

    /// <summary>There is no such ticket to add a message to.</summary>
    public sealed record NotFound(string TicketId) : IntakeOutcome;

    /// <summary>Too much is waiting; nothing was stored. Send it again later.</summary>
    public sealed record Busy(TimeSpan RetryAfter) : IntakeOutcome;
}
