using Baton.Conversations;
using Baton.Conversations.Attachments;
using Baton.Conversations.RawTexts;
using Baton.Decisions.Local;
using Baton.Privacy;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Server.Pages;

/// <summary>One ticket as its page shows it.</summary>
/// <param name="Messages">The raw texts, or the redacted ones for those who may not see more.</param>
/// <param name="Draft">Raw text of the reply that waits for a person, or null.</param>
/// <param name="Unsent">Raw text of a reply that has not left, or null.</param>
/// <param name="Notes">What people wrote for each other, with the real values.</param>
internal sealed record TicketView(
    Conversation State, string? Subject, IReadOnlyList<WrittenMessage> Messages, IReadOnlyList<LedgerLine> Events,
    IReadOnlyList<TurnTrace> Turns, string? Draft, IReadOnlyList<TeamNote> Notes, string? Unsent)
{
    /// <summary>The last handoff to people, or null.</summary>
    public ConversationEvent.Escalated? Handoff => Turns.LastOrDefault(t => t.Escalated is not null)?.Escalated;
}

/// <summary>A note for colleagues.</summary>
public sealed record TeamNote(string By, string Text, DateTimeOffset At);

/// <summary>One message as it was written.</summary>
public sealed record WrittenMessage(Author From, string Text, DateTimeOffset At)
{
    /// <summary>What came with it.</summary>
    internal IReadOnlyList<AttachmentRow> Files { get; init; } = [];
}

/// <summary>One event as the ledger has it.</summary>
public sealed record LedgerLine(long Seq, long Version, string Type, DateTimeOffset At, string Json, string Hash);

/// <summary>Reads tickets for the console.</summary>
internal sealed class TicketReader(Database database, CarryingWords words, DataReads reads)
{
    /// <summary>Messages read at most; a conversation cannot have more.</summary>
    private const int Most = 10_000;

    /// <summary>The ticket, or null when there is none.</summary>
    /// <param name="reader">Who gets to see what customers really wrote, which is noted; null: redacted texts.</param>
    public async ValueTask<TicketView?> FindAsync(string id, string? reader, CancellationToken cancellationToken)
    {
        var (events, messages, files) = database.Read(c => (
            Ledger.Read(c, id), MessageRows.Of(c, id, Most), AttachmentRow.Of(c, id).ToLookup(f => f.Position)));
        if (events.Count == 0 || messages.Count == 0) return null;
        if (reader is not null) await reads.NoteAsync(id, reader, DataReads.Texts, null, cancellationToken);
        var facts = events.ConvertAll(e => (Fact: ConversationJson.Read(e.Type, e.Data.Span), e.At));
        var state = Conversation.Fold(id, facts);
        return new TicketView(
            state, reader is null ? state.Subject : messages[0].Subject,
            Written(messages, files, reader is not null),
            [
                .. events.Concat(database.Read(c => Ledger.Read(c, DataReads.StreamOf(id)))).OrderBy(e => e.Seq)
                    .Select(e => new LedgerLine(e.Seq, e.Version, e.Type, e.At, e.Json, e.Hash)),
            ],
            TurnTrace.Of((await words.ExplainAsync(id, facts, cancellationToken)).Select(f => f.Fact)),
            state.Draft is not { } draft ? null : reader is null ? draft.Text
                : database.Read(c => MessageRows.Placeholders(c, id)).Restore(draft.Text),
            Notes(id, facts, reader is not null),
            state.Unsent is { } unsent && reader is not null
                ? database.Read(c => MessageRows.Unsent(c, unsent.Written.MessageId)) : null);
    }

    /// <summary>The messages of a ticket that was merged into another; reading them is noted as well.</summary>
    /// <param name="reader">As for the ticket itself.</param>
    public async Task<IReadOnlyList<WrittenMessage>> MessagesAsync(
        string id, string? reader, CancellationToken cancellationToken)
    {
        var (messages, files) = database.Read(c => (
            MessageRows.Of(c, id, Most), AttachmentRow.Of(c, id).ToLookup(f => f.Position)));
        if (reader is not null && messages.Count > 0)
            await reads.NoteAsync(id, reader, DataReads.Texts, null, cancellationToken);
        return Written(messages, files, reader is not null);
    }

    private static List<WrittenMessage> Written(
        List<MessageRow> messages, ILookup<int, AttachmentRow> files, bool isRaw) =>
        messages.ConvertAll(m => new WrittenMessage(m.Author, Text(m, isRaw), m.ReceivedAt)
        {
            Files = isRaw ? [.. files[m.Position]] : [],
        });

    private static string Text(MessageRow row, bool isRaw) => row.IsErased ? "(erased)"
        : isRaw ? row.Body
        : row.Redacted ?? "(not encrypted yet: shown when it is)";

    private List<TeamNote> Notes(
        string id, List<(ConversationEvent Fact, DateTimeOffset At)> facts, bool isRaw)
    {
        if (!facts.Exists(f => f.Fact is ConversationEvent.NoteAdded)) return [];
        var placeholders = isRaw ? database.Read(c => MessageRows.Placeholders(c, id)) : new Placeholders();
        return
        [
            .. from fact in facts
               let note = fact.Fact as ConversationEvent.NoteAdded
               where note is not null
               select new TeamNote(note.By, placeholders.Restore(note.Text), fact.At),
        ];
    }

    /// <summary>The trace of a turn that is decided, or null.</summary>
    public async ValueTask<TurnTrace?> TurnAsync(string id, int turn, CancellationToken cancellationToken)
    {
        var events = database.Read(c => Ledger.Read(c, id))
            .ConvertAll(e => (Fact: ConversationJson.Read(e.Type, e.Data.Span), e.At));
        if (!events.Any(e => e.Fact is ConversationEvent.DecisionMade made && made.Turn >= turn)) return null;
        return TurnTrace.Of((await words.ExplainAsync(id, events, cancellationToken)).Select(e => e.Fact))
            .LastOrDefault(t => t.Number >= turn);
    }
}
