using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Channels.Helpdesks;
using Baton.Operations.Vendors;
using Baton.Text.Words;

namespace Baton.Channels.Teams;

/// <summary>
/// Notices as cards in a channel of Microsoft Teams, by a Power Automate workflow (learn.microsoft.com, msteams-docs):
/// the incoming webhooks of Office 365 connectors have ended. The workflow takes a card and says nothing of its fate,
/// and knows no repetition: the card's foot has the id.
/// </summary>
internal sealed class TeamsChannel(ChannelOptions channels, TimeProvider clock) : IChannel, IDisposable
{
    private const string Group = "BATON__Channels__Teams__";

    /// <summary>A message may have about 28 kB with everything around it.</summary>
    private const int LongestText = 8_000;

    private readonly TeamsOptions _options = channels.Teams;
    private readonly VendorCalls _calls = new(new VendorAccess
    {
        Setting = Group, Url = channels.Teams.Url, AllowPrivate = channels.Teams.AllowPrivate,
        Timeout = channels.Teams.Timeout, Sign = _ => { },
    }, clock);

    public string Name => "teams";

    public ChannelWays Ways => ChannelWays.Notices;

    public string? Missing(ChannelWays way) => _options.Url is null
        ? $"{Group}Url is not set: give it the address of a workflow that receives Teams webhook requests" : null;

    public async Task<DeliveryOutcome> DeliverAsync(Outgoing message, CancellationToken cancellationToken) =>
        message is OutgoingNotice notice
            ? HelpdeskDelivery.Sent(await SendAsync(Card(notice), cancellationToken), _ => null)
            : new DeliveryOutcome.Rejected("only notices go to Teams");

    public async IAsyncEnumerable<TestStep> TestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var card = Card("Baton can write here", "This is a test. Nothing happened.", "test");
        yield return new TestStep("send a card that says it is a test",
            await SendAsync(card, cancellationToken) is VendorAnswer.Failed failed ? failed.Failure.Why : null);
    }

    public void Dispose() => _calls.Dispose();

    /// <summary>The address is sent as it was set: its signature is over the very characters.</summary>
    private Task<VendorAnswer> SendAsync(JsonObject card, CancellationToken cancellationToken) => _calls.SendAsync(
        () => new HttpRequestMessage(HttpMethod.Post, _options.Url)
        {
            Content = new StringContent(card.ToJsonString(), Encoding.UTF8, "application/json"),
        }, cancellationToken);

    private static JsonObject Card(OutgoingNotice notice) => Card(
        $"{JsonNamingPolicy.SnakeCaseLower.ConvertName($"{notice.Urgency}")}: {notice.Title}", notice.Text,
        $"for {notice.To} · {notice.At:u} · {notice.IdempotencyKey}");

    private static JsonObject Card(string title, string text, string foot) => new()
    {
        ["type"] = "message",
        ["attachments"] = new JsonArray(new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.adaptive", ["contentUrl"] = null,
            ["content"] = new JsonObject
            {
                ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json", ["type"] = "AdaptiveCard",
                ["version"] = "1.4",
                ["body"] = new JsonArray(Block(title, "bolder"), Block(Cut(text), "default"), Block(foot, "lighter")),
            },
        }),
    };

    private static JsonObject Block(string text, string weight) =>
        new() { ["type"] = "TextBlock", ["text"] = text, ["wrap"] = true, ["weight"] = weight };

    private static string Cut(string text) => CutText.Of(text, LongestText, "…");
}
