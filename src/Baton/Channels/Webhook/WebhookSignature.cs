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

    /// <summary>Bytes that are no text would be signed as something else.</summary>
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

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
        if (Text(request.Body.Span) is not { } body) return "the body is not UTF-8";
        return Matches(id, DateTimeOffset.FromUnixTimeSeconds(seconds), body, given)
            ? null
            : $"no signature in {Signature} fits id, time and body under our secrets";
    }

    /// <summary>The value of the signature header: one for each secret.</summary>
    public string Sign(string id, DateTimeOffset at, string body) =>
        string.Join(' ', secrets.Select(secret => new StandardWebhook(secret).Sign(id, at, body)));

    /// <summary>Looks at every pair, so that the time tells nothing.</summary>
    private bool Matches(string id, DateTimeOffset at, string body, string given)
    {
        var found = false;
        var candidates = given.Split(' ', MostSignatures + 1, StringSplitOptions.RemoveEmptyEntries)
            .Where(s => s.StartsWith(Version, StringComparison.Ordinal)).Take(MostSignatures)
            .Select(Encoding.UTF8.GetBytes).ToList();
        foreach (var secret in secrets)
        {
            var right = Encoding.UTF8.GetBytes(new StandardWebhook(secret).Sign(id, at, body));
            foreach (var candidate in candidates) found |= CryptographicOperations.FixedTimeEquals(right, candidate);
        }
        return found;
    }

    private static string? Text(ReadOnlySpan<byte> body)
    {
        try
        {
            return Strict.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
