using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Baton.Channels.Chat;

/// <summary>Who is logged in at the site, as its own server says.</summary>
internal sealed record ChatUser(
    [property: JsonPropertyName("i")] string? Id,
    [property: JsonPropertyName("e")] string? Email,
    [property: JsonPropertyName("n")] string? Name)
{
    private const int LongestId = 128, LongestEmail = 254, LongestName = 100, HashBytes = 32;

    /// <summary>
    /// The user, when the site's server has signed all of it not long ago: hex HMAC-SHA256 over time, id, e-mail and
    /// name, each but the first after a line feed. Null otherwise; compares in constant time.
    /// </summary>
    public static ChatUser? Verify(ChatClaim claim, ChatOptions options, DateTimeOffset now)
    {
        if (options.IdentitySecret.Length == 0 || claim is not { Hash: { Length: 2 * HashBytes } hash }) return null;
        if (!long.TryParse(claim.Time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs((double)now.ToUnixTimeSeconds() - seconds) > options.IdentityAge.TotalSeconds) return null;
        string[] signed = [claim.Time!, claim.Id ?? "", claim.Email ?? "", claim.Name ?? ""];
        if (signed.Any(part => part.Contains('\n')) || signed is [_, "", "", _]) return null;
        if (claim.Id?.Length > LongestId || claim.Email?.Length > LongestEmail || claim.Name?.Length > LongestName)
            return null;
        Span<byte> given = stackalloc byte[HashBytes];
        if (Convert.FromHexString(hash, given, out _, out var written) != System.Buffers.OperationStatus.Done
            || written != HashBytes) return null;
        var right = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(options.IdentitySecret), Encoding.UTF8.GetBytes(string.Join('\n', signed)));
        return CryptographicOperations.FixedTimeEquals(right, given)
            ? new ChatUser(Given(claim.Id), Given(claim.Email), Given(claim.Name))
            : null;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>What a page says of who is logged in, not checked.</summary>
internal sealed record ChatClaim(string? Id, string? Email, string? Name, string? Time, string? Hash);
