using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Conversations.Attachments;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Baton.Channels.Files;

/// <summary>Files over the API: with a message of the customer, or with a reply of a person.</summary>
internal static class FileEndpoints
{
    private const string Form = "multipart/form-data";

    /// <summary>What stands around the files, bytes.</summary>
    private const int Around = 1024 * 1024;

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>/api/tickets/{id}/attachments</c>.</summary>
        public void MapFiles()
        {
            var files = routes.MapGroup("/api/tickets/{id}/attachments").WithTags("Tickets");
            files.AddEndpointFilter<TicketErrors>().RequireAuthorization();
            files.MapPost("", Add).DisableAntiforgery()
                .WithSummary("Add files of the customer, and perhaps a text, as a message: multipart/form-data")
                .Produces(202).ProducesProblem(400).ProducesProblem(404);
            files.MapPost("/reply", Reply).DisableAntiforgery()
                .WithSummary("Reply as a person, with files: multipart/form-data with text, by, version")
                .Produces(204).ProducesProblem(404).ProducesProblem(409);
        }
    }

    /// <summary>What is not kept of the files is a line in the ticket, and in the answer.</summary>
    private static async Task<IResult> Add(
        string id, HttpContext http, Intake intake, IntakeOptions options, CancellationToken cancellationToken)
    {
        var (form, files) = await ReadAsync(http, options.Attachments, cancellationToken);
        var text = form["text"].ToString();
        var ticket = Uri.UnescapeDataString(id);
        var outcome = await intake.AddAsync(
            ticket, new InboundText(Author.Customer, string.IsNullOrWhiteSpace(text) ? InboundText.FilesOnly : text)
            {
                Attachments = files,
            },
            form["id"].ToString() is { Length: > 0 } name ? name : null,
            http.Request.Headers[InboundRules.KeyHeader].ToString() is { Length: > 0 } key ? key : null,
            cancellationToken);
        if (outcome is IntakeOutcome.Rejected bad) throw new TicketFormatException(bad.Field, bad.Problem);
        if (IntakeAnswers.Refusal(http, outcome) is { } refusal) return refusal;
        var accepted = IntakeAnswers.Accepted(outcome);
        return TypedResults.Accepted($"/api/tickets/{id}", new JsonObject
        {
            ["id"] = accepted.Id, ["turn"] = accepted.Turn,
            ["attachments"] = new JsonArray([.. AttachmentRules.Rows(ticket, 0, files, options.Attachments)
                .Select(row => (JsonNode)new JsonObject
                {
                    ["name"] = row.Name, ["type"] = row.Type, ["size"] = row.Size, ["not_stored"] = row.NotStored,
                })]),
        });
    }

    private static async Task<IResult> Reply(
        string id, HttpContext http, Inbox inbox, ConversationStore store, ChannelList channels, IntakeOptions options,
        CancellationToken cancellationToken)
    {
        var (form, files) = await ReadAsync(http, options.Attachments, cancellationToken);
        if (form["text"].ToString() is not { Length: > 0 } text)
            throw new TicketFormatException("text", "is missing: write the reply");
        var by = Acting.Name(Acting.Of(http.User), form["by"].ToString())
            ?? throw new TicketFormatException("by", "is missing: name the person who does it");
        var ticket = Uri.UnescapeDataString(id);
        var channel = store.Load(ticket).Channel;
        if (channels.Find(channel) is { CarriesFiles: false })
            return Refused($"channel {channel} carries no files: send the reply without them, or a link");
        var acting = new Acting(by) { Seen = Version(form["version"].ToString()) };
        var (found, problem) = await inbox.ActAsync(
            ticket, (message, redacted) => new PersonAction.Reply(message, redacted), acting, text, files,
            cancellationToken);
        return !found ? IntakeAnswers.Missing(ticket) : problem is null ? TypedResults.NoContent() : Refused(problem);
    }

    /// <summary>Null where none is given: one that cannot be read must not act on whatever is there.</summary>
    private static long? Version(string given) => given.Length == 0 ? null
        : long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen
        : throw new TicketFormatException("version", $"'{given}' is no number: send the ticket's version, or none");

    private static IResult Refused(string problem) =>
        TypedResults.Problem(problem, statusCode: 409, title: "Not possible now");

    /// <summary>A form with one file at least, within the limits of a message.</summary>
    private static async Task<(IFormCollection Form, IReadOnlyList<InboundAttachment> Files)> ReadAsync(
        HttpContext http, AttachmentOptions options, CancellationToken cancellationToken)
    {
        if (!http.Request.HasFormContentType
            || http.Request.ContentType?.StartsWith(Form, StringComparison.OrdinalIgnoreCase) != true)
            throw new TicketFormatException("Content-Type", $"is '{http.Request.ContentType}': send {Form}");
        var most = options.BytesPerMessage + (long)Around;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } own)
            own.MaxRequestBodySize = most;
        try
        {
            var form = await http.Request.ReadFormAsync(
                new FormOptions { MultipartBodyLengthLimit = most, ValueLengthLimit = Around, ValueCountLimit = 20 },
                cancellationToken);
            return form.Files.Count > 0 ? (form, await UploadedFiles.ReadAsync(form.Files, options, cancellationToken))
                : throw new TicketFormatException("file", "is missing: send one file at least");
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            throw new TicketFormatException(
                "body", $"cannot be read: {error.Message} {options.BytesPerMessage:N0} bytes of files are taken at once");
        }
    }
}
