using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Conversations.Promises;
using Baton.Conversations.Tickets;
using Baton.Playbooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baton.People.Routing;

/// <summary>Work for people over HTTP.</summary>
internal static class WorkEndpoints
{
    /// <summary>Calls listed at most, those due first.</summary>
    private const int Most = 500;

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>/api/callbacks</c>, <c>/api/people/{id}/next</c> and <c>…/absence</c>.</summary>
        public void MapWork()
        {
            var work = routes.MapGroup("/api").WithTags("Work").RequireAuthorization();
            work.AddEndpointFilter<TicketErrors>();
            work.MapGet("/callbacks", Callbacks)
                .WithSummary("Calls that were promised and are owed, the one due first on top");
            work.MapPost("/people/{id}/next", Next)
                .WithSummary("Gives a person the next ticket of the person's queues; 204 when there is none")
                .ProducesProblem(404);
            work.MapPost("/people/{id}/absence", AbsenceEndpoints.Set)
                .WithSummary("Says when a person is out of office and who stands in; {\"end\": true} takes it back")
                .Accepts<JsonElement>("application/json").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        }
    }

    private static JsonObject Callbacks(ConversationStore store, Inbox inbox) => new()
    {
        ["items"] = new JsonArray([.. store.Database.Read(c => PromiseTables.Owed(c, Most)).Select(owed =>
            (JsonNode)new JsonObject
            {
                ["ticket_id"] = owed.Ticket, ["queue"] = owed.Call.Queue,
                ["number"] = inbox.Restored(owed.Ticket, owed.Call.Number), ["due_at"] = owed.Call.DueAt,
                ["attempts"] = owed.Call.Attempts, ["state"] = EnumWords.Of(owed.Call.State),
            })]),
    };

    private static async Task<IResult> Next(
        string id, PeopleStore people, WorkRouter router, CancellationToken cancellationToken)
    {
        if ((people.Find(id) ?? people.FindByEmail(id)) is not { } person)
            return TypedResults.Problem(
                $"nobody has the id or e-mail '{id}'", statusCode: 404, title: "Not done");
        return await router.NextAsync(person.Id, cancellationToken) is { } ticket
            ? TypedResults.Ok(new JsonObject { ["ticket_id"] = ticket })
            : TypedResults.NoContent();
    }
}
