using System.Security.Claims;
using Baton.Audit.Entries;
using Baton.Audit.Exporting;
using Baton.Server.Api;
using Baton.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Pages.Auditing;

/// <summary>Takes entries away from the page of the audit view.</summary>
internal static class AuditForms
{
    private const string Room = "/audit";

    extension(IEndpointRouteBuilder routes)
    {
        public void MapAuditForms() => routes.MapPost("/audit/export", Export).ExcludeFromDescription();
    }

    private static async Task<IResult> Export(
        [FromForm] string? since, [FromForm] string? until, [FromForm] string? actor, [FromForm] string? kind,
        [FromForm] string? ticket, [FromForm] string? format, HttpContext http, Database database, AuditExport export,
        ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        var (filter, problem) = new AuditQuestion(since, until, actor, kind, ticket).Read();
        if (filter is null) return Wrong(problem!);
        var folder = Directory.CreateTempSubdirectory("baton-audit-");
        // Kept until it is sent; the file goes with the request, whatever becomes of that.
        http.Response.OnCompleted(() =>
        {
            folder.Delete(recursive: true);
            return Task.CompletedTask;
        });
        try
        {
            var made = await export.WriteAsync(Path.Combine(folder.FullName, "audit.zip"), filter,
                format ?? AuditExport.Jsonl, Callers.Actor(caller), cancellationToken);
            http.Response.Headers.CacheControl = "private, no-store";
            return TypedResults.PhysicalFile(
                made.Path, "application/zip", $"audit-{database.Clock.GetUtcNow():yyyyMMdd-HHmmss}.zip");
        }
        catch (AuditExportException error)
        {
            return Wrong(error.Message);
        }
    }

    private static ProblemResult Wrong(string text) =>
        new(new Problem(400, "Nothing was exported", text) { Back = Room, BackTo = "Audit" });
}
