using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Baton.Channels.Helpdesks;
using Baton.Channels.Recording;
using Baton.Operations.Links;
using Baton.Operations.Vendors;

namespace Baton.Channels.Slack;

/// <summary>
/// Notices and handoffs as messages in a channel of Slack (Web API), with buttons that claim and open. Slack knows no
/// key of a repetition: each message has metadata with its id, which is looked for before it is posted.
/// </summary>
internal sealed class SlackChannel(ChannelOptions channels, TimeProvider clock, PublicAddress? address = null)
    : IChannel, IDisposable
{
    private const string Group = "BATON__Channels__Slack__";

    /// <summary>Slack waits three seconds for the answer to a click.</summary>
    private static readonly TimeSpan LongestTelling = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(2);

    /// <summary>Failures that pass, in the vendor's own words.</summary>
    private static readonly string[] MayPass =
        ["ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"];

    private readonly SlackOptions _options = channels.Slack;
    private readonly SlackSignature _signature = new(channels.Slack.SecretList, channels.Slack.Window, clock);
    private readonly VendorCalls _calls = new(Access(channels.Slack, clock), clock);

    public string Name => "slack";

    public ChannelWays Ways => ChannelWays.In | ChannelWays.Notices | ChannelWays.Records;

    public string? Missing(ChannelWays way) =>
        _options.Token.Length == 0 ? $"{Group}Token is not set: give it the bot token of your app"
        : _options.Channel.Length == 0 ? $"{Group}Channel is not set: give it the id of the channel that gets messages"
        : way == ChannelWays.In && _options.SecretList.Count == 0
            ? $"{Group}Secrets is not set: give it the signing secret of your app"
        : null;

    public Verification Verify(InboundRequest request) => _signature.Problem(request) is { } problem
        ? new Verification.Refused(problem)
        : new Verification.Verified();

    public ParsedRequest Parse(InboundRequest request) =>
        SlackJson.Read(request.Body, NameMap.Read(_options.People), TellAsync);

    public bool Records(RecordSubject subject) => subject.Outcome == RecordSubject.Claimed
        ? subject.IsKept : RouteList.Names(_options.Routes, subject);

    public async Task<DeliveryOutcome> DeliverAsync(Outgoing message, CancellationToken cancellationToken) =>
        message switch
    {
        OutgoingNotice notice =>
            await PostAsync(
                SlackJson.Notice(notice), notice.IdempotencyKey, notice.At, cancellationToken, notice.Picture),
        OutgoingRecord { ExternalId: { } id } record when !record.IsHandoff =>
            await UpdateAsync(id, record, cancellationToken),
        OutgoingRecord record => await PostAsync(
            SlackJson.Handoff(record, Link(record)), record.IdempotencyKey, record.At, cancellationToken),
        _ => new DeliveryOutcome.Rejected("only notices and handoffs go to Slack"),
    };

    public async IAsyncEnumerable<TestStep> TestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new TestStep("ask Slack who the token is of",
            await _calls.SendAsync(HttpMethod.Post, "/api/auth.test", new JsonObject(), cancellationToken)
                is VendorAnswer.Failed failed ? failed.Failure.Why : null);
        yield return new TestStep($"look into channel {_options.Channel}",
            await HistoryAsync(clock.GetUtcNow(), cancellationToken) is VendorAnswer.Failed unread
                ? $"{unread.Failure.Why}: invite the app, and give it chat:write and channels:history" : null);
    }

    public void Dispose() => _calls.Dispose();

    /// <summary>For the eyes of one user. What cannot be told now is seen in the inbox.</summary>
    private async Task TellAsync(string user, string text, CancellationToken cancellationToken)
    {
        using var time = new CancellationTokenSource(LongestTelling, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            await _calls.SendAsync(HttpMethod.Post, "/api/chat.postEphemeral", new JsonObject
            {
                ["channel"] = _options.Channel, ["user"] = user, ["text"] = text,
            }, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }

    private async Task<DeliveryOutcome> PostAsync(
        JsonObject message, string key, DateTimeOffset at, CancellationToken cancellationToken,
        OutgoingFile? picture = null)
    {
        var history = await HistoryAsync(at, cancellationToken);
        if (history is not VendorAnswer.Done { Reply.Body: var said }) return HelpdeskDelivery.Sent(history, _ => null);
        if (said.Items("messages").FirstOrDefault(m => m.Text("metadata", "event_payload", "id") == key)
            .Text("ts") is { } there)
            return new DeliveryOutcome.Delivered($"{_options.Channel}:{there}");
        message["channel"] = _options.Channel;
        var posted = await _calls.SendAsync(HttpMethod.Post, "/api/chat.postMessage", message, cancellationToken);
        // A message that was found there has its picture, or does without.
        if (picture is not null && posted is VendorAnswer.Done { Reply.Body: var body } && body.Text("ts") is { } ts)
        {
            using var pictures = new SlackPicture(_calls, _options);
            await pictures.AddAsync(picture, body.Text("channel") ?? _options.Channel, ts, cancellationToken);
        }
        return HelpdeskDelivery.Sent(posted, reply => $"{reply.Body.Text("channel") ?? _options.Channel}:{reply.Body.Text("ts")}");
    }

    /// <summary>The same update twice is one.</summary>
    private async Task<DeliveryOutcome> UpdateAsync(
        string id, OutgoingRecord record, CancellationToken cancellationToken)
    {
        if (id.Split(':') is not [var channel, var ts])
            return new DeliveryOutcome.Rejected($"'{id}' is no message of Slack");
        var message = SlackJson.Handoff(record, null);
        (message["channel"], message["ts"]) = (channel, ts);
        return HelpdeskDelivery.Sent(
            await _calls.SendAsync(HttpMethod.Post, "/api/chat.update", message, cancellationToken), _ => id);
    }

    private Task<VendorAnswer> HistoryAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var oldest = (since - ClocksDiffer).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return _calls.GetAsync($"/api/conversations.history?channel={Uri.EscapeDataString(_options.Channel)}"
            + $"&oldest={oldest}&limit=100&include_all_metadata=true", cancellationToken);
    }

    private string? Link(OutgoingRecord record) => address?.Url is { } url
        ? new Uri(url, $"/tickets/{Uri.EscapeDataString(record.TicketId)}").ToString() : null;

    private static VendorAccess Access(SlackOptions options, TimeProvider clock) => new()
    {
        Setting = Group, Url = options.Url, AllowPrivate = options.AllowPrivate, Timeout = options.Timeout,
        Sign = request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Token),
        // Failures come with 200: only "ok" says that it worked.
        Judge = reply => reply.Status != 200 || reply.Body.IsTrue("ok") ? null
            : new VendorFailure($"said {reply.Body.Text("error") ?? "nothing that could be read"}",
                reply.Body.Text("error") is not { } error || MayPass.Contains(error), reply.After(clock.GetUtcNow())),
    };
}
