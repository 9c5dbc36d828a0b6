using System.Security.Claims;
using Baton.Evaluation.Learning.Suggesting;
using Baton.Server.Api;
using Baton.Server.Cli.Learning;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Pages.Quality;

/// <summary>What the pages of gaps, collisions and suggestions send.</summary>
internal static class LearningForms
{
    private const string Page = "/quality/suggestions";

    private static readonly string[] Pages = [Page, "/quality/gaps", "/quality/collisions", "/quality/replay"];

    extension(IEndpointRouteBuilder routes)
    {
        public void MapLearningForms()
        {
            routes.MapPost(Page, Decide).ExcludeFromDescription();
            routes.MapPost("/quality/learn", Look).ExcludeFromDescription();
        }
    }

    private static async Task<IResult> Decide(
        [FromForm] string? id, [FromForm] string? verdict, [FromForm] string? text, ClaimsPrincipal caller,
        SuggestionStore store, CancellationToken cancellationToken) =>
        await store.DecideAsync(
            id ?? "", verdict ?? "", verdict == SuggestionStore.Accepted ? text : null, Callers.Actor(caller),
            cancellationToken) is not { } why
            ? TypedResults.Redirect(Page)
            : new ProblemResult(new Problem(400, "Not decided", why) { Back = Page, BackTo = "Back to the suggestions" });

    private static async Task<IResult> Look(
        [FromForm] string? back, LearningSchedule schedule, CancellationToken cancellationToken)
    {
        await schedule.AskAsync(cancellationToken);
        return TypedResults.Redirect((Pages.Contains(back) ? back : Page) + "?asked=true");
    }
}
