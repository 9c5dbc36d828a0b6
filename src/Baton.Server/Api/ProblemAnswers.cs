using Baton.Operations;
using Baton.People;
using Baton.Playbooks;
using Baton.Server.Pages.Frame;
using Baton.Server.Pages.Parts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Api;

/// <summary>
/// Every failure as a whole answer: a page for people, an alert for a part of a page, ProblemDetails for programs.
/// </summary>
internal static class ProblemAnswers
{
    private const string Html = "text/html";

    public static Task WriteAsync(HttpContext http, int status, string title, string detail, string? field = null) =>
        WriteAsync(http, new Problem(status, title, detail) { Field = field });

    public static async Task WriteAsync(HttpContext http, Problem problem)
    {
        http.Response.StatusCode = problem.Status;
        IResult answer = http.Request.Headers.ContainsKey("HX-Request")
            ? new RazorComponentResult<Alert>(new { Text = problem.Detail }) { StatusCode = problem.Status }
            : http.Request.Headers.Accept.ToString().Contains(Html, StringComparison.OrdinalIgnoreCase)
                ? new RazorComponentResult<App>(
                    new { Problem = problem }) { StatusCode = problem.Status, ContentType = Html }
                : TypedResults.Problem(problem.Detail, statusCode: problem.Status, title: problem.Title, extensions:
                    problem.Field is null ? null : new Dictionary<string, object?> { ["field"] = problem.Field });
        // A page that was begun and given up has used the services of its request, and left a header that may stand
        // once only.
        http.Response.Headers.Remove("blazor-enhanced-nav");
        await using var fresh = http.RequestServices.CreateAsyncScope();
        var used = http.RequestServices;
        http.RequestServices = fresh.ServiceProvider;
        try
        {
            await answer.ExecuteAsync(http);
        }
        finally
        {
            http.RequestServices = used;
        }
    }

    /// <summary>Says which scope is missing, or that nobody may call this route.</summary>
    public static Task ForbiddenAsync(HttpContext http) =>
        WriteAsync(http, 403, "Not allowed", RouteAccess.Of(http) switch
    {
        { Scope: { } scope } when Callers.Role(http.User) is { } role =>
            $"Your role is '{role}': this needs '{EnumWords.Of(PersonRoles.Least(scope))}'. An admin can change it on the page of people, or `baton people role`.",
        { Scope: AccessScopes.Everything } =>
            "This needs a person with the role 'admin', or a key that may do everything.",
        { Scope: { } scope } =>
            $"Your key has no scope '{scope}', which this needs. `baton keys create NAME --scope {scope}` makes one that has it.",
        _ => $"No rule says who may call {http.Request.Method} {http.Request.Path}: it is closed to everybody until RouteAccess names it.",
    });

    /// <summary>What to say of an answer that has a status and nothing else.</summary>
    public static Problem Of(HttpContext http) =>
        http.Items[typeof(Problem)] as Problem ?? http.Response.StatusCode switch
    {
        404 => new Problem(404, "There is no such page",
            $"Nothing is at {http.Request.Path}. The address may be misspelt, or from another installation."),
        405 => new Problem(405, "Not possible here",
            $"{http.Request.Path} cannot be asked with {http.Request.Method}."),
        415 => new Problem(415, "Not a form this can read",
            $"The content type '{http.Request.ContentType}' cannot be read here."),
        400 => new Problem(400, "The request cannot be used",
            "A form must come from its own page, unchanged. Open the page again and repeat."),
        var other => new Problem(other, "The request cannot be answered", $"The answer is {other}."),
    };

    /// <summary>Lets a page say what was wrong; it ends with the page of problems.</summary>
    public static void Tell(HttpContext? http, Problem problem)
    {
        if (http is null) return;
        http.Response.StatusCode = problem.Status;
        http.Items[typeof(Problem)] = problem;
    }
}
