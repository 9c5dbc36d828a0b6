using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Conversations.Attachments;
using Baton.Conversations.Tickets;
using Baton.Operations;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Text.Words;

namespace Baton.Conversations.RawTexts;

/// <summary>What was written.</summary>
/// <param name="Digest">SHA-256 of the file, in hex.</param>
internal sealed record PersonExported(string Path, int Tickets, int Messages, int Files, string Digest)
{
    /// <summary>Messages of which the raw text or files lie in the archive, and are not in the file.</summary>
    public int Archived { get; init; }

    /// <summary>Months that hold them, as <c>baton audit restore</c> takes them.</summary>
    public IReadOnlyList<string> Months { get; init; } = [];
}

/// <summary>
/// Writes everything that is kept of one customer into a ZIP for that customer: messages as they were written, files,
/// what was read in them and decided about them, ratings, what the directory said. Who took it is on the record.
/// </summary>
internal sealed class PersonExport(Database database, DataReads reads, ClearText clear)
{
    private const int MostMessages = 100_000, LongestWhy = 300;

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private const string Readme = """
        Everything that is kept of one customer.

        person.json            who it is: the id, and what the customer directory said last
        tickets/NAME.json      a ticket: messages as they were written, what was read in them and decided about them
                               and why (decisions), the rating, and every event of its history (redacted)
        files/NAME/P-N-FILE    file N of message P of a ticket

        Times are in UTC. Messages that were erased before are marked so and have no text.

        """;

    /// <summary>Whole under its name, or not there at all; readable by this account alone.</summary>
    /// <param name="why">As whoever takes it gave it; null: nobody asked.</param>
    /// <exception cref="IOException">The target exists or cannot be written.</exception>
    public async Task<PersonExported> WriteAsync(
        string path, string customer, IReadOnlyList<string> tickets, string by, string? why,
        CancellationToken cancellationToken)
    {
        if (File.Exists(path)) throw new IOException($"{path} exists already: name a new file");
        if (why is not null) why = CutText.Of(clear(why), LongestWhy, "…");
        foreach (var ticket in tickets)
            await reads.NoteAsync(ticket, by, DataReads.Export, why, cancellationToken).ConfigureAwait(false);
        var unfinished = path + ".part";
        try
        {
            PersonExported made;
            using (var file = new FileStream(unfinished, Private()))
            using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
                made = database.Read(c => Write(c, zip, customer, tickets)) with { Path = path };
            using (var file = File.OpenRead(unfinished))
                made = made with { Digest = Convert.ToHexStringLower(SHA256.HashData(file)) };
            await database.WriteAsync(t => AccessRecord.Append(t, database.Clock.GetUtcNow(), nameof(PersonExported),
                ("customer", customer), ("by", by), ("why", why ?? ""), ("digest", made.Digest),
                ("counts", $"tickets {made.Tickets}, messages {made.Messages}, files {made.Files}, archived {made.Archived}")),
                cancellationToken)
                .ConfigureAwait(false);
            File.Move(unfinished, path, overwrite: false);
            return made;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static FileStreamOptions Private()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static PersonExported Write(
        ReadConnection connection, ZipArchive zip, string customer, IReadOnlyList<string> tickets)
    {
        var (messages, files, archived, months) = (0, 0, 0, new SortedSet<string>(StringComparer.Ordinal));
        JsonNode? directory = null;
        foreach (var (ticket, index) in tickets.Select((id, i) => (id, i + 1)))
        {
            var events = Ledger.Read(connection, ticket);
            var rows = MessageRows.Of(connection, ticket, MostMessages);
            var name = $"{index:000}-{Safe(ticket)}";
            var attachments = AttachmentRow.Of(connection, ticket);
            messages += rows.Count;
            var away = rows.Where(r => r.IsArchived).Select(r => r.Position)
                .Union(attachments.Where(a => a.IsArchived).Select(a => a.Position)).Count()
                + (MessageRows.IsRemarkArchived(connection, ticket) ? 1 : 0);
            archived += away;
            if (away > 0 && ArchivedStream.Find(connection, ticket) is { } left) months.Add(left.Month);
            directory = events.Where(e => e.Type == nameof(ConversationEvent.CustomerContextFetched))
                .Select(e => JsonNode.Parse(e.Data.Span)!["context"]).LastOrDefault()?.DeepClone() ?? directory;
            Add(zip, $"tickets/{name}.json", Encoding.UTF8.GetBytes(
                Ticket(connection, ticket, rows, attachments, events).ToJsonString(Readable)));
            foreach (var row in attachments)
                if (AttachmentRow.Find(connection, ticket, row.Position, row.Number) is { Body: { } body })
                {
                    Add(zip, $"files/{name}/{row.Position}-{row.Number}-{Safe(row.Name)}", body);
                    files++;
                }
        }
        Add(zip, "person.json", Encoding.UTF8.GetBytes(new JsonObject
        {
            ["customer_id"] = customer, ["tickets"] = tickets.Count, ["directory"] = directory,
        }.ToJsonString(Readable)));
        Add(zip, "README.txt", Encoding.UTF8.GetBytes(Readme + Away(archived, months)));
        return new PersonExported("", tickets.Count, messages, files, "") { Archived = archived, Months = [.. months] };
    }

    private static string Away(int archived, IReadOnlyCollection<string> months) => archived == 0 ? ""
        : $"{archived} messages are marked \"archived\", or files of theirs: raw texts and files lie in the archive and are not "
            + $"in here. `baton audit restore MONTH --into FILE` brings them back, for {string.Join(", ", months)}; export "
            + "from there once more.\n";

    private static JsonObject Ticket(
        ReadConnection connection, string ticket, List<MessageRow> rows, List<AttachmentRow> attachments,
        List<StoredEvent> events) => new()
    {
        ["ticket_id"] = ticket,
        ["messages"] = new JsonArray([.. rows.Select(row => (JsonNode)new JsonObject
        {
            ["position"] = row.Position, ["from"] = EnumWords.Of(row.Author), ["at"] = row.ReceivedAt.UtcDateTime,
            ["channel"] = row.Channel, ["subject"] = row.Subject,
            ["sender"] = row.Sender is { } sender ? JsonNode.Parse(sender) : null,
            ["text"] = row.IsArchived ? null : row.Body, ["erased"] = row.IsErased, ["archived"] = row.IsArchived,
        })]),
        ["archived_files"] = new JsonArray([.. attachments.Where(a => a.IsArchived).Select(a => (JsonNode)new JsonObject
        {
            ["message"] = a.Position, ["number"] = a.Number, ["name"] = a.Name, ["size"] = a.Size,
        })]),
        ["rating_remark"] = MessageRows.Remark(connection, ticket),
        ["rating_remark_archived"] = MessageRows.IsRemarkArchived(connection, ticket),
        ["decisions"] = new JsonArray([.. StoredDecision.Of(ticket, events)
            .Select(decision => (JsonNode)JsonObject.Create(ConversationJson.Element(decision.View))!)]),
        ["events"] = new JsonArray([.. events.Select(stored => (JsonNode)new JsonObject
        {
            ["version"] = stored.Version, ["type"] = stored.Type, ["at"] = stored.At.UtcDateTime,
            ["data"] = JsonNode.Parse(stored.Data.Span),
        })]),
    };

    /// <summary>A name that is a name on every disk and leads nowhere else.</summary>
    private static string Safe(string name)
    {
        var safe = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_'));
        return safe.TrimStart('.') is { Length: > 0 } kept ? kept[^Math.Min(kept.Length, 80)..] : "file";
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        using var file = zip.CreateEntry(name).Open();
        file.Write(content);
    }
}
