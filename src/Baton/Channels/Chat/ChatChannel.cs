using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Baton.Operations.Links;

namespace Baton.Channels.Chat;

/// <summary>
/// The chat on web sites. Visitors come by routes of its own, <see cref="ChatEndpoints"/>; what is said to them has
/// arrived once the outbox has let it go, because their windows read it from there.
/// </summary>
internal sealed class ChatChannel(ChannelOptions channels, PublicAddress address) : IChannel, IDisposable
{
    public const string ChannelName = "chat";

    private const string Group = "BATON__Channels__Chat__";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    public string Name => ChannelName;

    public ChannelWays Ways => ChannelWays.Own | ChannelWays.Out;

    public bool IsLive => true;

    public bool CarriesMarkdown => true;

    public bool CarriesFiles => true;

    /// <summary>Tickets of the API may be of this channel, too: their texts need no setting to be there.</summary>
    public string? Missing(ChannelWays way) => way == ChannelWays.Out ? null
        : channels.Chat.Key.Length == 0
            ? $"{Group}Key is not set: give it a name of your site, and its pages the same as data-key"
        : channels.Chat.OriginList.Count == 0
            ? $"{Group}Origins is not set: give it the sites whose pages hold the chat, such as https://shop.example.com"
        : null;

    public Task<DeliveryOutcome> DeliverAsync(Outgoing message, CancellationToken cancellationToken) =>
        Task.FromResult<DeliveryOutcome>(message is OutgoingText
            ? new DeliveryOutcome.Delivered("in the window")
            : new DeliveryOutcome.Rejected($"channel {Name} sends texts only"));

    /// <summary>What a page does, from outside: script, session, stream. No ticket begins without a message.</summary>
    public async IAsyncEnumerable<TestStep> TestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (address.Url is not { } url)
        {
            yield return new TestStep("look at this server from outside",
                "BATON__PublicUrl is not set: give it the address by which browsers reach this server");
            yield break;
        }
        using var script = await _http.GetAsync(new Uri(url, "chat.js"), cancellationToken);
        yield return Step($"load {url}chat.js", script);
        if (!script.IsSuccessStatusCode) yield break;
        var origin = channels.Chat.OriginList[0];
        using var opened = await OpenAsync(url, origin, cancellationToken);
        yield return Step($"open a session as a page of {origin}", opened);
        if (!opened.IsSuccessStatusCode) yield break;
        var session = await opened.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        using var stream = new HttpRequestMessage(HttpMethod.Get, new Uri(url, "chat/stream"));
        stream.Headers.Add("Origin", origin);
        stream.Headers.Authorization =
            new AuthenticationHeaderValue("Bearer", session.GetProperty("token").GetString());
        using var streaming = await _http.SendAsync(
            stream, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        yield return Step("open its stream", streaming);
        if (!streaming.IsSuccessStatusCode) yield break;
        using var reader = new StreamReader(await streaming.Content.ReadAsStreamAsync(cancellationToken));
        var first = await reader.ReadLineAsync(cancellationToken);
        yield return new TestStep("read the first event", first == "event: ready" ? null
            : $"'{first}' came: something on the way keeps back streams; turn buffering off for /chat/stream");
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> OpenAsync(Uri url, string origin, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, "chat/sessions"))
        {
            Content = JsonContent.Create(new { key = channels.Chat.Key }),
        };
        request.Headers.Add("Origin", origin);
        return await _http.SendAsync(request, cancellationToken);
    }

    private static TestStep Step(string what, HttpResponseMessage answer) =>
        new(what, answer.IsSuccessStatusCode ? null : $"answered {(int)answer.StatusCode}");
}
