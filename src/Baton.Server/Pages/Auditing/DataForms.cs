using System.Security.Claims;
using Baton.Conversations.RawTexts;
using Baton.Playbooks;
using Baton.Server.Api;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Pages.Auditing;

/// <summary>What an admin does about data on the page of it.</summary>
internal static class DataForms
{
    private const string Room = "/data";

    extension(IEndpointRouteBuilder routes)
    {
        public void MapDataForms()
        {
            routes.MapPost("/data/export", Export).ExcludeFromDescription();
            routes.MapPost("/data/erase", Erase).ExcludeFromDescription();
            routes.MapPost("/data/hold", Hold).ExcludeFromDescription();
        }
    }

    private static async Task<IResult> Export(
        [FromForm] string? customer, [FromForm] string? why, HttpContext http, Erasure erasure, PersonExport export,
        ClaimsPrincipal caller, CancellationToken cancellationToken) =>
        await CustomerDataEndpoints.FileAsync(http, erasure, export, customer?.Trim() ?? "", Callers.Actor(caller),
            string.IsNullOrWhiteSpace(why) ? null : why, cancellationToken)
        ?? Wrong("Nothing was exported", $"No ticket is of the customer '{customer}'.");

    private static async Task<IResult> Erase(
        [FromForm] string? customer, [FromForm] string? confirm, Erasure erasure, LegalHolds holds,
        ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        var (id, tickets) = erasure.TicketsOf(customer?.Trim() ?? "");
        if (tickets.Count == 0) return Wrong("Nothing was erased", $"No ticket is of the customer '{customer}'.");
        if (confirm?.Trim() != customer?.Trim())
            return Wrong("Nothing was erased", $"Write '{customer}' once more: this cannot be undone.");
        if (holds.On(id, tickets) is { } hold) return Wrong("Nothing was erased", hold.Refusal);
        var erased = await erasure.CustomerAsync(id, tickets, Callers.Actor(caller), cancellationToken);
        return TypedResults.Redirect($"{Room}?erased={Uri.EscapeDataString(id)}&receipt={erased.Digest}");
    }

    private static async Task<IResult> Hold(
        [FromForm] string? scope, [FromForm] string? name, [FromForm] string? why, [FromForm] string? off,
        LegalHolds holds, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        if (EnumWords.Find<HoldScope>(scope ?? "") is not { } what || string.IsNullOrWhiteSpace(name))
            return Wrong("Nothing was changed", $"scope is '{scope}': use ticket or customer, and its id");
        return await holds.SetAsync(
            off is null, what, name.Trim(), Callers.Actor(caller), why ?? "", cancellationToken) is { } problem
            ? Wrong("Nothing was changed", problem) : TypedResults.Redirect(Room);
    }

    private static ProblemResult Wrong(string title, string text) =>
        new(new Problem(400, title, text) { Back = Room, BackTo = "Data" });
}
