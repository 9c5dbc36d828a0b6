using System.Text.Json.Nodes;
using Baton.Conversations.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baton.Conversations.RawTexts;

/// <summary>What whoever takes or erases a person's data says of it.</summary>
/// <param name="Why">For the record.</param>
/// <param name="Confirm">The customer's id once more; without it nothing is erased.</param>
internal sealed record CustomerDataRequest(string? Why, string? Confirm);

/// <summary>Export and erasure of a person over HTTP.</summary>
internal static class CustomerDataEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>/api/customers/{id}/export</c> and <c>…/erase</c>.</summary>
        public void MapCustomerData()
        {
            var customers = routes.MapGroup("/api/customers/{id}").WithTags("Customers").RequireAuthorization();
            customers.MapPost("/export", ExportAsync).ProducesProblem(404)
                .WithSummary("Everything that is kept of a customer, as a ZIP; who took it is on the record");
            customers.MapPost("/erase", EraseAsync).ProducesProblem(400).ProducesProblem(404)
                .WithSummary("Erases all that a customer wrote for good; \"confirm\" is the id once more");
        }
    }

    /// <summary>The file of a customer; it is gone from the disk when it was sent.</summary>
    public static async Task<IResult?> FileAsync(
        HttpContext http, Erasure erasure, PersonExport export, string customer, string by, string? why,
        CancellationToken cancellationToken)
    {
        var (id, tickets) = erasure.TicketsOf(customer);
        if (tickets.Count == 0) return null;
        var folder = Directory.CreateTempSubdirectory("baton-person-");
        http.Response.OnCompleted(() =>
        {
            folder.Delete(recursive: true);
            return Task.CompletedTask;
        });
        var made = await export.WriteAsync(
            Path.Combine(folder.FullName, "person.zip"), id, tickets, by, why, cancellationToken);
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.PhysicalFile(made.Path, "application/zip", "person.zip");
    }

    private static async Task<IResult> ExportAsync(
        string id, CustomerDataRequest? request, HttpContext http, Erasure erasure, PersonExport export,
        CancellationToken cancellationToken) =>
        await FileAsync(http, erasure, export, id, Acting.Of(http.User) ?? DataReads.Unknown, request?.Why,
            cancellationToken) ?? Nobody(id);

    private static async Task<IResult> EraseAsync(
        string id, CustomerDataRequest? request, HttpContext http, Erasure erasure, LegalHolds holds,
        CancellationToken cancellationToken)
    {
        var (customer, tickets) = erasure.TicketsOf(id);
        if (tickets.Count == 0) return Nobody(id);
        if (request?.Confirm != id)
            return TypedResults.Problem(
                $"confirm is '{request?.Confirm}': this erases the texts of {tickets.Count} tickets for good; to do it, "
                + $"send \"confirm\": \"{id}\"", statusCode: 400);
        if (holds.On(customer, tickets) is { } hold)
            return TypedResults.Problem(hold.Refusal, statusCode: 409, title: "Held");
        var erased = await erasure.CustomerAsync(
            customer, tickets, Acting.Of(http.User) ?? DataReads.Unknown, cancellationToken);
        return TypedResults.Ok(new JsonObject
        {
            ["customer"] = customer, ["digest"] = erased.Digest,
            ["counts"] = new JsonObject(erased.Counts.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value))),
        });
    }

    private static IResult Nobody(string id) =>
        TypedResults.Problem($"No ticket is of the customer '{id}'.", statusCode: 404, title: "No such customer");
}
