using System.Text.Json;
using Baton.Privacy;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Conversations.RawTexts;

/// <summary>When somebody last was noted for opening the raw texts of a ticket.</summary>
/// <param name="Reader">Id of a person, or name of a key.</param>
internal sealed record DataRead(string ConversationId, string Reader, DateTimeOffset At);

/// <summary>
/// Who has seen raw texts: an event <c>PersonalDataRead</c> for each reader and ticket, at most one an hour. Who works
/// on a ticket opens it again with every click, and a record of clicks hides the one look that matters. It has a stream
/// beside the ticket's, so that looking at a ticket never stands in the way of a turn that is being decided.
/// </summary>
internal sealed class DataReads(Database database)
{
    public const string Fact = "PersonalDataRead";

    /// <summary>What stands for a caller whom the host does not know.</summary>
    public const string Unknown = "unknown";

    /// <summary>What was opened: the texts, a file, or all of it to be taken away.</summary>
    public const string Texts = "texts", File = "file", Export = "export";

    private const string Prefix = ReservedStreams.Reads;

    private static readonly TimeSpan Noted = TimeSpan.FromHours(1);

    private static readonly Redactor Names = new(RedactionProfile.Actors);

    /// <summary>How a rebuild writes the table anew.</summary>
    public static readonly ReadTable ReadTable = new("data reads", ["data_reads"], Rebuild);

    /// <summary>The stream of a ticket's readers.</summary>
    public static string StreamOf(string conversationId) => ReservedStreams.OfReads(conversationId);

    /// <summary>Notes that somebody opens a ticket; further times within the hour are not noted.</summary>
    /// <param name="what"><see cref="Texts"/>, <see cref="File"/> or <see cref="Export"/>.</param>
    /// <param name="why">As whoever reads gave it; null: nobody asked.</param>
    public async Task NoteAsync(
        string conversationId, string? reader, string what, string? why, CancellationToken cancellationToken)
    {
        var who = Named(reader ?? Unknown);
        // What is taken away is noted each time.
        if (what != Export && database.Read(c => Has(c, conversationId, who))) return;
        await database.WriteAsync(
            transaction =>
            {
                var (stream, at) = (StreamOf(conversationId), database.Clock.GetUtcNow());
                transaction.Lock(stream);
                if (what != Export && Has(transaction, conversationId, who)) return;
                Insert(transaction, new DataRead(conversationId, who, at));
                var data = new Dictionary<string, string>
                {
                    ["ticket_id"] = conversationId, ["by"] = who, ["what"] = what,
                };
                if (why is not null) data["why"] = Named(why);
                Ledger.Extend(transaction, stream, new NewEvent(Fact, at, JsonSerializer.SerializeToUtf8Bytes(data)));
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The newest, before a moment.</summary>
    /// <param name="reader">Of one reader alone; null is all.</param>
    public List<DataRead> Newest(string? reader, DateTimeOffset before, int limit) => database.Read(c => c.Query(
        """
        select conversation_id, reader, at_ms from data_reads
        where at_ms < $1 and (cast($2 as text) is null or reader = $2)
        order by at_ms desc, conversation_id, reader limit $3
        """,
        row => new DataRead(row.Text(0), row.Text(1), row.Time(2)), SqlValue.Ms(before), reader, (long)limit));

    private bool Has(ReadConnection connection, string conversationId, string reader) => connection.Number(
        "select 1 from data_reads where conversation_id = $1 and reader = $2 and at_ms > $3",
        conversationId, reader, SqlValue.Ms(database.Clock.GetUtcNow() - Noted)) is not null;

    private static void Insert(WriteTransaction transaction, DataRead read) => transaction.Execute(
        """
        insert into data_reads (conversation_id, reader, at_ms) values ($1, $2, $3)
        on conflict (conversation_id, reader) do update set at_ms = excluded.at_ms
        """,
        read.ConversationId, read.Reader, SqlValue.Ms(read.At));

    private static void Rebuild(WriteTransaction transaction, string stream, IReadOnlyList<StoredEvent> events)
    {
        if (!stream.StartsWith(Prefix, StringComparison.Ordinal)) return;
        foreach (var fact in events)
            using (var json = JsonDocument.Parse(fact.Data))
                Insert(transaction, new DataRead(
                    stream[Prefix.Length..], json.RootElement.GetProperty("by").GetString()!, fact.At));
    }

    /// <summary>A key may be called after an address.</summary>
    private static string Named(string reader)
    {
        var none = new Placeholders();
        none.Close();
        return Names.Redact(reader, none).Text;
    }
}
