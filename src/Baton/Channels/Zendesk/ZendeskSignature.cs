using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Baton.Channels.Helpdesks;

namespace Baton.Channels.Zendesk;

/// <summary>
/// Signatures of Zendesk's webhooks (developer.zendesk.com/documentation/webhooks/verifying): base64 of HMAC-SHA256
/// over the time's text and the raw body, with nothing between. The window of time is ours: theirs is none.
/// </summary>
internal sealed class ZendeskSignature(IReadOnlyList<string> secrets, TimeSpan window, TimeProvider clock)
{
    public const string Signature = "X-Zendesk-Webhook-Signature",
        Timestamp = "X-Zendesk-Webhook-Signature-Timestamp";

    private const int LongestTime = 40;

    /// <summary>Why a request is not from who it says, or null when it is.</summary>
    public string? Problem(InboundRequest request)
    {
        if (request.Header(Signature) is not { Length: > 0 } given) return $"header {Signature} is missing";
        if (request.Header(Timestamp) is not { Length: > 0 and <= LongestTime } time)
            return $"header {Timestamp} is missing, or longer than {LongestTime}";
        if (!DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
            return $"header {Timestamp} is no time in ISO 8601";
        var off = clock.GetUtcNow() - at;
        if (off.Duration() > window)
            return $"{Timestamp} is {(off > TimeSpan.Zero ? "too old" : "in the future")}: more than "
                + $"{window.TotalSeconds:0} s from our clock";
        return SignatureCheck.Fits(given, secrets.Select(secret => Sign(secret, time, request.Body.Span)))
            ? null
            : $"{Signature} does not fit time and body under our secrets";
    }

    /// <param name="time">As the header says it, not as it is understood.</param>
    public static string Sign(string secret, string time, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(time));
        hmac.AppendData(body);
        return Convert.ToBase64String(hmac.GetHashAndReset());
    }
}
