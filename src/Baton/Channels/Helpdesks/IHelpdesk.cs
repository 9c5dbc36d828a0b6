using Baton.Channels.Reading;
using Baton.Operations.Vendors;

namespace Baton.Channels.Helpdesks;

/// <summary>
/// A vendor's helpdesk in its own protocol. What all of them have in common, when to look and what to say, is
/// <see cref="HelpdeskDelivery"/>.
/// </summary>
internal interface IHelpdesk
{
    /// <summary>Reads a ticket with all that was said in it.</summary>
    Task<ReadOutcome> ReadAsync(string externalId, CancellationToken cancellationToken);

    /// <summary>Says something to the customer; the answer holds the id of what was said.</summary>
    Task<VendorAnswer> SayAsync(OutgoingText text, RemoteTicket there, CancellationToken cancellationToken);

    /// <summary>Writes a record; no field of it has an effect when it is written twice.</summary>
    Task<VendorAnswer> FileAsync(OutgoingRecord record, RemoteTicket there, CancellationToken cancellationToken);

    /// <summary>Writes a note for colleagues, which the customer never sees.</summary>
    Task<VendorAnswer> NoteAsync(OutgoingRecord record, CancellationToken cancellationToken);

    /// <summary>Id of what an answer has created; null where it does not say.</summary>
    string? Created(VendorReply reply);
}
