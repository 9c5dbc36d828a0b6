using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Baton.Channels.Helpdesks;
using Baton.Channels.Recording;
using Baton.Operations.Vendors;
using Baton.Text.Words;

namespace Baton.Channels.Salesforce;

/// <summary>
/// Cases of Salesforce Service Cloud for what people take over, with the handoff as a comment that no customer sees,
/// and an owner by queue (REST API guide: upsert by external id, CaseComment). An upsert knows a repetition; a comment
/// is looked for before it is written.
/// </summary>
internal sealed class SalesforceChannel(ChannelOptions channels, TimeProvider clock) : IChannel, IDisposable
{
    private const string Group = "BATON__Channels__Salesforce__";

    /// <summary>Of a comment, in bytes; of a subject, in characters.</summary>
    private const int LongestComment = 4_000, LongestSubject = 255;

    private readonly SalesforceOptions _options = channels.Salesforce;
    private readonly SalesforceCalls _calls = new(new VendorAccess
    {
        Setting = Group, Url = channels.Salesforce.Url, AllowPrivate = channels.Salesforce.AllowPrivate,
        Timeout = channels.Salesforce.Timeout, Sign = _ => { },
    }, channels.Salesforce.ClientId, channels.Salesforce.ClientSecret, clock);

    public string Name => "salesforce";

    public ChannelWays Ways => ChannelWays.Records;

    public string? Missing(ChannelWays way) =>
        _options.Url is null ? $"{Group}Url is not set: give it your My Domain, such as https://acme.my.salesforce.com"
        : _options.ClientId.Length == 0 || _options.ClientSecret.Length == 0
            ? $"{Group}ClientId and {Group}ClientSecret are not both set: give them a connected app with client credentials"
        : null;

    public bool Records(RecordSubject subject) => RouteList.Names(_options.Routes, subject);

    public async Task<DeliveryOutcome> DeliverAsync(Outgoing message, CancellationToken cancellationToken)
    {
        if (message is not OutgoingRecord record) return new DeliveryOutcome.Rejected("only records become cases");
        var there = await _calls.GetAsync(CasePath(record.TicketId) + "?fields=Id", cancellationToken);
        if (there is VendorAnswer.Failed { Failure.Status: not 404 }) return HelpdeskDelivery.Sent(there, _ => null);
        var id = there is VendorAnswer.Done { Reply.Body: var known } ? known.Text("Id") : null;
        var saved = await SendAsync(
            HttpMethod.Patch, CasePath(record.TicketId), Case(record, isNew: id is null), cancellationToken);
        if (saved is not VendorAnswer.Done { Reply: var reply }) return HelpdeskDelivery.Sent(saved, _ => null);
        id ??= reply.Body.Text("id");
        if (id is null) return new DeliveryOutcome.Retry("the case that was saved has no id yet");
        return record.Note is { } note
            ? await CommentAsync(id, Cut(note), cancellationToken) : new DeliveryOutcome.Delivered(id);
    }

    public async IAsyncEnumerable<TestStep> TestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new TestStep($"log in at {_options.Url} and look for the field {_options.Field} of Case",
            await _calls.QueryAsync($"SELECT Id, {_options.Field} FROM Case LIMIT 1", cancellationToken)
                is VendorAnswer.Failed failed ? failed.Failure.Why : null);
    }

    public void Dispose() => _calls.Dispose();

    private async Task<DeliveryOutcome> CommentAsync(string id, string note, CancellationToken cancellationToken)
    {
        var there = await _calls.QueryAsync(
            $"SELECT Id, CommentBody FROM CaseComment WHERE ParentId = {SalesforceCalls.Literal(id)} "
            + "ORDER BY CreatedDate DESC LIMIT 50", cancellationToken);
        if (there is not VendorAnswer.Done { Reply.Body: var found }) return HelpdeskDelivery.Sent(there, _ => null);
        if (found.Items("records")
            .Any(c => HelpdeskDelivery.Letters(c.Text("CommentBody") ?? "") == HelpdeskDelivery.Letters(note)))
            return new DeliveryOutcome.Delivered(id);
        return HelpdeskDelivery.Sent(
            await SendAsync(HttpMethod.Post, SalesforceCalls.Data + "/sobjects/CaseComment", new JsonObject
            {
                ["ParentId"] = id, ["CommentBody"] = note, ["IsPublished"] = false,
            }, cancellationToken),
            _ => id);
    }

    private JsonObject Case(OutgoingRecord record, bool isNew)
    {
        if (record.IsClosed) return new JsonObject { ["Status"] = _options.ClosedStatus };
        var subject = record.Subject ?? RouteList.Title(record);
        var fields = new JsonObject
        {
            ["Subject"] = CutText.Of(subject, LongestSubject),
            ["Priority"] = record.Priority is "urgent" or "high" ? "High" : record.Priority == "low" ? "Low" : "Medium",
            ["Origin"] = record.Channel == "email" ? "Email" : "Web",
        };
        // Supplied values can be set when a case is created, and not after.
        if (isNew && record.CustomerEmail is { } email) fields["SuppliedEmail"] = email;
        if (isNew && record.CustomerName is { } name) fields["SuppliedName"] = name;
        if (record.Queue is { } queue && NameMap.Read(_options.Owners).GetValueOrDefault(queue) is { } owner)
            fields["OwnerId"] = owner;
        return fields;
    }

    private Task<VendorAnswer> SendAsync(
        HttpMethod method, string path, JsonObject body, CancellationToken cancellationToken) => _calls.SendAsync(() =>
        {
            var request = new HttpRequestMessage(method, _calls.Address(path))
            {
                Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
            };
            // Without it every write may run the assignment rules and change the owner.
            request.Headers.Add("Sforce-Auto-Assign", "FALSE");
            return request;
        }, cancellationToken);

    private string CasePath(string ticketId) =>
        $"{SalesforceCalls.Data}/sobjects/Case/{_options.Field}/{Uri.EscapeDataString(ticketId)}";

    /// <summary>At a whole character.</summary>
    private static string Cut(string note)
    {
        if (Encoding.UTF8.GetByteCount(note) <= LongestComment) return note;
        var length = Math.Min(note.Length, LongestComment);
        while (Encoding.UTF8.GetByteCount(note.AsSpan(0, length)) > LongestComment - 3) length--;
        if (char.IsHighSurrogate(note[length - 1])) length--;
        return note[..length] + "…";
    }
}
