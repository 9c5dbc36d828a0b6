using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Channels.Helpdesks;
using Baton.Channels.Reading;
using Baton.Conversations.Inbound;
using Baton.Operations.Vendors;

namespace Baton.Channels.Zendesk;

/// <summary>
/// Zendesk Support: a webhook says which ticket has changed, the API says how. Answers are public comments, the handoff
/// an internal note.
/// </summary>
internal sealed class ZendeskChannel(ChannelOptions channels, TimeProvider clock, IntakeOptions? intake = null)
    : IChannel, IHelpdesk, IDisposable
{
    private const string Group = "BATON__Channels__Zendesk__";

    /// <summary>Pages of a hundred comments.</summary>
    private const int MostPages = 50;

    private readonly ZendeskOptions _options = channels.Zendesk;
    private readonly ZendeskSignature _signature = new(channels.Zendesk.SecretList, channels.Zendesk.Window, clock);
    private readonly VendorCalls _calls = new(Access(channels.Zendesk), clock);

    public string Name => "zendesk";

    public ChannelWays Ways => ChannelWays.In | ChannelWays.Out | ChannelWays.Records;

    public bool CarriesMarkdown => true;

    public bool CarriesFiles => true;

    public string? Missing(ChannelWays way) =>
        _options.Url is null ? $"{Group}Url is not set: give it your account, such as https://acme.zendesk.com"
        : _options.Email.Length == 0 || _options.Token.Length == 0
            ? $"{Group}Email and {Group}Token are not both set: give them a user of Baton's own and its API token"
        : _options.UserId == 0
            ? $"{Group}UserId is not set: give it the number of that user, so that its own comments are known"
        : way == ChannelWays.In && _options.SecretList.Count == 0
            ? $"{Group}Secrets is not set: give it the signing secret of the webhook"
        : null;

    public Verification Verify(InboundRequest request) => _signature.Problem(request) is { } problem
        ? new Verification.Refused(problem)
        : new Verification.Verified();

    /// <summary>Accounts may ask for a log-in at attachments, which then lead on to another host.</summary>
    public Task<Arrival> CompleteAsync(Arrival arrival, CancellationToken cancellationToken) =>
        HelpdeskFiles.FillAsync(arrival, _options, intake, Access(_options).Sign, clock, cancellationToken);

    public ParsedRequest Parse(InboundRequest request) => ZendeskJson.ReadWebhook(request.Body, _options.UserId);

    public async Task<ReadOutcome> ReadAsync(string externalId, CancellationToken cancellationToken)
    {
        if (!ZendeskJson.IsId(externalId)) return new ReadOutcome.Gone();
        var ticket = await _calls.GetAsync($"/api/v2/tickets/{externalId}?include=users", cancellationToken);
        if (ticket is VendorAnswer.Failed failed) return HelpdeskDelivery.Read(failed.Failure);
        var pages = new List<JsonElement>();
        var next = $"/api/v2/tickets/{externalId}/comments?include=users&page[size]=100";
        while (next is not null)
        {
            var answer = await _calls.GetAsync(next, cancellationToken);
            if (answer is not VendorAnswer.Done { Reply.Body: var page })
                return HelpdeskDelivery.Read(((VendorAnswer.Failed)answer).Failure);
            pages.Add(page);
            next = page.IsTrue("meta", "has_more") && pages.Count < MostPages ? page.Text("links", "next") : null;
        }
        return new ReadOutcome.Found(
            ZendeskJson.Ticket(((VendorAnswer.Done)ticket).Reply.Body, pages, _options));
    }

    public TimeSpan? CatchUpEvery => _options.CatchUp;

    /// <summary>A page of the incremental export, whose cursor is the mark.</summary>
    public async Task<ChangesOutcome> ChangedAsync(
        string? mark, DateTimeOffset since, CancellationToken cancellationToken) =>
        await _calls.GetAsync(ZendeskExport.Path(mark, since), cancellationToken) switch
        {
            VendorAnswer.Done { Reply.Body: var page } => new ChangesOutcome.Found(
                [.. page.Items("tickets").Select(t => t.Id("id")).OfType<string>().Where(ZendeskJson.IsId)],
                page.Text("after_cursor") ?? mark ?? "", !page.IsTrue("end_of_stream") && page.Text("after_cursor") is not null),
            VendorAnswer.Failed { Failure: var failure } => new ChangesOutcome.Failed(failure.Why, failure.After),
            var other => throw new System.Diagnostics.UnreachableException(other.GetType().Name),
        };

    public Task<DeliveryOutcome> DeliverAsync(Outgoing message, CancellationToken cancellationToken) =>
        HelpdeskDelivery.DeliverAsync(this, message, cancellationToken);

    public async Task<VendorAnswer> SayAsync(
        OutgoingText text, RemoteTicket there, CancellationToken cancellationToken)
    {
        var update = Comment(text.Text, isPublic: true);
        if (CustomerText.IsMarkdown(text))
            update["comment"] = new JsonObject { ["html_body"] = CustomerText.Html(text), ["public"] = true };
        // The next word is the customer's, unless people were just promised.
        if (text.Kind is "replied" or "asked" or "agent_replied") update["status"] = "pending";
        var uploads = new JsonArray();
        foreach (var file in text.Files)
        {
            var answer = await UploadAsync(file, cancellationToken);
            if (answer is not VendorAnswer.Done { Reply.Body: var made }) return answer;
            uploads.Add(made.Text("upload", "token"));
        }
        if (uploads.Count > 0) update["comment"]!["uploads"] = uploads;
        return await UpdateAsync(text.ExternalId!, update, cancellationToken);
    }

    public async Task<VendorAnswer> FileAsync(
        OutgoingRecord record, RemoteTicket there, CancellationToken cancellationToken)
    {
        if (!record.IsClosed)
        {
            // PUT adds and POST replaces: an agent's tags stay.
            var tags = new JsonObject { ["tags"] = ZendeskJson.Tags(record, _options.TagPrefix) };
            var tagged = await _calls.SendAsync(
                HttpMethod.Put, $"/api/v2/tickets/{record.ExternalId}/tags", tags, cancellationToken);
            if (tagged is VendorAnswer.Failed) return tagged;
        }
        return await UpdateAsync(record.ExternalId!, ZendeskJson.Record(record, _options), cancellationToken);
    }

    public Task<VendorAnswer> NoteAsync(OutgoingRecord record, CancellationToken cancellationToken) =>
        UpdateAsync(record.ExternalId!, Comment(record.Note!, isPublic: false), cancellationToken);

    public string? Created(VendorReply reply) => ZendeskJson.Created(reply.Body);

    public async IAsyncEnumerable<TestStep> TestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new TestStep($"ask {_options.Url} who the token is of",
            await _calls.GetAsync("/api/v2/users/me", cancellationToken) switch
            {
                VendorAnswer.Failed failed => failed.Failure.Why,
                VendorAnswer.Done done when done.Reply.Body.Id("user", "id") is var id
                    && id != $"{_options.UserId}" => $"it is of user {id}: set {Group}UserId to {id}",
                _ => null,
            });
    }

    public void Dispose() => _calls.Dispose();

    private Task<VendorAnswer> UpdateAsync(
        string externalId, JsonObject ticket, CancellationToken cancellationToken) => _calls.SendAsync(
            HttpMethod.Put, $"/api/v2/tickets/{externalId}", ZendeskJson.Update(ticket), cancellationToken);

    /// <summary>One that no comment names is gone after an hour: a repeated attempt uploads again.</summary>
    private Task<VendorAnswer> UploadAsync(OutgoingFile file, CancellationToken cancellationToken) => _calls.SendAsync(
        () => new HttpRequestMessage(
            HttpMethod.Post, new Uri(_options.Url!, "/api/v2/uploads?filename=" + Uri.EscapeDataString(file.Name)))
        {
            Content = new ReadOnlyMemoryContent(file.Body)
            {
                Headers = { ContentType = MediaTypeHeaderValue.Parse(file.Type) },
            },
        },
        cancellationToken);

    private static JsonObject Comment(string text, bool isPublic) =>
        new() { ["comment"] = new JsonObject { ["body"] = text, ["public"] = isPublic } };

    internal static VendorAccess Access(ZendeskOptions options)
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Email}/token:{options.Token}"));
        return new VendorAccess
        {
            Setting = Group, Url = options.Url, AllowPrivate = options.AllowPrivate, Timeout = options.Timeout,
            Sign = request => request.Headers.Authorization = new AuthenticationHeaderValue("Basic", basic),
            Judge = Judge,
            // Seconds until the window is over, which only comes with this pair of headers.
            Exhausted = reply => reply.Number("ratelimit-remaining") == 0 && reply.Number("ratelimit-reset") is { } left
                ? TimeSpan.FromSeconds(Math.Clamp(left, 0, 3_600)) : null,
        };
    }

    /// <summary>A conflict is two updates at once, or a lock of theirs: what was read before is old then.</summary>
    private static VendorFailure? Judge(VendorReply reply) => reply.Status switch
    {
        409 => new VendorFailure(reply.Said(Word(reply)), true),
        // 408 and 429 may pass: their status says so.
        >= 400 and < 500 and not (408 or 425 or 429) => new VendorFailure(reply.Said(Word(reply)), false),
        _ => null,
    };

    private static string? Word(VendorReply reply) =>
        reply.Body.Text("description") ?? reply.Body.Text("error") ?? reply.Body.Text("error", "title");
}
