using System.Security.Claims;
using Baton.People.Inboxes.Pulse;
using Baton.Server.Api;
using Baton.Server.Pages.Parts.Inboxes.Desk;
using Baton.Storage.Events;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Pages.Inboxes.Live;

/// <summary>What open pages of the inbox ask for: that something changed, and the part of theirs that did.</summary>
internal static class DeskEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapDesk()
        {
            routes.MapGet("/desk/live", Live).ExcludeFromDescription();
            routes.MapGet("/desk/parts/{name}", Part).ExcludeFromDescription();
        }
    }

    private static IResult Live(
        HttpContext http, ClaimsPrincipal caller, InboxPulse pulse, TimeProvider clock, IHostApplicationLifetime host,
        [FromQuery(Name = "last")] string? heardBefore)
    {
        if (pulse.Subscribe(Callers.Actor(caller)) is not { } watch)
            return new ProblemResult(new Problem(
                429, "Too many pages", $"You have {InboxPulse.PagesOfOne} pages of the inbox open: close some."));
        // A page that opens its stream again says it itself: browsers send the header only for one that broke.
        var heard = http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : heardBefore;
        // A host that stops does not wait for pages that stay open.
        var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        http.Response.RegisterForDispose(ends);
        http.Response.RegisterForDispose(watch);
        // Proxies that collect answers would keep the page in the dark.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(DeskStream.Of(pulse, watch, LedgerPlace.Parse(heard), clock, ends.Token));
    }

    private static IResult Part(string name, string? id) => name switch
    {
        "lists" => new RazorComponentResult<ListsPart>(),
        "list" => new RazorComponentResult<ListPart>(),
        "neighbours" when id is not null => new RazorComponentResult<NeighboursPart>(new { Id = id }),
        "ticket" when id is not null => new RazorComponentResult<TicketPart>(new { Id = id }),
        _ => new ProblemResult(new Problem(404, "No such part", $"A page of the inbox has no part '{name}'.")),
    };
}
