using System.Security.Cryptography;
using System.Text;
using Baton.Conversations.Attachments;
using Baton.Conversations.Inbound;
using Baton.Operations;
using Baton.Storage;
using Baton.Storage.Sealing;

namespace Baton.Conversations.RawTexts;

/// <summary>What an erasure took: the receipt.</summary>
internal sealed record Erased(int Tickets, int Messages, int Keys)
{
    /// <summary>How many of each kind, those of zero included, so that the receipt says what was looked at.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; init; } = new Dictionary<string, int>();

    /// <summary>SHA-256 of whose, when, by whom and the counts, in hex; the ledger's event holds the same.</summary>
    public string Digest { get; init; } = "";

    /// <summary>As one line.</summary>
    public string Said => string.Join(", ", Counts.Select(c => $"{c.Key} {c.Value}"));
}

/// <summary>
/// Erases the texts of a customer for good: the key first, so that no copy of the database brings them back, then the
/// rows. The ledger keeps its redacted texts and says of each message that it was erased. May be repeated, and goes on
/// where it was interrupted.
/// </summary>
internal sealed class Erasure(Database database, ConversationStore store, IEnumerable<ErasedPlace> places)
{
    /// <summary>Who erases where a copy of the database was put back.</summary>
    public const string AfterRestore = "destroyed key";

    /// <summary>
    /// Ids of the tickets of a customer, who is named by the id or by what it was made of (an address).
    /// </summary>
    /// <returns>The id as it is kept, and the tickets.</returns>
    public (string Id, IReadOnlyList<string> Tickets) TicketsOf(string customer)
    {
        var known = Tickets(customer);
        var pseudonym = InboundFacts.Pseudonym(customer);
        return known.Count > 0 || Tickets(pseudonym) is not { Count: > 0 } others ? (customer, known)
            : (pseudonym, others);
    }

    /// <summary>Whether there is a ticket of this id.</summary>
    public bool Exists(string ticket) => store.Load(ticket).Version > 0;

    /// <summary>Erases all texts of a customer.</summary>
    /// <param name="customer">The id as it is kept.</param>
    public Task<Erased> CustomerAsync(
        string customer, IReadOnlyList<string> tickets, string by, CancellationToken cancellationToken) =>
        RunAsync(customer, tickets, database.Read(c => MessageKeys.Of(c, customer)), by, cancellationToken);

    /// <summary>Erases all texts of a ticket whose customer has no id.</summary>
    /// <returns>Null when there is none, or its customer has an id, whose key closes other tickets too.</returns>
    public async Task<Erased?> TicketAsync(string ticket, string by, CancellationToken cancellationToken) =>
        store.Load(ticket) is { Version: > 0, CustomerId: null }
            ? await RunAsync(ticket, [ticket], null, by, cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>
    /// Erases again what was erased when this database is an older copy: keys stay destroyed, rows come back.
    /// </summary>
    public async Task<int> AgainAsync(CancellationToken cancellationToken)
    {
        var messages = 0;
        foreach (var key in database.Keys.Destroyed())
        {
            if (database.Read(c => c.Number("select 1 from erased_keys where key_id = $1", key)) is not null) continue;
            var tickets = database.Read(c => WithKey(c, key));
            var owner = database.Read(c => OwnerOf(c, key, tickets));
            // The messages say whose the places are, so these go first: what is interrupted here is done again.
            if (owner is not null)
                await database.WriteAsync(
                    transaction => EraseAgain(transaction, owner), cancellationToken).ConfigureAwait(false);
            foreach (var ticket in tickets)
                messages += (await ClearAsync(ticket, AfterRestore, cancellationToken).ConfigureAwait(false)).Messages;
            await database.WriteAsync(transaction => Note(transaction, key), cancellationToken).ConfigureAwait(false);
        }
        return messages;
    }

    /// <summary>Gives up texts whose keys are lost; returns how many, null when none are.</summary>
    public static async Task<int?> AcceptLossAsync(Database database, CancellationToken cancellationToken)
    {
        var lost = database.Read(MessageKeys.Files)
            .Where(f => database.Keys.Problem([f]) is not null).ToList();
        if (lost.Count == 0) return null;
        return await database.WriteAsync(
            transaction =>
            {
                var messages = lost.Sum(file => MessageKeys.GiveUp(transaction, file, database.Clock.GetUtcNow()));
                AccessRecord.Append(
                    transaction, database.Clock.GetUtcNow(), "KeysLost",
                    ("files", string.Join(' ', lost.Select(KeyFile.NameOf))), ("messages", $"{messages}"));
                return messages;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<Erased> RunAsync(
        string whose, IReadOnlyList<string> tickets, long? key, string by, CancellationToken cancellationToken)
    {
        var keys = tickets.SelectMany(ticket => database.Read(c => KeysIn(c, ticket))).Distinct().ToList();
        if (key is { } own && !keys.Contains(own)) keys.Add(own);
        foreach (var one in keys) database.Keys.Destroy(one);
        await database.WriteAsync(
            transaction =>
            {
                transaction.Execute("delete from customer_keys where customer_id = $1", whose);
                transaction.Execute(
                    "insert into erasures (customer_id, at_ms) values ($1, $2)",
                    whose, SqlValue.Ms(database.Clock.GetUtcNow()));
            },
            cancellationToken).ConfigureAwait(false);
        var (messages, files) = (0, 0);
        foreach (var ticket in tickets)
        {
            var cleared = await ClearAsync(ticket, by, cancellationToken).ConfigureAwait(false);
            (messages, files) = (messages + cleared.Messages, files + cleared.Files);
        }
        return await database.WriteAsync(
            transaction =>
            {
                foreach (var one in keys) Note(transaction, one);
                var counts = new Dictionary<string, int>
                {
                    ["tickets"] = tickets.Count, ["messages"] = messages, ["files"] = files, ["keys"] = keys.Count,
                };
                var owner = new ErasedOwner(whose, tickets);
                foreach (var place in places) counts[place.Name] = place.Erase(transaction, owner);
                var erased = new Erased(tickets.Count, messages, keys.Count) { Counts = counts };
                return Receipt(transaction, whose, by, erased);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private Erased Receipt(WriteTransaction transaction, string whose, string by, Erased erased)
    {
        var at = database.Clock.GetUtcNow();
        var text = $"{whose}\n{at.UtcDateTime:O}\n{by}\n{erased.Said}";
        erased = erased with { Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))) };
        AccessRecord.Append(transaction, at, "PersonErased",
            ("customer", whose), ("by", by), ("counts", erased.Said), ("digest", erased.Digest));
        return erased;
    }

    /// <summary>Takes the texts and files of one ticket, whoever has the key.</summary>
    /// <param name="onlyIf">Asked in the transaction that erases; null: in any case.</param>
    public async Task<(int Messages, int Files)> ClearAsync(
        string ticket, string by, CancellationToken cancellationToken, Func<ReadConnection, bool>? onlyIf = null)
    {
        while (true)
        {
            var (state, at) = (store.Load(ticket), database.Clock.GetUtcNow());
            var cleared = await database.WriteAsync<(Conversation? Now, bool IsLeft, int Messages, int Files)>(
                transaction =>
                {
                    if (onlyIf?.Invoke(transaction) == false) return (null, true, 0, 0);
                    var ids = transaction.Query(
                        "select id from messages where conversation_id = $1 and erased_at is null order by position",
                        row => row.Text(0), ticket);
                    var now = store.Save(
                        transaction, state, [.. ids.Select(id => new ConversationEvent.MessageErased(id, by))], at);
                    if (now is null) return (null, false, 0, 0);
                    // Where a copy is in the archive, its key stays known: whoever erases the person later destroys it.
                    transaction.Execute(
                        """
                        update messages set body = '', subject = null, sender = null, digest = null, placeholders = null,
                            key_id = case when archived is null then null else key_id end, sealed = null,
                            sealed_values = null, redacted = null, erased_at = $2
                        where conversation_id = $1 and erased_at is null
                        """,
                        ticket, SqlValue.Ms(at));
                    return (now, false, ids.Count, AttachmentRow.Erase(transaction, ticket));
                },
                cancellationToken).ConfigureAwait(false);
            if (cleared.IsLeft) return (0, 0);
            // Somebody appended meanwhile: nothing was done.
            if (cleared.Now is null) continue;
            store.Remember(cleared.Now);
            return (cleared.Messages, cleared.Files);
        }
    }

    private int EraseAgain(WriteTransaction transaction, ErasedOwner owner)
    {
        transaction.Execute(
            "insert into erasures (customer_id, at_ms) values ($1, $2)",
            owner.Customer, SqlValue.Ms(database.Clock.GetUtcNow()));
        return places.Sum(place => place.Erase(transaction, owner));
    }

    private List<string> Tickets(string customer) => database.Read(c => c.Query(
        "select conversation_id from conversations where customer_id = $1 order by started_at, conversation_id",
        row => row.Text(0), customer));

    private static void Note(WriteTransaction transaction, long key) => transaction.Execute(
        "insert into erased_keys (key_id) values ($1) on conflict (key_id) do nothing", key);

    private static List<long> KeysIn(ReadConnection connection, string ticket) => connection.Query(
        "select distinct key_id from messages where conversation_id = $1 and key_id is not null",
        row => row.Int64(0), ticket);

    /// <summary>
    /// Whose a destroyed key was. A ticket that the customer began since has another key, and is none of it.
    /// </summary>
    private static ErasedOwner? OwnerOf(ReadConnection connection, long key, List<string> tickets)
    {
        var customer = connection.First(
            "select customer_id from customer_keys where key_id = $1", row => row.Text(0), key)
            ?? tickets.Select(ticket => connection.First(
                "select customer_id from conversations where conversation_id = $1", row => row.TextOrNull(0), ticket))
                .FirstOrDefault(id => id is not null);
        if (customer is null) return tickets is [var one, ..] ? new ErasedOwner(one, tickets) : null;
        var cleared = connection.Query(
            """
            select conversation_id from conversations c where customer_id = $1 and not exists
                (select 1 from messages m where m.conversation_id = c.conversation_id and m.key_id is not null)
            """,
            row => row.Text(0), customer);
        return new ErasedOwner(customer, [.. tickets, .. cleared]);
    }

    /// <summary>Reads the whole table: only an older copy of the database is asked this.</summary>
    private static List<string> WithKey(ReadConnection connection, long key) => connection.Query(
        "select distinct conversation_id from messages where key_id = $1", row => row.Text(0), key);
}
