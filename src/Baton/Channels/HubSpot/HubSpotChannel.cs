using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Baton.Channels.Helpdesks;
using Baton.Channels.Recording;
using Baton.Operations.Vendors;
using Baton.Text;
using Baton.Text.Words;

namespace Baton.Channels.HubSpot;

/// <summary>
/// Tickets of HubSpot for what people take over, with the handoff as a note and an owner by queue (CRM API v3 and v4,
/// HubSpot-public-api-spec-collection). An upsert on a unique property knows a repetition; a note is looked for before
/// it is written.
/// </summary>
internal sealed class HubSpotChannel(ChannelOptions channels, TimeProvider clock) : IChannel, IDisposable
{
    private const string Group = "BATON__Channels__HubSpot__";
    private const int LongestNote = 60_000, MostNotes = 20;

    private readonly HubSpotOptions _options = channels.HubSpot;
    private readonly VendorCalls _calls = new(Access(channels.HubSpot, clock), clock);

    public string Name => "hubspot";

    public ChannelWays Ways => ChannelWays.Records;

    public string? Missing(ChannelWays way) => _options.Token.Length == 0
        ? $"{Group}Token is not set: give it the access token of a private app" : null;

    public bool Records(RecordSubject subject) => RouteList.Names(_options.Routes, subject);

    public async Task<DeliveryOutcome> DeliverAsync(Outgoing message, CancellationToken cancellationToken)
    {
        if (message is not OutgoingRecord record) return new DeliveryOutcome.Rejected("only records become tickets");
        var saved = await _calls.SendAsync(HttpMethod.Post, "/crm/v3/objects/tickets/batch/upsert", new JsonObject
        {
            ["inputs"] = new JsonArray(new JsonObject
            {
                ["idProperty"] = _options.Property, ["id"] = record.TicketId, ["properties"] = Properties(record),
            }),
        }, cancellationToken);
        if (saved is not VendorAnswer.Done { Reply.Body: var body }) return HelpdeskDelivery.Sent(saved, _ => null);
        // A failure of one input comes in a 207.
        if (body.Items("results").FirstOrDefault().Id("id") is not { } id)
            return new DeliveryOutcome.Rejected(
                $"the ticket was not taken: {body.Items("errors").FirstOrDefault().Text("message") ?? "no reason given"}");
        return record.Note is { } note
            ? await NoteAsync(id, PlainHtml.Of(CutText.Of(note, LongestNote)),
                cancellationToken)
            : new DeliveryOutcome.Delivered(id);
    }

    public async IAsyncEnumerable<TestStep> TestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new TestStep($"look for the property {_options.Property} of tickets",
            await _calls.GetAsync(
                $"/crm/v3/properties/tickets/{Uri.EscapeDataString(_options.Property)}", cancellationToken) switch
            {
                VendorAnswer.Failed failed => failed.Failure.Why,
                VendorAnswer.Done done when !done.Reply.Body.IsTrue("hasUniqueValue") =>
                    "it is not unique: make it again with unique values required, or tickets come twice",
                _ => null,
            });
    }

    public void Dispose() => _calls.Dispose();

    private async Task<DeliveryOutcome> NoteAsync(string id, string html, CancellationToken cancellationToken)
    {
        var listed = await _calls.GetAsync(
            $"/crm/v4/objects/tickets/{id}/associations/notes?limit={MostNotes}", cancellationToken);
        if (listed is not VendorAnswer.Done { Reply.Body: var notes }) return HelpdeskDelivery.Sent(listed, _ => null);
        var wanted = HelpdeskDelivery.Letters(HtmlText.Of(html));
        foreach (var note in notes.Items("results").Select(r => r.Id("toObjectId")).OfType<string>())
        {
            var read = await _calls.GetAsync(
                $"/crm/v3/objects/notes/{note}?properties=hs_note_body", cancellationToken);
            if (read is not VendorAnswer.Done { Reply.Body: var there }) return HelpdeskDelivery.Sent(read, _ => null);
            if (HelpdeskDelivery.Letters(HtmlText.Of(there.Text("properties", "hs_note_body") ?? "")) == wanted)
                return new DeliveryOutcome.Delivered(id);
        }
        var created = await _calls.SendAsync(HttpMethod.Post, "/crm/v3/objects/notes", new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["hs_timestamp"] = clock.GetUtcNow().UtcDateTime.ToString("O"), ["hs_note_body"] = html,
            },
            ["associations"] = new JsonArray(),
        }, cancellationToken);
        if (created is not VendorAnswer.Done { Reply.Body: var made }) return HelpdeskDelivery.Sent(created, _ => null);
        // Until it is tied to the ticket nobody sees it there: an attempt that ends here leaves nothing to see.
        return HelpdeskDelivery.Sent(
            await _calls.SendAsync(HttpMethod.Put,
                $"/crm/v4/objects/notes/{made.Id("id")}/associations/default/tickets/{id}", null, cancellationToken),
            _ => id);
    }

    private JsonObject Properties(OutgoingRecord record)
    {
        if (record.IsClosed) return new JsonObject { ["hs_pipeline_stage"] = _options.ClosedStage };
        var properties = new JsonObject
        {
            [_options.Property] = record.TicketId, ["subject"] = record.Subject ?? RouteList.Title(record),
            ["content"] = record.PublicNote, ["hs_pipeline"] = _options.Pipeline,
            ["hs_pipeline_stage"] = _options.Stage,
            ["hs_ticket_priority"] =
                record.Priority switch { "urgent" => "HIGH", "high" => "HIGH", "low" => "LOW", _ => "MEDIUM" },
        };
        if (record.Queue is { } queue && NameMap.Read(_options.Owners).GetValueOrDefault(queue) is { } owner)
            properties["hubspot_owner_id"] = owner;
        return properties;
    }

    private static VendorAccess Access(HubSpotOptions options, TimeProvider clock) => new()
    {
        Setting = Group, Url = options.Url, AllowPrivate = options.AllowPrivate, Timeout = options.Timeout,
        Sign = request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Token),
        Judge = reply => reply.Status is >= 400 and < 500 and not (408 or 425)
            ? new VendorFailure(
                reply.Said(reply.Body.Text("message") ?? reply.Body.Text("category")), reply.Status is 423 or 429,
                reply.After(clock.GetUtcNow())) : null,
    };
}
