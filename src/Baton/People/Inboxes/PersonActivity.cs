using Baton.Playbooks;
using Baton.Storage;

namespace Baton.People.Inboxes;

/// <summary>
/// Presence follows what people do in the console: who does nothing for a while is away, and is back with the next
/// sign. Whoever said so by hand stays what they said.
/// </summary>
internal sealed class PersonActivity(Database database)
{
    /// <summary>Without a sign for so long, somebody who is online is away.</summary>
    public static readonly TimeSpan AwayAfter = TimeSpan.FromMinutes(15);

    /// <summary>Signs that come closer than this are one.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(45);

    private const string Idle = "idle", Active = "activity";

    /// <summary>Notes that a person did something just now.</summary>
    public async Task NoteAsync(string person, CancellationToken cancellationToken)
    {
        var now = database.Clock.GetUtcNow();
        var (known, seen, idle) = database.Read(connection => connection.First(
            "select active_at, idle from people where id = $1 and disabled_at is null",
            row => (true, row.TimeOrNull(0), row.Bool(1)), person));
        if (!known || !idle && seen > now - Fresh) return;
        await database.WriteAsync(transaction =>
        {
            transaction.Lock(PeopleRecord.Stream(person));
            transaction.Execute("update people set active_at = $1 where id = $2", SqlValue.Ms(now), person);
            return !idle || PeopleStore.SetPresence(transaction, person, Presence.Online, Active, now);
        }, cancellationToken);
    }

    /// <summary>Sends those away who have done nothing for a while. Gives how many.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var now = database.Clock.GetUtcNow();
        if (database.Read(connection => Gone(connection, now)).Count == 0) return 0;
        return await database.WriteAsync(transaction =>
        {
            transaction.Lock([.. Gone(transaction, now).Select(PeopleRecord.Stream)]);
            var gone = Gone(transaction, now);
            foreach (var person in gone)
            {
                PeopleStore.SetPresence(transaction, person, Presence.Away, Idle, now);
                transaction.Execute("update people set idle = 1 where id = $1", person);
            }
            return gone.Count;
        }, cancellationToken);
    }

    /// <summary>Who has never been seen in the console works elsewhere.</summary>
    private static List<string> Gone(ReadConnection connection, DateTimeOffset now) => connection.Query(
        "select id from people where presence = $1 and active_at <= $2 and presence_at <= $2", row => row.Text(0),
        EnumWords.Of(Presence.Online), SqlValue.Ms(now - AwayAfter));
}
