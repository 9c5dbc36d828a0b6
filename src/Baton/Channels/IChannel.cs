using Baton.Channels.Reading;
using Baton.Channels.Recording;
using Baton.Conversations.Inbound;

namespace Baton.Channels;

/// <summary>
/// One way in and out. Written by strangers as well: implement it, register it with <c>AddChannel</c>, and derive a
/// test from <c>ChannelConformance</c>. A channel never decides. What it takes in is answered by the workers; what they
/// say comes back as <see cref="OutgoingText"/>.
/// </summary>
public interface IChannel
{
    /// <summary>
    /// Lower-case letters, digits and <c>-</c>; the <c>channel</c> of its tickets, and the address
    /// <c>/channels/{name}</c>.
    /// </summary>
    string Name { get; }

    /// <summary>What it can do; only that is asked of it.</summary>
    ChannelWays Ways { get; }

    /// <summary>Whether somebody sits there and waits: such tickets are never put off to save money.</summary>
    bool IsLive => false;

    /// <summary>
    /// Whether it shows Markdown as what it means; others get the replies of people as text without marks.
    /// </summary>
    bool CarriesMarkdown => false;

    /// <summary>Whether files of people's replies reach the customer by it.</summary>
    bool CarriesFiles => false;

    /// <summary>
    /// What is not set yet for one of its ways, and how to set it; null when it can work. It is asked each time.
    /// </summary>
    string? Missing(ChannelWays way) => null;

    /// <summary>
    /// Largest body in bytes that is read before <see cref="Verify"/>. Default 1 MiB; 64 MiB at most.
    /// </summary>
    int LargestBody => 1024 * 1024;

    /// <summary>Whether a request comes from who it says. Total: no body and no header makes it throw.</summary>
    Verification Verify(InboundRequest request) => new Verification.Refused($"channel {Name} takes nothing in");

    /// <summary>Reads a verified request. Total, as <see cref="Verify"/>.</summary>
    ParsedRequest Parse(InboundRequest request) =>
        new ParsedRequest.Refused("request", $"channel {Name} takes nothing in");

    /// <summary>
    /// Reads a ticket where it is kept, after <see cref="Arrival.Changed"/>. An exception is a failure that may pass.
    /// </summary>
    /// <param name="externalId">The ticket as the other side calls it.</param>
    Task<ReadOutcome> ReadAsync(string externalId, CancellationToken cancellationToken) =>
        Task.FromResult<ReadOutcome>(new ReadOutcome.Refused($"channel {Name} keeps no tickets"));

    /// <summary>How often <see cref="ChangedAsync"/> is asked; null: never.</summary>
    TimeSpan? CatchUpEvery => null;

    /// <summary>Which tickets have changed there, for hints that were lost; a few too many do no harm.</summary>
    /// <param name="mark">From the answer before; null the first time.</param>
    /// <param name="since">Where to begin without a mark.</param>
    Task<ChangesOutcome> ChangedAsync(string? mark, DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult<ChangesOutcome>(new ChangesOutcome.Failed($"channel {Name} keeps no tickets"));

    /// <summary>
    /// Whether the record of a decision goes to this channel: of its own tickets, unless it says otherwise. Asked only
    /// of channels with <see cref="ChannelWays.Records"/>. Pure.
    /// </summary>
    bool Records(RecordSubject subject) =>
        subject.Channel == Name && subject.Outcome != RecordSubject.Claimed;

    /// <summary>
    /// Fetches what an arrival only has an address of, such as its files; at most a few seconds. What is not to be had
    /// stays a line in the ticket. Asked of verified requests, and as a message of each new entry with files of a
    /// ticket that was read.
    /// </summary>
    Task<Arrival> CompleteAsync(Arrival arrival, CancellationToken cancellationToken) => Task.FromResult(arrival);

    /// <summary>
    /// Why a text of another channel's ticket, which a person wants to send by this one, would find nobody here; null
    /// when it would. Pure.
    /// </summary>
    string? Unreachable(OutgoingText text) =>
        text.ExternalId is null ? $"channel {Name} knows the customer only by tickets of its own" : null;

    /// <summary>
    /// Sends one message, at least once, in the order of its conversation. An exception is a failure that may pass.
    /// </summary>
    Task<DeliveryOutcome> DeliverAsync(Outgoing message, CancellationToken cancellationToken) =>
        Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Rejected($"channel {Name} sends nothing"));

    /// <summary>
    /// A real round trip with the other side, for whoever sets it up: a step after each thing that was tried, the last
    /// one with what went wrong. No customer and no ticket sees anything of it. Asked only when nothing is
    /// <see cref="Missing"/>; an exception is a failed step.
    /// </summary>
    IAsyncEnumerable<TestStep> TestAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<TestStep>();
}

/// <summary>One thing that a test of a channel tried.</summary>
/// <param name="What">In words, such as <c>log in to smtp.example.com:587 as support</c>.</param>
/// <param name="Problem">What went wrong and what to do about it; null when it worked.</param>
public sealed record TestStep(string What, string? Problem = null);

/// <summary>What a channel can do.</summary>
[Flags]
public enum ChannelWays
{
    /// <summary>
    /// Nothing is pushed in or out: tickets come by the API or the console, and texts are read there.
    /// </summary>
    Read = 0,

    /// <summary>Takes requests at <c>POST /channels/{name}</c>.</summary>
    In = 1,

    /// <summary>Sends what is said to customers.</summary>
    Out = 2,

    /// <summary>Sends messages to people of the team.</summary>
    Notices = 4,

    /// <summary>Keeps tickets of its own: takes the record of each decision, the handoff to people included.</summary>
    Records = 8,

    /// <summary>Takes tickets in by routes or a connection of its own.</summary>
    Own = 16,

    /// <summary>Wakes people: takes only the notices that name it, which are those of alerts.</summary>
    Pages = 32,
}

/// <summary>A request as it came, before anybody has read it.</summary>
/// <param name="Body">Every byte, as signed.</param>
/// <param name="Headers">By name in any case; several values of one name are joined with commas.</param>
public sealed record InboundRequest(ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Where it was sent, as far as forwarded headers are believed. Some schemes sign it.</summary>
    public Uri? Url { get; init; }

    /// <summary>The value of a header, or null.</summary>
    public string? Header(string name) =>
        Headers.FirstOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}

/// <summary>Whether a request is from who it says.</summary>
public abstract record Verification
{
    private Verification() { }

    public sealed record Verified : Verification;

    /// <param name="Why">For the person who sets the other side up; never what would have been right.</param>
    public sealed record Refused(string Why) : Verification;
}

/// <summary>What a verified request holds.</summary>
public abstract record ParsedRequest
{
    private ParsedRequest() { }

    /// <summary>Empty when there is nothing to do, for example for an update of our own.</summary>
    public sealed record Arrived(IReadOnlyList<Arrival> All) : ParsedRequest
    {
        /// <summary>What the other side wants to hear when all of it is on the disk; null: that it is.</summary>
        public InboundAnswer? Answer { get; init; }
    }

    /// <summary>It cannot be read. Sending it again does not help.</summary>
    /// <param name="Field">What is wrong.</param>
    /// <param name="Problem">With which value, and how to fix it.</param>
    public sealed record Refused(string Field, string Problem) : ParsedRequest;
}

/// <summary>The body of a 200.</summary>
public sealed record InboundAnswer(string ContentType, string Body);

/// <summary>Something a customer, or somebody for a customer, has sent.</summary>
public abstract record Arrival
{
    private Arrival() { }

    /// <summary>
    /// A new ticket. Its channel is set by Baton; <see cref="InboundTicket.ExternalId"/> makes a repetition the same
    /// delivery.
    /// </summary>
    public sealed record Ticket(InboundTicket Content) : Arrival;

    /// <summary>
    /// A text that belongs to a ticket of this channel where it names one, and opens one where it does not.
    /// </summary>
    /// <param name="Content">
    /// The ticket to open, with one text. Its <see cref="InboundTicket.ExternalId"/> names the delivery, and
    /// <see cref="InboundText.Name"/> the text for later ones.
    /// </param>
    /// <param name="Tickets">Ids of tickets that it proves to belong to, the surest first.</param>
    /// <param name="Names">Names of earlier texts of the channel that it refers to, the nearest first.</param>
    public sealed record Reply(InboundTicket Content, IReadOnlyList<string> Tickets, IReadOnlyList<string> Names)
        : Arrival
    {
        /// <summary>
        /// Stands before the digest in the name of a delivery whose own name had come with other content.
        /// </summary>
        public const char AgainMark = '#';

        /// <summary>
        /// Where nothing else names a ticket, the customer's latest one of the channel takes it if it has changed
        /// within this time; null: none does. For channels that know no threads.
        /// </summary>
        public TimeSpan? Within { get; init; }
    }

    /// <summary>The other side could not deliver what we sent, and said so afterwards.</summary>
    /// <param name="MessageId">The idempotency key under which it was sent.</param>
    /// <param name="Why">For people; no personal data.</param>
    public sealed record Failure(string MessageId, string Why) : Arrival;

    /// <summary>A further message of a ticket of this channel.</summary>
    /// <param name="ExternalId">Names the message in its ticket: the same one twice is the same message.</param>
    public sealed record Message(string TicketId, InboundText Text, string ExternalId) : Arrival;

    /// <summary>
    /// Something changed on a ticket that is kept there: it is read with <see cref="IChannel.ReadAsync"/>, once however
    /// many say so, and in whatever order.
    /// </summary>
    /// <param name="ExternalId">The ticket as the other side calls it.</param>
    public sealed record Changed(string ExternalId) : Arrival;

    /// <summary>
    /// A person of the team takes a ticket of any channel that waits; one who has it already keeps it.
    /// </summary>
    /// <param name="By">Id of the person, as the channel's settings name it.</param>
    public sealed record Claimed(string TicketId, string By) : Arrival;

    /// <summary>A person of the team decides about a call that waits for an approval.</summary>
    /// <param name="By">Id of the person, as the channel's settings name it.</param>
    public sealed record Decided(string ApprovalId, string By, bool Approves) : Arrival
    {
        /// <summary>Tells whoever pressed why it does not count; null where the channel has no way to.</summary>
        public Func<string, CancellationToken, Task>? Tell { get; init; }
    }
}

/// <summary>How an attempt to send ended.</summary>
public abstract record DeliveryOutcome
{
    private DeliveryOutcome() { }

    /// <param name="Id">What the other side calls it, if it said so.</param>
    public sealed record Delivered(string? Id = null) : DeliveryOutcome;

    /// <summary>It may work later.</summary>
    /// <param name="Why">For people; no personal data and no secrets.</param>
    /// <param name="After">When the other side said so, an hour at most; null leaves it to the back-off.</param>
    public sealed record Retry(string Why, TimeSpan? After = null) : DeliveryOutcome;

    /// <summary>The other side will never take it. People are told.</summary>
    public sealed record Rejected(string Why) : DeliveryOutcome;
}
