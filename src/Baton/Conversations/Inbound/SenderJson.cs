using System.Text.Json;

namespace Baton.Conversations.Inbound;

/// <summary>The column <c>sender</c> of the message table.</summary>
/// <param name="Verified">Whether the channel has checked who it is.</param>
/// <param name="Phone">Number of the telephone that the channel reaches them at.</param>
internal sealed record SenderJson(string? Name, string? Email, bool Verified, string? Phone = null)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Of a new ticket; null when it says nothing of its sender.</summary>
    public static string? Of(InboundTicket ticket) =>
        ticket is { CustomerName: null, CustomerEmail: null, CustomerVerified: false, CustomerPhone: null }
            ? null
            : JsonSerializer.Serialize(
                new SenderJson(
                    ticket.CustomerName, ticket.CustomerEmail, ticket.CustomerVerified, ticket.CustomerPhone), Options);

    public static SenderJson? Read(string? json) =>
        json is null ? null : JsonSerializer.Deserialize<SenderJson>(json, Options);
}
