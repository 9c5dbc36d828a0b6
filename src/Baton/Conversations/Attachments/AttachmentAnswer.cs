using Baton.Conversations.RawTexts;
using Baton.Conversations.Tickets;
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
    /// <summary>Who opens a file has read what the customer sent.</summary>
    public static async Task<IResult> OfAsync(
        HttpContext http, Database database, DataReads reads, (string Ticket, string Position, string Number) file,
        CancellationToken cancellationToken)
    {
        var (ticket, position, number) = file;
        var found = int.TryParse(position, out var message) && int.TryParse(number, out var place)
            ? database.Read(connection => AttachmentRow.Find(connection, ticket, message, place))
            : null;
        if (found is not { Body: { } body })
            return TypedResults.Problem(
                $"Ticket '{ticket}' has no file {number} with message {position}, or it was not stored: the ticket "
                + "says why.", statusCode: 404, title: "No such file");
        await reads.NoteAsync(ticket, Acting.Of(http.User), DataReads.File, null, cancellationToken);
        return Download(http, found, body);
    }

    /// <summary>As a download, and nothing else.</summary>
    public static IResult Download(HttpContext http, AttachmentRow found, byte[] body)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(found.Name);
        http.Response.Headers.ContentDisposition = disposition.ToString();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Bytes(body, found.Type);
    }
}
