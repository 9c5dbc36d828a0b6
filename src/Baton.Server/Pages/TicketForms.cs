using Baton.Conversations;
using Baton.Server.Pages.Parts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Pages;

/// <summary>What the forms of a ticket's page send.</summary>
internal static class TicketForms
{
    /// <summary>The page opens with the decision when there is one within this time, and updates itself when not.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(3);

    extension(IEndpointRouteBuilder routes)
    {
        public void MapTicketForms() => routes.MapPost("/tickets/messages", Add).ExcludeFromDescription();
    }

    private static async Task<IResult> Add(
        [FromForm] string id, [FromForm] string? text, [FromForm] string? from, Intake intake, DecisionWaiter waiter,
        CancellationToken cancellationToken)
    {
        var author = from == "agent" ? Author.Agent : Author.Customer;
        var message = new InboundText(author, (text ?? "").ReplaceLineEndings("\n"));
        var outcome = await intake.AddAsync(id, message, null, cancellationToken);
        if (outcome is not IntakeOutcome.Accepted accepted)
        {
            var (status, problem) = PlaygroundEndpoints.Problem(outcome);
            return new RazorComponentResult<Alert>(new { Text = problem }) { StatusCode = status };
        }
        if (author == Author.Customer) await waiter.WaitAsync(id, accepted.Turn, Wait, cancellationToken);
        return TypedResults.Redirect(PageText.TicketPath(id) + "#latest");
    }
}
