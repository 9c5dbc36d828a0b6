using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Baton.Channels.Email;

/// <summary>
/// What our mail is recognised by when it is answered or comes back: <c>help+TAG@…</c> names a ticket,
/// <c>&lt;baton.MESSAGE.MAC@…&gt;</c> a message. Both are signed, so that nobody writes into a ticket whose mail they
/// never got.
/// </summary>
internal sealed partial class MailTags(EmailOptions options)
{
    /// <summary>A local part has 64 characters at most (RFC 5321); longer ids of tickets go without a tag.</summary>
    private const int LongestLocalPart = 64, MacCharacters = 16;

    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";

    private readonly byte[][] _keys = [.. options.KeyList.Select(Encoding.UTF8.GetBytes)];

    private string Local => options.Address[..Math.Max(0, options.Address.LastIndexOf('@'))];

    private string Domain => options.Address[(options.Address.LastIndexOf('@') + 1)..];

    /// <summary>The address that answers to a ticket's mail go to; the plain one where it would be too long.</summary>
    public string AddressOf(string ticketId)
    {
        if (!options.TaggedAddress || _keys.Length == 0) return options.Address;
        var tag = Base32(Encoding.UTF8.GetBytes(ticketId)) + Mac(_keys[0], "t", ticketId);
        return Local.Length + 1 + tag.Length > LongestLocalPart ? options.Address : $"{Local}+{tag}@{Domain}";
    }

    /// <summary>The ticket that an address names, or null.</summary>
    public string? TicketOf(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 0 || address.IndexOf('+', StringComparison.Ordinal) is not (> 0 and var plus) || plus > at)
            return null;
        var tag = address[(plus + 1)..at].ToLowerInvariant();
        if (tag.Length <= MacCharacters || FromBase32(tag[..^MacCharacters]) is not { } id) return null;
        return IsSigned("t", id, tag[^MacCharacters..]) ? id : null;
    }

    /// <summary>
    /// The message id of what we send: the same for every attempt, because it is made of the message.
    /// </summary>
    public string MessageIdOf(string messageId) =>
        $"baton.{Base64(messageId)}.{Mac(_keys[0], "m", messageId)}@{Domain}";

    /// <summary>Our messages that a text names, such as a list of references or the copy in a failure report.</summary>
    public IEnumerable<string> MessagesIn(string text)
    {
        foreach (Match match in OurId().Matches(text))
            if (FromBase64(match.Groups["id"].Value) is { } id && IsSigned("m", id, match.Groups["mac"].Value))
                yield return id;
    }

    private bool IsSigned(string purpose, string id, string mac)
    {
        var signed = false;
        foreach (var key in _keys)
            signed |= CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(Mac(key, purpose, id)), Encoding.ASCII.GetBytes(mac));
        return signed;
    }

    private static string Mac(byte[] key, string purpose, string id) =>
        Base32(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"baton-mail {purpose} {id}")))[..MacCharacters];

    /// <summary>Small letters and digits only: some servers change the case of a local part.</summary>
    internal static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var next in bytes)
        {
            (bits, held) = (((bits << 8) | next) & 0xFFF, held + 8);
            for (; held >= 5; held -= 5) text.Append(Letters[(bits >> (held - 5)) & 31]);
        }
        if (held > 0) text.Append(Letters[(bits << (5 - held)) & 31]);
        return text.ToString();
    }

    private static string? FromBase32(string text)
    {
        var bytes = new List<byte>();
        var (bits, held) = (0, 0);
        foreach (var letter in text)
        {
            var value = Letters.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0) return null;
            (bits, held) = (((bits << 5) | value) & 0xFFF, held + 5);
            if (held < 8) continue;
            held -= 8;
            bytes.Add((byte)(bits >> held));
        }
        return Read([.. bytes]);
    }

    private static string Base64(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string? FromBase64(string text)
    {
        var padded = text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - text.Length % 4) % 4);
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? Read(bytes[..length]) : null;
    }

    private static string? Read(byte[] bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;

    [GeneratedRegex(@"\bbaton\.(?<id>[A-Za-z0-9_-]{1,400})\.(?<mac>[a-z2-7]{16})@", RegexOptions.CultureInvariant)]
    private static partial Regex OurId();
}
