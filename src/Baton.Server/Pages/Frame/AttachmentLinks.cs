using Baton.Conversations.Attachments;
using Baton.Conversations.RawTexts;
using Baton.Storage;

namespace Baton.Server.Pages.Frame;

/// <summary>Where people of the console download what customers sent.</summary>
internal static class AttachmentLinks
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapAttachments() => routes.MapGet(
            "/attachments/{position}/{number}/{*id}",
            (string position, string number, string id, HttpContext http, Database database, DataReads reads,
                CancellationToken cancellationToken) => AttachmentAnswer.OfAsync(
                    http, database, reads, (Uri.UnescapeDataString(id), position, number), cancellationToken))
            .ExcludeFromDescription();
    }

    /// <summary>A slash in an id stays encoded, as in the addresses of tickets.</summary>
    public static string Path(AttachmentRow file) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"/attachments/{file.Position}/{file.Number}/{Uri.EscapeDataString(file.ConversationId)}");
}
