using System.Security.Cryptography;
using Baton.Operations;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.People;

/// <summary>
/// The people of the team. A change names the version it was made on; every one is an event, with who did it.
/// </summary>
internal sealed class PeopleStore(Database database)
{
    private const string Prefix = "p_";

    /// <summary>Letters of an id: 20 that make no words, 12 of them are 51 bits.</summary>
    private const string IdLetters = "bcdfghjklmnpqrstvwxz";

    private const int IdLength = 12;

    /// <summary>Adds a person.</summary>
    /// <param name="by">Who does it, for the record.</param>
    public Task<PersonOutcome> AddAsync(PersonDetails details, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction => Add(transaction, details, by, database.Clock.GetUtcNow()), cancellationToken);

    /// <inheritdoc cref="AddAsync"/>
    public static PersonOutcome Add(
        WriteTransaction transaction, PersonDetails details, string by, DateTimeOffset now)
    {
        details = PersonRules.Tidy(details);
        if (PersonRules.Problem(details) is { } problem) return Refused(problem);
        if (FindByEmail(transaction, details.Email) is not null) return Taken(details.Email);
        var person = PersonRow.Insert(transaction, NewId(), details, now);
        PeopleRecord.Append(transaction, person.Id, now, "PersonAdded",
            ("role", EnumWords.Of(person.Role)), ("by", by));
        return new PersonOutcome.Saved(person);
    }

    /// <summary>Changes a person.</summary>
    /// <param name="version">The version that the change was made on.</param>
    /// <param name="by">Who does it, for the record.</param>
    public Task<PersonOutcome> ChangeAsync(
        string id, int version, PersonDetails details, string by, CancellationToken cancellationToken)
    {
        details = PersonRules.Tidy(details);
        if (PersonRules.Problem(details) is { } problem) return Task.FromResult(Refused(problem));
        return database.WriteAsync<PersonOutcome>(transaction =>
        {
            transaction.Lock(PeopleRecord.Stream(id));
            if (Find(transaction, id) is not { } before) return new PersonOutcome.Unknown();
            if (before.Version != version) return new PersonOutcome.Outdated(before);
            if (FindByEmail(transaction, details.Email) is { } other && other.Id != id) return Taken(details.Email);
            if (details.OutOfOffice?.HandOverTo is { } to && (to == id || Find(transaction, to) is null))
                return Refused($"hand over to '{to}': name another person of the team");
            var fields = PersonRow.Changed(PersonDetails.Of(before), details);
            if (fields.Count == 0) return new PersonOutcome.Saved(before);
            PersonRow.Update(transaction, id, details);
            PeopleRecord.Append(transaction, id, database.Clock.GetUtcNow(), "PersonChanged",
                ("fields", string.Join(',', fields)), ("role", EnumWords.Of(details.Role)), ("by", by));
            return new PersonOutcome.Saved(Find(transaction, id)!);
        }, cancellationToken);
    }

    /// <summary>
    /// Lets a person in again, or not any more, which ends the sessions at once; false when that is so already or
    /// nobody has the id.
    /// </summary>
    public Task<bool> DisableAsync(string id, bool disabled, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            transaction.Lock(PeopleRecord.Stream(id));
            if (Find(transaction, id) is not { } before || before.DisabledAt is not null == disabled) return false;
            var now = database.Clock.GetUtcNow();
            transaction.Execute(
                "update people set disabled_at = $1, presence = $2, presence_at = $3, version = version + 1 where id = $4",
                disabled ? SqlValue.Ms(now) : default(SqlValue), EnumWords.Of(Presence.Offline), SqlValue.Ms(now), id);
            if (disabled) ConsoleSessions.EndOf(transaction, id, by, now);
            PeopleRecord.Append(transaction, id, now, disabled ? "PersonDisabled" : "PersonEnabled", ("by", by));
            return true;
        }, cancellationToken);

    /// <summary>Says whether a person takes tickets; false when nobody who may sign in has the id.</summary>
    /// <param name="by">The person, or what noticed it.</param>
    public Task<bool> SetPresenceAsync(
        string id, Presence presence, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction => SetPresence(transaction, id, presence, by, database.Clock.GetUtcNow()), cancellationToken);

    /// <inheritdoc cref="SetPresenceAsync"/>
    public static bool SetPresence(
        WriteTransaction transaction, string id, Presence presence, string by, DateTimeOffset now)
    {
        transaction.Lock(PeopleRecord.Stream(id));
        if (Find(transaction, id) is not { DisabledAt: null } before) return false;
        if (before.Presence == presence) return true;
        transaction.Execute("update people set presence = $1, presence_at = $2, idle = 0 where id = $3",
            EnumWords.Of(presence), SqlValue.Ms(now), id);
        PeopleRecord.Append(transaction, id, now, "PresenceChanged",
            ("from", EnumWords.Of(before.Presence)), ("to", EnumWords.Of(presence)), ("by", by));
        return true;
    }

    /// <summary>
    /// Keeps others from giving the person a ticket until the transaction ends; false when one was given since the
    /// choice was made, or the person has gone.
    /// </summary>
    /// <param name="seen">The person as the choice was made.</param>
    public static bool TryHold(WriteTransaction transaction, Person seen) => transaction.Execute(
        """
        update people set last_assigned_at = last_assigned_at
        where id = $1 and coalesce(last_assigned_at, 0) = $2 and presence = $3 and disabled_at is null
        """,
        seen.Id, seen.LastAssignedAt is { } last ? SqlValue.Ms(last) : 0L, EnumWords.Of(seen.Presence)) == 1;

    /// <summary>Notes that a ticket was given to a person, in the transaction that does it.</summary>
    public static void Assigned(WriteTransaction transaction, string id, DateTimeOffset at) =>
        transaction.Execute("update people set last_assigned_at = $1 where id = $2", SqlValue.Ms(at), id);

    /// <summary>Puts on the record what a person did that no event of the ticket names them for.</summary>
    /// <param name="what">Past tense, as events are called: <c>TicketSubmitted</c>.</param>
    public Task NoteAsync(string id, string what, string ticket, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => PeopleRecord.Append(
            transaction, id, database.Clock.GetUtcNow(), what, ("ticket", ticket)), cancellationToken);

    /// <summary>Everybody, by name, disabled ones too.</summary>
    public List<Person> List() => database.Read(List);

    /// <inheritdoc cref="List()"/>
    public static List<Person> List(ReadConnection connection) =>
        connection.Query($"select {PersonRow.Columns} from people p order by p.name, p.id",
            row => PersonRow.Map(row, 0));

    /// <summary>The person with an id, or null.</summary>
    public Person? Find(string id) => database.Read(connection => Find(connection, id));

    /// <inheritdoc cref="Find(string)"/>
    public static Person? Find(ReadConnection connection, string id) => connection.First(
        $"select {PersonRow.Columns} from people p where p.id = $1", row => PersonRow.Map(row, 0), id);

    /// <summary>The person with an address, in whatever case it is written, or null.</summary>
    public Person? FindByEmail(string email) => database.Read(connection => FindByEmail(connection, email));

    /// <inheritdoc cref="FindByEmail(string)"/>
    public static Person? FindByEmail(ReadConnection connection, string email) => connection.First(
        $"select {PersonRow.Columns} from people p where p.email = $1", row => PersonRow.Map(row, 0),
        email.Trim().ToLowerInvariant());

    private static PersonOutcome Refused(string why) => new PersonOutcome.Refused(why);

    private static PersonOutcome Taken(string email) =>
        Refused($"e-mail '{email}': a person has it already; see `baton people list`");

    private static string NewId() => Prefix + RandomNumberGenerator.GetString(IdLetters, IdLength);
}
