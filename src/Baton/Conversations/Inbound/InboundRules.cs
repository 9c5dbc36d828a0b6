using System.Buffers;
using Baton.Storage.Events;
using Baton.Storage.Outgoing;

namespace Baton.Conversations.Inbound;

/// <summary>What a delivery must be like. Pure; the first problem found is the answer.</summary>
internal static class InboundRules
{
    /// <summary>Where an idempotency key comes from, as senders know it.</summary>
    public const string KeyHeader = "Idempotency-Key";

    private const int LongestId = 128;
    private const int LongestName = 256;

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:#/-");

    /// <summary>The problem with a new ticket, or null.</summary>
    public static IntakeOutcome.Rejected? Check(InboundTicket ticket, IntakeOptions options)
    {
        if (!IsId(ticket.TicketId))
            return Bad("id", $"'{Start(ticket.TicketId)}' is not an id: use 1 to {LongestId} letters, digits or . _ : # / -");
        if (ticket.TicketId.Split('/').Any(part => part is "." or ".."))
            return Bad("id", $"'{Start(ticket.TicketId)}' has a part '.' or '..', which addresses cannot hold: choose another id");
        if (ReservedStreams.Includes(ticket.TicketId))
            return Bad("id", $"'{Start(ticket.TicketId)}' is a name of Baton's own record: choose another id");
        if (!IsId(ticket.Channel))
            return Bad("channel",
            $"'{Start(ticket.Channel)}' is not a channel name: use letters, digits or . _ : # / -");
        if (ticket.Channel == Notices.Kind)
            return Bad("channel", $"'{Notices.Kind}' means messages to people: choose another name");
        if (CheckNames(("external_id", ticket.ExternalId), (KeyHeader, ticket.IdempotencyKey)) is { } unnamed)
            return unnamed;
        if (ticket.Subject?.Length > options.SubjectCharacters)
            return Bad("subject",
                $"has {ticket.Subject.Length} characters, the limit is {options.SubjectCharacters}: shorten it");
        if (ticket.Messages.Count == 0) return Bad("messages", "is empty: send at least one message of the customer");
        if (ticket.Messages.Count > options.MessagesPerConversation)
            return Bad("messages",
                $"has {ticket.Messages.Count} entries, the limit is {options.MessagesPerConversation}");
        if (!ticket.Messages.Any(m => m.From == Author.Customer))
            return Bad("messages", "has none from the customer: set \"from\": \"customer\"");
        foreach (var message in ticket.Messages)
            if (Check(message, options) is { } bad) return bad;
        return CheckFields(ticket.Fields, options);
    }

    /// <summary>The problem with one text, or null.</summary>
    public static IntakeOutcome.Rejected? Check(InboundText message, IntakeOptions options)
    {
        if (string.IsNullOrWhiteSpace(message.Text)) return Bad("body", "is empty: a message needs text");
        if (message.Text.Length > options.MessageCharacters)
            return Bad("body", $"has {message.Text.Length} characters, the limit is {options.MessageCharacters}: send less, or an excerpt with a link");
        if (message.Headers.Count > options.Headers)
            return Bad("headers",
                $"has {message.Headers.Count} values, the limit is {options.Headers}: send only those of the mail itself");
        foreach (var (name, value) in message.Headers)
            if (value.Length > options.HeaderCharacters)
                return Bad("headers",
                    $"'{Start(name)}' has {value.Length} characters, the limit is {options.HeaderCharacters}: leave it out");
        return message.Text.Contains('\0') ? Bad("body", "holds the character U+0000: remove it") : null;
    }

    /// <summary>The problem with the names of a delivery, or null. Null names are not there.</summary>
    public static IntakeOutcome.Rejected? CheckNames(params ReadOnlySpan<(string Field, string? Name)> names)
    {
        foreach (var (field, name) in names)
        {
            if (name is null) continue;
            if (name.Length is 0 or > LongestName)
                return Bad(field, $"has {name.Length} characters: use 1 to {LongestName}");
            if (name.Any(char.IsControl)) return Bad(field, $"'{Start(name)}' holds a control character: remove it");
        }
        return null;
    }

    private static IntakeOutcome.Rejected? CheckFields(
        IReadOnlyDictionary<string, string> fields, IntakeOptions options)
    {
        if (fields.Count > options.Fields)
            return Bad("metadata", $"has {fields.Count} values, the limit is {options.Fields}");
        foreach (var (name, value) in fields)
            if (value.Length > options.FieldCharacters)
                return Bad(name, $"has {value.Length} characters, the limit is {options.FieldCharacters}");
        return null;
    }

    private static bool IsId(string text) =>
        text.Length is > 0 and <= LongestId && !text.AsSpan().ContainsAnyExcept(IdCharacters);

    private static string Start(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static IntakeOutcome.Rejected Bad(string field, string problem) => new(field, problem);
}
