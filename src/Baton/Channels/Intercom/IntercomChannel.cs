using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Baton.Channels.Helpdesks;
using Baton.Channels.Reading;
using Baton.Conversations.Inbound;
using Baton.Operations.Vendors;

namespace Baton.Channels.Intercom;

/// <summary>
/// Intercom: a notification says which conversation has changed, the API says how. Answers are comments, the handoff is
/// a note.
/// </summary>
internal sealed class IntercomChannel(ChannelOptions channels, TimeProvider clock, IntakeOptions? intake = null)
    : IChannel, IHelpdesk, IDisposable
{
    /// <summary>Header of the signature: <c>sha1=</c> and HMAC-SHA1 of the raw body in hex.</summary>
    public const string Signature = "X-Hub-Signature";

    private const string Group = "BATON__Channels__Intercom__", Version = "2.15";

    private readonly IntercomOptions _options = channels.Intercom;
    private readonly VendorCalls _calls = new(Access(channels.Intercom, clock), clock);

    public string Name => "intercom";

    public ChannelWays Ways => ChannelWays.In | ChannelWays.Out | ChannelWays.Records;

    public bool CarriesMarkdown => true;

    public bool CarriesFiles => true;

    public string? Missing(ChannelWays way) =>
        _options.Url is null ? $"{Group}Url is not set: give it the API of your region, such as https://api.intercom.io"
        : _options.Token.Length == 0 ? $"{Group}Token is not set: give it the access token of your app"
        : _options.AdminId.Length == 0
            ? $"{Group}AdminId is not set: give it the id of the teammate that Baton writes as"
        : way == ChannelWays.In && _options.SecretList.Count == 0
            ? $"{Group}Secrets is not set: give it the client secret of your app"
        : null;

    public Verification Verify(InboundRequest request) =>
        request.Header(Signature) is not { Length: > 0 } given
            ? new Verification.Refused($"header {Signature} is missing")
        : SignatureCheck.Fits(given, _options.SecretList.Select(secret => Sign(secret, request.Body.Span)))
            ? new Verification.Verified()
        : new Verification.Refused($"{Signature} does not fit the body under our secrets");

    public ParsedRequest Parse(InboundRequest request) => IntercomJson.ReadWebhook(request.Body, _options.AdminId);

    public async Task<ReadOutcome> ReadAsync(string externalId, CancellationToken cancellationToken) =>
        !IntercomJson.IsId(externalId) ? new ReadOutcome.Gone()
        : await _calls.GetAsync($"/conversations/{externalId}", cancellationToken) switch
        {
            VendorAnswer.Done done => new ReadOutcome.Found(IntercomJson.Ticket(done.Reply.Body, _options)),
            VendorAnswer.Failed failed => HelpdeskDelivery.Read(failed.Failure),
            var other => throw new System.Diagnostics.UnreachableException(other.GetType().Name),
        };

    public Task<Arrival> CompleteAsync(Arrival arrival, CancellationToken cancellationToken) =>
        // The addresses are signed; the API's token is for the API alone.
        HelpdeskFiles.FillAsync(arrival, _options, intake, _ => { }, clock, cancellationToken);

    public TimeSpan? CatchUpEvery => _options.CatchUp;

    public async Task<ChangesOutcome> ChangedAsync(
        string? mark, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var look = ChangeMark.Read(mark, since, clock.GetUtcNow());
        return await _calls.SendAsync(
            HttpMethod.Post, "/conversations/search", IntercomJson.Search(look), cancellationToken) switch
        {
            VendorAnswer.Done { Reply.Body: var page } => look.Found(
                page.Items("conversations").Select(c => c.Id("id")).OfType<string>().Where(IntercomJson.IsId),
                page.Text("pages", "next", "starting_after")),
            VendorAnswer.Failed { Failure: var failure } => new ChangesOutcome.Failed(failure.Why, failure.After),
            var other => throw new System.Diagnostics.UnreachableException(other.GetType().Name),
        };
    }

    public Task<DeliveryOutcome> DeliverAsync(Outgoing message, CancellationToken cancellationToken) =>
        HelpdeskDelivery.DeliverAsync(this, message, cancellationToken);

    public async Task<VendorAnswer> SayAsync(
        OutgoingText text, RemoteTicket there, CancellationToken cancellationToken)
    {
        var said = await ReplyAsync(
            text.ExternalId!, "comment", CustomerText.Html(text), text.Files, cancellationToken);
        if (said is VendorAnswer.Done && _options.Snooze > TimeSpan.Zero && text.Kind is "replied" or "asked")
            await PartAsync(text.ExternalId!, new JsonObject
            {
                ["message_type"] = "snoozed", ["admin_id"] = _options.AdminId,
                ["snoozed_until"] = (clock.GetUtcNow() + _options.Snooze).ToUnixTimeSeconds(),
            }, cancellationToken);
        // Said is said: whether it sleeps until the customer writes is a convenience.
        return said;
    }

    public async Task<VendorAnswer> FileAsync(
        OutgoingRecord record, RemoteTicket there, CancellationToken cancellationToken)
    {
        if (record.IsClosed)
            return await PartAsync(record.ExternalId!, new JsonObject
            {
                ["message_type"] = "close", ["type"] = "admin", ["admin_id"] = _options.AdminId,
            }, cancellationToken);
        VendorAnswer? last = null;
        foreach (var write in Writes(record, there))
        {
            last = await write(cancellationToken);
            if (last is VendorAnswer.Failed) return last;
        }
        return last ?? new VendorAnswer.Done(VendorReply.None);
    }

    public Task<VendorAnswer> NoteAsync(OutgoingRecord record, CancellationToken cancellationToken) =>
        ReplyAsync(record.ExternalId!, "note", PlainHtml.Of(record.Note!), [], cancellationToken);

    public string? Created(VendorReply reply) => IntercomJson.Created(reply.Body);

    public async IAsyncEnumerable<TestStep> TestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new TestStep($"ask {_options.Url} who the token is of",
            await _calls.GetAsync("/me", cancellationToken) is VendorAnswer.Failed failed ? failed.Failure.Why : null);
        yield return new TestStep($"look for teammate {_options.AdminId}",
            await _calls.GetAsync($"/admins/{Uri.EscapeDataString(_options.AdminId)}", cancellationToken)
                is VendorAnswer.Failed unknown ? $"{unknown.Failure.Why}: set {Group}AdminId to one there is" : null);
    }

    public void Dispose() => _calls.Dispose();

    /// <summary>The value of the signature header.</summary>
    public static string Sign(string secret, ReadOnlySpan<byte> body)
    {
#pragma warning disable CA5350 // The vendor signs by SHA-1; a MAC does not rest on what SHA-1 has lost.
        return "sha1=" + Convert.ToHexStringLower(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), body));
#pragma warning restore CA5350
    }

    /// <summary>What a record changes; written again, it changes nothing.</summary>
    private IEnumerable<Func<CancellationToken, Task<VendorAnswer>>> Writes(OutgoingRecord record, RemoteTicket there)
    {
        var (id, attributes) = (record.ExternalId!, new JsonObject());
        foreach (var (name, attribute) in NameMap.Read(_options.Attributes))
            if (RecordValues.Of(record, name) is { } value) attributes[attribute] = value;
        if (attributes.Count > 0)
            yield return cancel => _calls.SendAsync(
                HttpMethod.Put, $"/conversations/{id}", new JsonObject { ["custom_attributes"] = attributes }, cancel);
        if (NameMap.Read(_options.Tags).GetValueOrDefault(record.Outcome) is { } tag)
            yield return cancel => _calls.SendAsync(HttpMethod.Post, $"/conversations/{id}/tags",
                new JsonObject { ["id"] = tag, ["admin_id"] = _options.AdminId }, cancel);
        // Assigning again would be a line in the conversation each time.
        if (record is { IsHandoff: true, Queue: { } queue }
            && NameMap.Read(_options.Teams).GetValueOrDefault(queue) is { } team && team != there.Team)
            yield return cancel => PartAsync(id, new JsonObject
            {
                ["message_type"] = "assignment", ["type"] = "team", ["admin_id"] = _options.AdminId,
                ["assignee_id"] = team,
            }, cancel);
    }

    private Task<VendorAnswer> ReplyAsync(
        string id, string kind, string html, IReadOnlyList<OutgoingFile> files, CancellationToken cancellationToken)
    {
        var reply = new JsonObject
        {
            ["message_type"] = kind, ["type"] = "admin", ["admin_id"] = _options.AdminId, ["body"] = html,
        };
        if (files.Count > 0)
            reply["attachment_files"] = new JsonArray([.. files.Select(file => new JsonObject
            {
                ["content_type"] = file.Type, ["name"] = file.Name,
                ["data"] = Convert.ToBase64String(file.Body.Span),
            })]);
        return _calls.SendAsync(HttpMethod.Post, $"/conversations/{id}/reply", reply, cancellationToken);
    }

    private Task<VendorAnswer> PartAsync(string id, JsonObject part, CancellationToken cancellationToken) =>
        _calls.SendAsync(HttpMethod.Post, $"/conversations/{id}/parts", part, cancellationToken);

    private static VendorAccess Access(IntercomOptions options, TimeProvider clock) => new()
    {
        Setting = Group, Url = options.Url, AllowPrivate = options.AllowPrivate, Timeout = options.Timeout,
        Sign = request =>
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
            // Without it the app's own setting decides which shapes come.
            request.Headers.Add("Intercom-Version", Version);
        },
        Judge = reply => reply.Status is >= 400 and < 500 and not (408 or 425)
            ? new VendorFailure(reply.Said(Word(reply)), reply.Status == 429, reply.Status == 429 ? Left(reply, clock)
                : null)
            : null,
        Exhausted = reply => reply.Number("X-RateLimit-Remaining") == 0 ? Left(reply, clock) : null,
    };

    /// <summary>Time until the quota is full again: the vendor names the second, and no Retry-After.</summary>
    private static TimeSpan? Left(VendorReply reply, TimeProvider clock) =>
        reply.After(clock.GetUtcNow()) ?? (reply.Number("X-RateLimit-Reset") is { } at and > 0 and < 253_402_300_800
            && DateTimeOffset.UnixEpoch.AddSeconds(at) - clock.GetUtcNow() is { Ticks: > 0 } left ? left : null);

    private static string? Word(VendorReply reply)
    {
        var error = reply.Body.Items("errors").FirstOrDefault();
        return string.Join(": ", ((string?[])[error.Text("code"), error.Text("message")]).OfType<string>());
    }
}
