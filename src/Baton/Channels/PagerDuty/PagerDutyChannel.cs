using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Baton.Channels.Helpdesks;
using Baton.Operations.Vendors;
using Baton.Storage.Outgoing;
using Baton.Text.Words;

namespace Baton.Channels.PagerDuty;

/// <summary>
/// Alerts as events of PagerDuty's Events API v2 (developer.pagerduty.com): one that is raised opens an incident, one
/// that is over resolves it. The group of a notice is the key by which both find each other, and by which the same
/// event
/// twice is one.
/// </summary>
internal sealed class PagerDutyChannel(ChannelOptions channels, TimeProvider clock) : IChannel, IDisposable
{
    private const string Group = "BATON__Channels__PagerDuty__";

    private const string Path = "/v2/enqueue";

    /// <summary>Ends the group of a notice that says that it is over.</summary>
    private const string Over = "/cleared";

    /// <summary>Bounds of the API, characters.</summary>
    private const int LongestSummary = 1_024, LongestKey = 255;

    private readonly PagerDutyOptions _options = channels.PagerDuty;
    private readonly VendorCalls _calls = new(new VendorAccess
    {
        Setting = Group, Url = channels.PagerDuty.Url, AllowPrivate = channels.PagerDuty.AllowPrivate,
        Timeout = channels.PagerDuty.Timeout, Sign = _ => { },
    }, clock);

    public string Name => "pagerduty";

    public ChannelWays Ways => ChannelWays.Pages;

    public string? Missing(ChannelWays way) => _options.RoutingKey.Length == 0
        ? $"{Group}RoutingKey is not set: give it the integration key of the service that is paged" : null;

    public async Task<DeliveryOutcome> DeliverAsync(Outgoing message, CancellationToken cancellationToken) =>
        message is OutgoingNotice notice
            ? HelpdeskDelivery.Sent(await SendAsync(Event(notice), cancellationToken),
                reply => reply.Body.Text("dedup_key"))
            : new DeliveryOutcome.Rejected("only notices go to PagerDuty");

    public async IAsyncEnumerable<TestStep> TestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var test = new OutgoingNotice
        {
            IdempotencyKey = "test", To = "operators", Urgency = NoticeUrgency.Low, At = now,
            Group = $"test/{now.ToUnixTimeMilliseconds()}", Title = "This is a test of Baton", Text = "Nothing is wrong.",
        };
        yield return new TestStep("open an incident of the lowest severity",
            await SendAsync(Event(test), cancellationToken) is VendorAnswer.Failed failed ? failed.Failure.Why : null);
        yield return new TestStep("resolve it",
            await SendAsync(Event(test with { Group = test.Group + Over }), cancellationToken)
                is VendorAnswer.Failed open ? open.Failure.Why : null);
    }

    public void Dispose() => _calls.Dispose();

    private Task<VendorAnswer> SendAsync(JsonObject body, CancellationToken cancellationToken) =>
        _calls.SendAsync(HttpMethod.Post, Path, body, cancellationToken);

    private JsonObject Event(OutgoingNotice notice)
    {
        var isOver = notice.Group.EndsWith(Over, StringComparison.Ordinal);
        var body = new JsonObject
        {
            ["routing_key"] = _options.RoutingKey, ["event_action"] = isOver ? "resolve" : "trigger",
            ["dedup_key"] = Cut(isOver ? notice.Group[..^Over.Length] : notice.Group, LongestKey),
        };
        if (isOver) return body;
        body["payload"] = new JsonObject
        {
            ["summary"] = Cut(notice.Title, LongestSummary), ["source"] = _options.Source,
            ["severity"] = Severity(notice.Urgency), ["component"] = notice.To, ["group"] = notice.Group,
            ["timestamp"] = notice.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["custom_details"] = new JsonObject { ["text"] = notice.Text },
        };
        return body;
    }

    private static string Severity(NoticeUrgency urgency) => urgency switch
    {
        NoticeUrgency.High => "critical",
        NoticeUrgency.Normal => "warning",
        _ => "info",
    };

    private static string Cut(string text, int most) => CutText.Of(text, most);
}
