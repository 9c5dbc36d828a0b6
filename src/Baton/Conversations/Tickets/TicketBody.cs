using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Baton.Conversations.Tickets;

/// <summary>The body of a request about a ticket.</summary>
internal static class TicketBody
{
    /// <exception cref="TicketFormatException">It is not JSON.</exception>
    public static async Task<JsonElement> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (http.Request.ContentType is { } type && !type.Contains("json", StringComparison.OrdinalIgnoreCase))
            throw new TicketFormatException("Content-Type", $"is '{type}': send application/json");
        try
        {
            return await JsonSerializer.DeserializeAsync<JsonElement>(
                http.Request.Body, cancellationToken: cancellationToken);
        }
        catch (JsonException error)
        {
            throw new TicketFormatException("body", $"is not JSON: {error.Message}");
        }
    }
}
