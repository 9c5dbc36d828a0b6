using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Baton.Channels.Helpdesks;

namespace Baton.Channels.Slack;

/// <summary>
/// Signatures of Slack (api.slack.com/authentication/verifying-requests-from-slack): <c>v0=</c> and HMAC-SHA256 in hex
/// over <c>v0:time:body</c>.
/// </summary>
internal sealed class SlackSignature(IReadOnlyList<string> secrets, TimeSpan window, TimeProvider clock)
{
    public const string Signature = "X-Slack-Signature", Timestamp = "X-Slack-Request-Timestamp";

    /// <summary>Why a request is not from who it says, or null when it is.</summary>
    public string? Problem(InboundRequest request)
    {
        if (request.Header(Signature) is not { Length: > 0 } given) return $"header {Signature} is missing";
        if (request.Header(Timestamp) is not { Length: < 20 } time
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return $"header {Timestamp} is no time: use seconds since 1970";
        var off = clock.GetUtcNow().ToUnixTimeSeconds() - seconds;
        if (Math.Abs((double)off) > window.TotalSeconds)
            return $"{Timestamp} is {(off > 0 ? "too old" : "in the future")}: more than {window.TotalSeconds:0} s from our clock";
        return SignatureCheck.Fits(given, secrets.Select(secret => Sign(secret, time, request.Body.Span)))
            ? null : $"{Signature} does not fit time and body under our secrets";
    }

    public static string Sign(string secret, string time, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"v0:{time}:"));
        hmac.AppendData(body);
        return "v0=" + Convert.ToHexStringLower(hmac.GetHashAndReset());
    }
}
