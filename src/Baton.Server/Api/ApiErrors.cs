using System.Text.Json;
using System.Text.RegularExpressions;
using Baton.Conversations.Tickets;
using Baton.Storage;
using Microsoft.AspNetCore.Diagnostics;

namespace Baton.Server.Api;

/// <summary>
/// The one place where exceptions become status codes. Every answer is whole, those to our own mistakes too.
/// </summary>
internal sealed partial class ApiErrors(ILogger<ApiErrors> log) : IExceptionHandler
{
    private const string Unusable = "The request cannot be used";

    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception error, CancellationToken cancellationToken)
    {
        var problem = Of(error, http.RequestAborted.IsCancellationRequested);
        if (problem.Status == 500) Failed(log, error, http.Request.Method, http.Request.Path);
        // A move takes minutes; a busy database takes moments.
        if (problem.Status == 503)
            http.Response.Headers.RetryAfter = error is StorageException { IsFrozen: true } ? "60" : "2";
        await ProblemAnswers.WriteAsync(http, problem);
        return true;
    }

    private static Problem Of(Exception error, bool callerLeft) => error switch
    {
        TicketFormatException bad => new(400, Unusable, bad.Message) { Field = bad.Field },
        BadHttpRequestException { StatusCode: 413 } => new(413, "The body is too large", "Send at most 4 MiB."),
        BadHttpRequestException bad when Unbound().Match(bad.Message) is { Success: true } found =>
            Wrong(JsonNamingPolicy.SnakeCaseLower.ConvertName(found.Groups[2].Value), found.Groups[3].Value,
                found.Groups[1].Value),
        BadHttpRequestException bad => new(bad.StatusCode, Unusable, bad.Message),
        StorageException { IsFrozen: true } moving => new(503, "The database is being moved", moving.Message),
        StorageException { IsTransient: true } busy =>
            new(503, "The database cannot be written just now", busy.Message),
        StorageException broken => new(500, "The database cannot be used", broken.Message),
        OperationCanceledException when callerLeft => new(499, "The caller left", ""),
        _ => new(500, "Something went wrong", "The error is in the server's log."),
    };

    private static Problem Wrong(string field, string value, string type) => new(400, Unusable,
        $"{field} is '{value}': use {(type.Contains("bool", StringComparison.Ordinal) ? "true or false" : "a whole number")}") { Field = field };

    /// <summary>What the framework says of a query value that does not fit its parameter.</summary>
    [GeneratedRegex("""^Failed to bind parameter "(\S+) (\w+)" from "(.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex Unbound();

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private static partial void Failed(ILogger log, Exception error, string method, string path);
}
