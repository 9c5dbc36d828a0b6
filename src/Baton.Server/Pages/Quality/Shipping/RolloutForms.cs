using System.Security.Claims;
using Baton.Evaluation.Rollouts;
using Baton.Playbooks;
using Baton.Server.Api;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Pages.Quality.Shipping;

/// <summary>What the page of roll-outs sends.</summary>
internal static class RolloutForms
{
    internal const int LongestWhy = 500;

    private const string Page = "/quality/rollouts";

    extension(IEndpointRouteBuilder routes)
    {
        public void MapRolloutForms() => routes.MapPost(Page, Change).ExcludeFromDescription();
    }

    private static async Task<IResult> Change(
        [FromForm] string? id, [FromForm] string? to, [FromForm] string? why, ClaimsPrincipal caller,
        RolloutStore store, CancellationToken cancellationToken)
    {
        if (EnumWords.Find<RolloutState>(to ?? "") is not { } state
            || state is RolloutState.Halted or RolloutState.Completed)
            return Refused(400, $"to is '{to}': use running, paused or stopped.");
        if (string.IsNullOrWhiteSpace(why) || why.Length > LongestWhy)
            return Refused(400, $"Say why, in at most {LongestWhy} characters: it stays in the audit log.");
        // A page of before another one was begun changes nothing.
        if (await store.ChangeAsync(id ?? "", state, Callers.Actor(caller), why, cancellationToken) is null)
            return Refused(409, "The roll-out has ended or was changed meanwhile. Nothing was done.");
        return TypedResults.Redirect(Page);
    }

    private static ProblemResult Refused(int status, string problem) =>
        new(new Problem(status, "Not changed", problem) { Back = Page, BackTo = "Roll-outs" });
}
