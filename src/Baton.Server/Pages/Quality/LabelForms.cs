using System.Security.Claims;
using System.Text;
using Baton.Evaluation.Metrics;
using Baton.Evaluation.Results;
using Baton.Server.Api;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Pages.Quality;

/// <summary>What the labelling page sends, and its export.</summary>
internal static class LabelForms
{
    private const string Page = "/quality/labels";

    extension(IEndpointRouteBuilder routes)
    {
        public void MapLabelForms()
        {
            routes.MapPost(Page, Take).ExcludeFromDescription();
            routes.MapGet("/quality/labels.jsonl", Export).ExcludeFromDescription();
        }
    }

    private static async Task<IResult> Take(
        [FromForm] string? id, [FromForm] string? outcome, ClaimsPrincipal caller, TicketLabels labels,
        CancellationToken cancellationToken) =>
        await labels.SetAsync(id ?? "", outcome ?? "", Callers.Actor(caller), cancellationToken)
            ? TypedResults.Redirect(Page)
            : new ProblemResult(new Problem(400, "Not labelled",
                $"outcome is '{outcome}' for '{id}': use {string.Join(", ", Expectation.Outcomes)}, for a ticket that is here.")
            {
                Back = Page, BackTo = "Back to the labels",
            });

    private static IResult Export(TicketLabels labels) => TypedResults.File(
        Encoding.UTF8.GetBytes(string.Concat(labels.Export().Select(line => line + "\n"))), "application/jsonl",
        "labels.jsonl");
}
