using System.Globalization;
using System.Security.Claims;
using Baton.Channels.Redelivery;
using Baton.Server.Accounts;
using Baton.Server.Api;
using Baton.Server.Pages.Frame;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Pages.Channels;

/// <summary>What people do on pages about texts and events that have not arrived.</summary>
internal static class DeliveryForms
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapDeliveryForms()
        {
            routes.MapPost("/tickets/deliveries", Send).ExcludeFromDescription();
            routes.MapPost("/channel-events", Replay).ExcludeFromDescription();
        }
    }

    private static async Task<IResult> Send(
        [FromForm] string? id, [FromForm] int position, [FromForm] string? channel, [FromForm] string? back,
        ClaimsPrincipal caller, DeliveryDesk desk, CancellationToken cancellationToken)
    {
        var ticket = id ?? "";
        var to = OwnPath.Or(back, PageText.TicketPath(ticket));
        return await desk.SendAsync(
            ticket, position, string.IsNullOrEmpty(channel) ? null : channel, Callers.Actor(caller), cancellationToken)
            switch
        {
            RedeliveryOutcome.NotFound none => Refused(404, none.Why, to),
            RedeliveryOutcome.Refused no => Refused(409, no.Why, to),
            _ => TypedResults.Redirect(to),
        };
    }

    private static async Task<IResult> Replay(
        [FromForm] long? id, [FromForm] string? since, ClaimsPrincipal caller, EventReplay replay,
        CancellationToken cancellationToken)
    {
        const string page = "/channels";
        var by = Callers.Actor(caller);
        if (id is { } one)
            return await replay.OneAsync(one, by, cancellationToken) == 1 ? TypedResults.Redirect(page)
                : Refused(409, $"Event {one} is on its way already, or there is none.", page);
        if (!DateTimeOffset.TryParse(
            since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return Refused(400, $"since is '{since}': give a time such as 2026-11-30T05:00.", page);
        return await replay.SinceAsync(moment, by, cancellationToken) > 0 ? TypedResults.Redirect(page)
            : Refused(409, $"No event was written since {moment:u} that is not on its way.", page);
    }

    private static ProblemResult Refused(int status, string problem, string back) =>
        new(new Problem(status, "Not sent", $"{char.ToUpperInvariant(problem[0])}{problem[1..].TrimEnd('.')}.") { Back = back, BackTo = "Back" });
}
