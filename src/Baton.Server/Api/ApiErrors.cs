using Baton.Conversations;
using Baton.Storage;
using Microsoft.AspNetCore.Diagnostics;

namespace Baton.Server.Api;

/// <summary>Every error as ProblemDetails; the one place where exceptions become status codes.</summary>
internal sealed class ApiErrors : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception error, CancellationToken cancellationToken)
    {
        var (status, title, detail) = error switch
        {
            TicketFormatException bad => (400, "The request cannot be used", bad.Message),
            BadHttpRequestException { StatusCode: 413 } => (413, "The body is too large", "Send at most 4 MiB."),
            BadHttpRequestException bad => (bad.StatusCode, "The request cannot be used", bad.Message),
            StorageException { IsTransient: true } busy => (503, "The database cannot be written just now", busy.Message),
            StorageException broken => (500, "The database cannot be used", broken.Message),
            OperationCanceledException when http.RequestAborted.IsCancellationRequested => (499, "The caller left", ""),
            _ => (500, "Something went wrong", "The error is in the server's log."),
        };
        if (status == 503) http.Response.Headers.RetryAfter = "2";
        http.Response.StatusCode = status;
        var field = (error as TicketFormatException)?.Field;
        await TypedResults.Problem(detail, statusCode: status, title: title,
            extensions: field is null ? null : new Dictionary<string, object?> { ["field"] = field }).ExecuteAsync(http);
        return status != 500 || error is StorageException;
    }
}
