using System.Security.Claims;
using Baton.Operations;
using Baton.Server.Api;
using Baton.Server.Pages.Accounts.Keys;
using Baton.Server.Pages.Frame;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Accounts.Keys;

/// <summary>What admins do on the page of keys.</summary>
internal static class KeyForms
{
    /// <summary>What the form sends for a key for everything: nobody makes one by leaving boxes empty.</summary>
    public const string All = "all";

    private const string Page = "/keys";

    extension(IEndpointRouteBuilder routes)
    {
        public void MapKeyForms()
        {
            routes.MapPost(Page, CreateAsync).ExcludeFromDescription();
            routes.MapPost(Page + "/revoke", RevokeAsync).ExcludeFromDescription();
        }
    }

    private static async Task<IResult> CreateAsync(
        HttpContext http, ApiKeys keys, TimeProvider clock, [FromForm] string? name, [FromForm] string? expires,
        CancellationToken cancellationToken)
    {
        // One value for each box that is checked.
        string[] scope = [.. (await http.Request.ReadFormAsync(cancellationToken))["scope"].OfType<string>()];
        if (scope.Length == 0)
            return Refused(400, "Not made", "choose what the key may do, or that it may do everything");
        var (wanted, problem) = KeyWords.Read(
            name ?? "", scope.Contains(All) ? [] : scope, expires, clock.GetUtcNow());
        if (wanted is null) return Refused(400, "Not made", problem!);
        var key = await keys.CreateAsync(
            wanted.Name, wanted.Scopes, wanted.ExpiresAt, Callers.Actor(http.User), cancellationToken);
        if (key is null)
            return Refused(409, "Not made",
                $"A key in use is called '{wanted.Name}' already: choose another name, or revoke it first.");
        // Shown once: it is in no address and no log.
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<App>(new
        {
            Instead = typeof(KeyShown),
            With = new Dictionary<string, object>
            {
                [nameof(KeyShown.Name)] = wanted.Name, [nameof(KeyShown.Key)] = key,
            },
        });
    }

    private static async Task<IResult> RevokeAsync(
        ClaimsPrincipal caller, ApiKeys keys, [FromForm] string? key, CancellationToken cancellationToken) =>
        await keys.RevokeAsync(key ?? "", Callers.Actor(caller), cancellationToken)
            ? TypedResults.Redirect(Page)
            : Refused(404, "Not revoked", $"No key in use has the id '{key}'; it may have ended meanwhile.");

    private static ProblemResult Refused(int status, string title, string why) =>
        new(new Problem(status, title, why) { Back = Page, BackTo = "Back to keys" });
}
