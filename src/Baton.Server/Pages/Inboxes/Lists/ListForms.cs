using System.Security.Claims;
using Baton.Conversations;
using Baton.Operations;
using Baton.People.Inboxes.Views;
using Baton.Server.Accounts;
using Baton.Server.Api;
using Baton.Server.Pages.Frame;
using Baton.Server.Pages.Parts.Inboxes.Lists;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Pages.Inboxes.Lists;

/// <summary>What a list of the inbox sends: one action on several tickets, views to keep, itself as a file.</summary>
internal static class ListForms
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapLists()
        {
            routes.MapPost("/inbox/bulk", Bulk).ExcludeFromDescription();
            routes.MapPost("/inbox/views", Save).ExcludeFromDescription();
            routes.MapPost("/inbox/views/remove", Remove).ExcludeFromDescription();
            routes.MapGet("/desk/list.csv", ListFile.Answer).ExcludeFromDescription();
        }
    }

    /// <summary>Each ticket by itself: what one of them refuses stops none of the others.</summary>
    private static async Task<IResult> Bulk(
        IFormCollection fields, ClaimsPrincipal caller, Inbox inbox, PersonNames names,
        CancellationToken cancellationToken)
    {
        var form = BulkForm.Of(fields);
        var back = OwnPath.Or(form.Back, "/inbox");
        var (action, missing) = form.Read();
        if (action is null) return Refused(400, missing ?? "nothing is to be done.", back);
        var outcomes = new List<BulkOutcome>();
        foreach (var (id, seen) in form.Tickets())
        {
            var acting = Callers.ActingOn(caller, null) with { Seen = seen };
            var (found, problem) = await inbox.ActAsync(id, (_, _) => action, acting, null, cancellationToken);
            outcomes.Add(new BulkOutcome(id, !found ? "there is no such ticket" : problem is null ? null : names.In(problem)));
        }
        return new RazorComponentResult<App>(new
        {
            Instead = typeof(BulkResult),
            With = new Dictionary<string, object>
            {
                [nameof(BulkResult.Outcomes)] = outcomes, [nameof(BulkResult.Back)] = back,
                [nameof(BulkResult.Done)] = form.Action == "close" ? "closed" : $"moved to {form.Queue}",
            },
        });
    }

    private static async Task<IResult> Save(
        [FromForm] string? name, [FromForm] string? list, [FromForm] bool? share, ClaimsPrincipal caller,
        SavedViews views, CancellationToken cancellationToken)
    {
        var back = OwnPath.Or(list, "/inbox");
        var query = back.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? back[at..] : "";
        if (share == true && !Callers.Allows(caller, AccessScopes.Operations))
            return Refused(403, "Only leads share views: save it for yourself.", back);
        return await views.SaveAsync(
            new SavedView(Callers.Actor(caller), name ?? "", query, share == true), cancellationToken) is { } problem
            ? Refused(400, PageText.WithTyped(problem, null), back) : TypedResults.Redirect(back);
    }

    private static async Task<IResult> Remove(
        [FromForm] string? name, [FromForm] string? back, ClaimsPrincipal caller, SavedViews views,
        CancellationToken cancellationToken) =>
        await views.RemoveAsync(Callers.Actor(caller), name ?? "", cancellationToken)
            ? TypedResults.Redirect(OwnPath.Or(back, "/inbox"))
            : Refused(404, $"You have no view '{name}'.", "/inbox");

    private static ProblemResult Refused(int status, string problem, string back) =>
        new(new Problem(status, "Not done", problem) { Back = back, BackTo = "Back to the list" });
}
