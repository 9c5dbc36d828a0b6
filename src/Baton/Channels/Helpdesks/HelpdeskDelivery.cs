using System.Diagnostics;
using Baton.Channels.Reading;
using Baton.Operations.Vendors;
using Baton.Text;

namespace Baton.Channels.Helpdesks;

/// <summary>
/// Writes to a helpdesk once. None of them refuses a repeated comment by a key, so it is looked before anything is
/// written: what an earlier attempt left there, before its process died or its answer was lost, is not written again.
/// </summary>
internal static class HelpdeskDelivery
{
    /// <summary>How far the vendor's clock may be behind ours.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(2);

    public static async Task<DeliveryOutcome> DeliverAsync(
        IHelpdesk desk, Outgoing message, CancellationToken cancellationToken)
    {
        var id = message switch
        {
            OutgoingText text => text.ExternalId,
            OutgoingRecord record => record.ExternalId,
            _ => null,
        };
        if (id is null) return new DeliveryOutcome.Rejected("the ticket is not one of this helpdesk's");
        return await desk.ReadAsync(id, cancellationToken) switch
        {
            ReadOutcome.Found found => message switch
            {
                OutgoingText text => await SayAsync(desk, text, found.Ticket, cancellationToken),
                OutgoingRecord record => await FileAsync(desk, record, found.Ticket, cancellationToken),
                _ => throw new UnreachableException(message.GetType().Name),
            },
            ReadOutcome.Gone => new DeliveryOutcome.Rejected("the ticket is not there any more (404)"),
            ReadOutcome.Retry retry => new DeliveryOutcome.Retry(retry.Why, retry.After),
            ReadOutcome.Refused refused => new DeliveryOutcome.Rejected(refused.Why),
            var other => throw new UnreachableException(other.GetType().Name),
        };
    }

    /// <summary>What reading failed with.</summary>
    public static ReadOutcome Read(VendorFailure failure) => failure switch
    {
        { Status: 404 or 410 } => new ReadOutcome.Gone(),
        { MayPass: true } => new ReadOutcome.Retry(failure.Why, failure.After),
        _ => new ReadOutcome.Refused(failure.Why),
    };

    /// <summary>What sending came to.</summary>
    public static DeliveryOutcome Sent(VendorAnswer answer, Func<VendorReply, string?> created) => answer switch
    {
        VendorAnswer.Done done => new DeliveryOutcome.Delivered(created(done.Reply)),
        VendorAnswer.Failed { Failure: { MayPass: true } failure } =>
            new DeliveryOutcome.Retry(failure.Why, failure.After),
        VendorAnswer.Failed { Failure: var failure } => new DeliveryOutcome.Rejected(failure.Why),
        _ => throw new UnreachableException(answer.GetType().Name),
    };

    private static async Task<DeliveryOutcome> SayAsync(
        IHelpdesk desk, OutgoingText text, RemoteTicket there, CancellationToken cancellationToken) =>
        Find(
            there, [text.Text, CustomerText.Plain(text), HtmlText.Of(CustomerText.Html(text))], text.At,
            isPublic: true) is { } said
            ? new DeliveryOutcome.Delivered(said.Id)
            : Sent(await desk.SayAsync(text, there, cancellationToken), desk.Created);

    private static async Task<DeliveryOutcome> FileAsync(
        IHelpdesk desk, OutgoingRecord record, RemoteTicket there, CancellationToken cancellationToken)
    {
        if (record.IsClosed && there.IsClosed) return new DeliveryOutcome.Delivered(record.ExternalId);
        var filed = await desk.FileAsync(record, there, cancellationToken);
        if (filed is not VendorAnswer.Done || record.Note is not { } note) return Sent(filed, _ => record.ExternalId);
        return Find(there, [note], record.At, isPublic: false) is { } noted
            ? new DeliveryOutcome.Delivered(noted.Id)
            : Sent(await desk.NoteAsync(record, cancellationToken), desk.Created);
    }

    /// <param name="texts">How it may look there: vendors make text of HTML in their own ways.</param>
    private static RemoteEntry? Find(RemoteTicket there, string[] texts, DateTimeOffset since, bool isPublic)
    {
        var wanted = texts.Select(Letters).ToHashSet();
        return there.Entries.LastOrDefault(e => e.Who == EntryAuthor.Baton && e.IsPublic == isPublic
            && e.At >= since - ClocksDiffer && wanted.Contains(Letters(HtmlText.Of(e.Text))));
    }

    /// <summary>Vendors change lines, spaces and signs of a text; they leave its letters alone.</summary>
    public static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
