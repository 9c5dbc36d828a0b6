using Baton.Storage;

namespace Baton.People.Inboxes;

/// <summary>Somebody who has a ticket open.</summary>
/// <param name="Types">Whether a reply is being written.</param>
public sealed record Onlooker(string Person, bool Types);

/// <summary>
/// Who has which ticket open now, in whatever process; so that two people do not work on one unawares.
/// </summary>
internal sealed class Onlookers(Database database)
{
    /// <summary>An open page says so more often than this.</summary>
    public static readonly TimeSpan Seen = TimeSpan.FromSeconds(45);

    /// <summary>A keystroke counts so long.</summary>
    public static readonly TimeSpan Typed = TimeSpan.FromSeconds(20);

    /// <summary>Who says it again within this time is not written again.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    /// <summary>Notes that a person has a ticket open, or writes a reply to it.</summary>
    public async Task NoteAsync(string ticket, string person, bool types, CancellationToken cancellationToken)
    {
        var now = database.Clock.GetUtcNow();
        if (database.Read(c => IsFresh(c, ticket, person, types, now))) return;
        await database.WriteAsync(transaction =>
        {
            transaction.Execute("delete from onlookers where person = $1 and seen_at < $2", person,
                SqlValue.Ms(now - Seen));
            transaction.Execute(
                """
                insert into onlookers (conversation_id, person, seen_at, typed_at) values ($1, $2, $3, $4)
                on conflict (conversation_id, person) do update set seen_at = $3,
                    typed_at = coalesce($4, onlookers.typed_at)
                """,
                ticket, person, SqlValue.Ms(now), types ? SqlValue.Ms(now) : default(SqlValue));
            return true;
        }, cancellationToken);
    }

    /// <summary>Everybody else who has a ticket open.</summary>
    public IReadOnlyList<Onlooker> Of(string ticket, string me) =>
        Of([ticket], me).GetValueOrDefault(ticket) ?? [];

    /// <summary>Everybody else who has one of these tickets open, by ticket.</summary>
    public IReadOnlyDictionary<string, List<Onlooker>> Of(IReadOnlyCollection<string> tickets, string me)
    {
        var now = database.Clock.GetUtcNow();
        // Few look at once: they are all read, and no list of ids is put together.
        return database.Read(connection => connection.Query(
            "select conversation_id, person, typed_at from onlookers where seen_at >= $1 and person <> $2 order by person",
            row => (Ticket: row.Text(0), Who: new Onlooker(row.Text(1), row.TimeOrNull(2) >= now - Typed)),
            SqlValue.Ms(now - Seen), me))
            .Where(r => tickets.Contains(r.Ticket)).GroupBy(r => r.Ticket)
            .ToDictionary(g => g.Key, g => g.Select(r => r.Who).ToList());
    }

    /// <summary>Who has what open, as a text for each ticket that differs when it changes.</summary>
    public static Dictionary<string, string> Signs(ReadConnection connection, DateTimeOffset now) => connection.Query(
        "select conversation_id, person, typed_at from onlookers where seen_at >= $1 order by conversation_id, person",
        row => (Ticket: row.Text(0), Sign: row.Text(1) + (row.TimeOrNull(2) >= now - Typed ? "+" : "")),
        SqlValue.Ms(now - Seen)).GroupBy(r => r.Ticket)
        .ToDictionary(g => g.Key, g => string.Join(' ', g.Select(r => r.Sign)));

    private static bool IsFresh(
        ReadConnection connection, string ticket, string person, bool types, DateTimeOffset now) => connection.First(
        "select seen_at, typed_at from onlookers where conversation_id = $1 and person = $2",
        row => row.Time(0) > now - Fresh && (!types || row.TimeOrNull(1) > now - Fresh), ticket, person);
}
