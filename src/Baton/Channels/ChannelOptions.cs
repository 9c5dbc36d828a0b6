using Baton.Channels.Webhook;

namespace Baton.Channels;

/// <summary>How channels are reached: <c>BATON__Channels__…</c>.</summary>
public sealed record ChannelOptions
{
    /// <summary>
    /// Further names that tickets of the API have for their channel while the answers are fetched over the API, too;
    /// separated by commas or spaces, for example <c>email,sms</c>.
    /// </summary>
    public string Read { get; init; } = "";

    /// <summary>The signed webhook.</summary>
    public WebhookOptions Webhook { get; init; } = new();

    internal IEnumerable<string> ReadNames =>
        Read.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct();
}
