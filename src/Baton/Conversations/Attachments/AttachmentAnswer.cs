using Baton.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Baton.Conversations.Attachments;

/// <summary>
/// A file as a download. No browser is to show it in our pages' name: it is always saved, its type is not guessed, and
/// nothing in it may run.
/// </summary>
internal static class AttachmentAnswer
{
    public static IResult Of(HttpContext http, Database database, string ticket, string position, string number)
    {
        var found = int.TryParse(position, out var message) && int.TryParse(number, out var place)
            ? database.Read(connection => AttachmentRow.Find(connection, ticket, message, place))
            : null;
        if (found is not { Body: { } body })
            return TypedResults.Problem(
                $"Ticket '{ticket}' has no file {number} with message {position}, or it was not stored: the ticket "
                + "says why.", statusCode: 404, title: "No such file");
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(found.Name);
        http.Response.Headers.ContentDisposition = disposition.ToString();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Bytes(body, found.Type);
    }
}
