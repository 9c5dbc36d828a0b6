using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StandardWebhooks;

namespace Baton.Channels.Webhook;

/// <summary>
/// Signatures of Standard Webhooks 1.0 (github.com/standard-webhooks/standard-webhooks): HMAC-SHA256 over
/// <c>id.timestamp.body</c>, one or more in a header.
/// </summary>
internal sealed class WebhookSignature(IReadOnlyList<string> secrets, TimeSpan window, TimeProvider clock)
{
    public const string Id = "webhook-id", Timestamp = "webhook-timestamp", Signature = "webhook-signature";

    private const string Prefix = "whsec_", Version = "v1,";
    private const int LongestId = 256, MostSignatures = 20, ShortestSecret = 24, LongestSecret = 64;

    /// <summary>Whether a text can be a secret.</summary>
    public static bool IsSecret(string text)
    {
        Span<byte> bytes = stackalloc byte[LongestSecret];
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length) && length >= ShortestSecret;
    }

    /// <summary>Why a request is not from who it says, or null when it is.</summary>
    public string? Problem(InboundRequest request)
    {
        if (request.Header(Id) is not { Length: > 0 and <= LongestId } id)
            return $"header {Id} is missing, or longer than {LongestId}";
        if (!long.TryParse(request.Header(Timestamp), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return $"header {Timestamp} is no time: use seconds since 1970";
        if (request.Header(Signature) is not { Length: > 0 } given) return $"header {Signature} is missing";
        var off = clock.GetUtcNow().ToUnixTimeSeconds() - seconds;
        if (Math.Abs((double)off) > window.TotalSeconds)
            return $"{Timestamp} is {(off > 0 ? "too old" : "in the future")}: more than {window.TotalSeconds:0} s "
                + "from our clock";
        return Matches(id, seconds, request.Body.Span, given)
            ? null
            : $"no signature in {Signature} fits id, time and body under our secrets";
    }

    /// <summary>The value of the signature header: one for each secret.</summary>
    public string Sign(string id, DateTimeOffset at, string body) =>
        string.Join(' ', secrets.Select(secret => new StandardWebhook(secret).Sign(id, at, body)));

    /// <summary>
    /// Looks at every pair, so that the time tells nothing. Bytes are signed: a body need not be text.
    /// </summary>
    private bool Matches(string id, long seconds, ReadOnlySpan<byte> body, string given)
    {
        var found = false;
        var candidates = given.Split(' ', MostSignatures + 1, StringSplitOptions.RemoveEmptyEntries)
            .Where(s => s.StartsWith(Version, StringComparison.Ordinal)).Take(MostSignatures)
            .Select(Encoding.UTF8.GetBytes).ToList();
        var signed = (byte[])[.. Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{id}.{seconds}.")), .. body];
        foreach (var secret in secrets)
        {
            var key = Convert.FromBase64String(secret[Prefix.Length..]);
            var right = Encoding.UTF8.GetBytes(Version + Convert.ToBase64String(HMACSHA256.HashData(key, signed)));
            foreach (var candidate in candidates) found |= CryptographicOperations.FixedTimeEquals(right, candidate);
        }
        return found;
    }
}
