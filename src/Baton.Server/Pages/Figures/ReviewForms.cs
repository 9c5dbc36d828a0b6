using System.Globalization;
using System.Security.Claims;
using Baton.Insights;
using Baton.Playbooks;
using Baton.Server.Accounts;
using Baton.Server.Api;
using Microsoft.AspNetCore.Mvc;
using Route = Baton.Playbooks.Route;

namespace Baton.Server.Pages.Figures;

/// <summary>What the review list sends.</summary>
internal static class ReviewForms
{
    private const string Agree = "agree";

    extension(IEndpointRouteBuilder routes)
    {
        public void MapReviewForms() => routes.MapPost("/insights/review", Take).ExcludeFromDescription();
    }

    private static async Task<IResult> Take(
        [FromForm] string? id, [FromForm] string? turn, [FromForm] string? verdict, [FromForm] string? from,
        [FromForm] string? to, ClaimsPrincipal caller, ReviewDesk desk, PersonNames names,
        CancellationToken cancellationToken)
    {
        var list = $"/insights/review?from={Uri.EscapeDataString(from ?? "")}&to={Uri.EscapeDataString(to ?? "")}";
        var route = EnumWords.Find<Route>(verdict ?? "");
        if (route is null && verdict != Agree)
            return Refused(list, 400,
                $"verdict is '{verdict}': say {Agree} or {string.Join(", ", EnumWords.All<Route>())}");
        if (!int.TryParse(turn, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return Refused(list, 400, $"turn is '{turn}': it is a number");
        var problem = await desk.ReviewAsync(id ?? "", number, route, Callers.Actor(caller), cancellationToken);
        return problem is null ? TypedResults.Redirect(list) : Refused(list, 409, names.In(problem));
    }

    private static ProblemResult Refused(string list, int status, string problem) =>
        new(new Problem(status, "Not recorded", problem + ".") { Back = list, BackTo = "Back to the list" });
}
