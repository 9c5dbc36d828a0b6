using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Tickets;
using Baton.Knowledge.Importing;
using Baton.Privacy;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Evaluation.Drafting;

/// <summary>What customers wrote, redacted, from a database or a file of tickets.</summary>
internal static class AskedMessages
{
    /// <summary>Tickets that are read, of a database the newest.</summary>
    public const int MostTickets = 5_000;

    /// <summary>The ledger holds redacted texts only.</summary>
    public static IEnumerable<(string Subject, string Body)> Of(Database database)
    {
        foreach (var id in Newest(database))
            foreach (var stored in database.Read(c => Ledger.Read(c, id)))
                if (ConversationJson.Read(stored.Type, stored.Data.Span) is ConversationEvent.MessageReceived
                    { From: Author.Customer } message)
                    yield return ("", message.Text);
    }

    /// <summary>Ids of the tickets that are read.</summary>
    public static IReadOnlyList<string> Newest(Database database) => database.Read(c => c.Query(
        "select conversation_id from conversations order by updated_at desc, conversation_id limit $1",
        row => row.Text(0), (long)MostTickets));

    /// <exception cref="ImportException">A line is no ticket.</exception>
    public static IEnumerable<(string Subject, string Body)> Of(string file, Redactor redactor)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file).Take(MostTickets))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            foreach (var message in Read(line, $"{file}:{number}", redactor)) yield return message;
        }
    }

    private static List<(string Subject, string Body)> Read(string line, string where, Redactor redactor)
    {
        try
        {
            var ticket = TicketJson.Read(JsonSerializer.Deserialize<JsonElement>(line), where, "file", "expect");
            var places = new Placeholders();
            var subject = redactor.Redact(ticket.Subject ?? "", places).Text;
            return [.. ticket.Messages.Where(m => m.From == Author.Customer)
                .Select(m => (subject, redactor.Redact(m.Seen(), places).Text))];
        }
        catch (Exception error) when (error is JsonException or TicketFormatException)
        {
            throw new ImportException($"{where}: {(error is JsonException ? "not JSON" : error.Message)}");
        }
    }
}
