using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Conversations.Approvals;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;
using Baton.Playbooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baton.People.Approving;

/// <summary>Calls that wait for a person, over HTTP.</summary>
internal static class ApprovalEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>/api/approvals</c> and <c>/api/approvals/{id}</c>.</summary>
        public void MapApprovals()
        {
            var group = routes.MapGroup("/api/approvals").WithTags("Approvals").RequireAuthorization();
            group.AddEndpointFilter<TicketErrors>();
            group.MapGet("/", List).WithSummary("Calls of tools that wait for a person, the oldest first");
            group.MapGet("/{id}", Get).WithSummary("One approval, also after it was decided");
            group.MapPost("/{id}", Decide)
                .WithSummary("Approves or refuses a call: {\"decision\":\"approve|refuse\",\"why\"?,\"inputs\"?}");
        }
    }

    private static JsonObject List(ConversationStore store) => new()
    {
        ["items"] = new JsonArray(
            [.. store.Database.Read(ApprovalRows.Open).Select(a => (JsonNode)ApprovalJson.Of(a))]),
    };

    private static IResult Get(string id, ConversationStore store) =>
        store.Database.Read(c => ApprovalRows.Find(c, id)) is { } approval
            ? TypedResults.Ok(ApprovalJson.Of(approval))
            : NotThere(id);

    private static async Task<IResult> Decide(
        string id, JsonElement body, ClaimsPrincipal caller, ApprovalDesk desk, ConversationStore store,
        PlaybookHost playbooks, CancellationToken cancellationToken)
    {
        JsonUnicode.Check(body);
        if (store.Database.Read(c => ApprovalRows.Find(c, id)) is not { } approval) return NotThere(id);
        var tool = playbooks.Current.Tools.FirstOrDefault(t => t.Name == approval.Tool);
        if (ApprovalJson.Read(body, caller, tool, out var amount, out var problem) is not { } vote)
            return TypedResults.Problem(problem, statusCode: 400, title: "The decision cannot be used");
        return Answer(id, await desk.DecideAsync(id, vote, amount, cancellationToken));
    }

    private static IResult Answer(string id, ApprovalAnswer answer) => answer switch
    {
        ApprovalAnswer.Taken taken => TypedResults.Ok(ApprovalJson.Of(taken.Now)),
        ApprovalAnswer.NotAllowed no => TypedResults.Problem(no.Why, statusCode: 403, title: "You may not decide this"),
        ApprovalAnswer.Late late => TypedResults.Problem(late.Why, statusCode: 409, title: "Not decided"),
        ApprovalAnswer.Forbidden no => TypedResults.Problem(
            no.Why, statusCode: 422, title: "Policy does not allow these inputs"),
        _ => NotThere(id),
    };

    private static IResult NotThere(string id) => TypedResults.Problem(
        $"There is no approval {id}.", statusCode: 404, title: "Not found");
}
