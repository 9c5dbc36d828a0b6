using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Baton.Conversations.Inbound;

/// <summary>
/// What was delivered, as a number: 32 hex digits of a SHA-256 over the values that Baton keeps. Every value goes in
/// with its length, so that no two lists of values run together.
/// </summary>
internal static class DeliveryDigest
{
    private const int Digits = 32;

    public static string Of(InboundTicket ticket) => Of(
    [
        ticket.IdIsMade ? null : ticket.TicketId, ticket.Channel, ticket.ExternalId, ticket.CustomerId,
        ticket.CustomerEmail, ticket.CustomerName, ticket.CustomerTier,
        ticket.RecentTickets?.ToString(CultureInfo.InvariantCulture), ticket.Subject,
        ticket.CreatedAt?.UtcDateTime.ToString("O"),
        .. ticket.Fields.OrderBy(f => f.Key, StringComparer.Ordinal).SelectMany(f => (string?[])[f.Key, f.Value]),
        null, .. ticket.Messages.SelectMany(m => (string?[])[m.From.ToString(), m.Text, .. Files(m)]),
    ]);

    public static string Of(InboundText message, string? externalId) =>
        Of([externalId, message.From.ToString(), message.Text, .. Files(message)]);

    /// <summary>Of the texts alone, for deliveries of a time when no digest was kept.</summary>
    public static string OfTexts(string? subject, IEnumerable<string> texts) => Of([subject, .. texts]);

    private static IEnumerable<string> Files(InboundText message) => message.Attachments.Select(
        file => Convert.ToHexStringLower(SHA256.HashData(file.Body.Span)));

    private static string Of(IEnumerable<string?> values)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var value in values)
        {
            var bytes = value is null ? [] : Encoding.UTF8.GetBytes(value);
            BinaryPrimitives.WriteInt32LittleEndian(length, value is null ? -1 : bytes.Length);
            digest.AppendData(length);
            digest.AppendData(bytes);
        }
        return Convert.ToHexStringLower(digest.GetHashAndReset())[..Digits];
    }
}
