using System.Text.Json;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baton.Channels.Redelivery;

/// <summary>Texts that have not arrived, over the API.</summary>
internal static class DeliveryEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>/api/tickets/{id}/deliveries</c>.</summary>
        public void MapDeliveries()
        {
            var deliveries = routes.MapGroup("/api/tickets/{id}/deliveries/{position}").WithTags("Tickets");
            deliveries.AddEndpointFilter<TicketErrors>().RequireAuthorization();
            deliveries.MapPost("/retry", Retry).WithSummary("Send a text again that did not arrive, or was held")
                .Accepts<JsonElement>("application/json").Produces(202).ProducesProblem(404).ProducesProblem(409);
            deliveries.MapPost("/redirect", Redirect).WithSummary("Send it by another channel: {\"channel\":\"email\"}")
                .Accepts<JsonElement>("application/json").Produces(202).ProducesProblem(404).ProducesProblem(409);
        }
    }

    private static async Task<IResult> Retry(
        string id, string position, HttpContext http, DeliveryDesk desk, CancellationToken cancellationToken) =>
        await SendAsync(id, position, await BodyAsync(http, cancellationToken), http, desk, cancellationToken);

    private static async Task<IResult> Redirect(
        string id, string position, HttpContext http, DeliveryDesk desk, CancellationToken cancellationToken)
    {
        var body = await BodyAsync(http, cancellationToken);
        if (body.Channel is null)
            throw new TicketFormatException("channel", "is missing: name the channel that it is to go by");
        return await SendAsync(id, position, body, http, desk, cancellationToken);
    }

    private static async Task<IResult> SendAsync(
        string id, string position, (string? Channel, Acting By) body, HttpContext http, DeliveryDesk desk,
        CancellationToken cancellationToken)
    {
        var ticket = Uri.UnescapeDataString(id);
        var sent = int.TryParse(position, out var number)
            ? await desk.SendAsync(ticket, number, body.Channel, body.By.By, cancellationToken)
            : new RedeliveryOutcome.NotFound($"'{position}' is no place of a message: use its number, from 1");
        return sent switch
        {
            RedeliveryOutcome.OnItsWay way => TypedResults.Accepted(
                $"/api/tickets/{id}", new { ticket_id = ticket, position = number, channel = way.Channel }),
            RedeliveryOutcome.NotFound none => TypedResults.Problem(none.Why, statusCode: 404, title: "Not found"),
            RedeliveryOutcome.Refused no => TypedResults.Problem(no.Why, statusCode: 409, title: "Not possible now"),
            _ => throw new System.Diagnostics.UnreachableException(sent.GetType().Name),
        };
    }

    /// <summary>No body is an empty object.</summary>
    private static async Task<(string? Channel, Acting By)> BodyAsync(
        HttpContext http, CancellationToken cancellationToken)
    {
        var json = http.Request is { ContentType: null, ContentLength: null or 0 }
            ? JsonSerializer.SerializeToElement(new { })
            : await TicketBody.ReadAsync(http, cancellationToken);
        JsonUnicode.Check(json);
        if (json.ValueKind != JsonValueKind.Object) throw new TicketFormatException("body", "is no object");
        return (Text(json, "channel"), PersonActionJson.Actor(json, Acting.Of(http.User), Text(json, "by")));
    }

    private static string? Text(JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
            : value.ValueKind == JsonValueKind.String ? value.GetString()
            : throw new TicketFormatException(name, "must be a text");
}
