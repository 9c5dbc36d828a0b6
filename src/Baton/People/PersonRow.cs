using System.Globalization;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.People;

/// <summary>The table <c>people</c>.</summary>
internal static class PersonRow
{
    /// <summary>What <see cref="Map"/> reads, of a table called <c>p</c>.</summary>
    public const string Columns =
        "p.id, p.version, p.name, p.email, p.role, p.queues, p.skills, p.languages, p.capacity, p.time_zone, "
        + "p.presence, p.presence_at, p.last_assigned_at, p.disabled_at, p.away_until, p.away_to, p.away_from";

    /// <summary>A row whose columns begin with <see cref="Columns"/> at a place.</summary>
    public static Person Map(Row row, int from) => new()
    {
        Id = row.Text(from), Version = row.Int32(from + 1), Name = row.Text(from + 2), Email = row.Text(from + 3),
        Role = EnumWords.Find<PersonRole>(row.Text(from + 4)) ?? PersonRole.Viewer,
        Queues = Words(row.Text(from + 5)), Skills = ReadSkills(row.Text(from + 6)),
        Languages = Words(row.Text(from + 7)),
        Capacity = row.Int32(from + 8), TimeZone = row.Text(from + 9),
        Presence = EnumWords.Find<Presence>(row.Text(from + 10)) ?? Presence.Offline,
        PresenceAt = row.Time(from + 11), LastAssignedAt = row.TimeOrNull(from + 12),
        DisabledAt = row.TimeOrNull(from + 13),
        OutOfOffice = row.TimeOrNull(from + 14) is { } until ? new OutOfOffice(until, row.TextOrNull(from + 15))
        {
            From = row.TimeOrNull(from + 16),
        } : null,
    };

    public static Person Insert(WriteTransaction transaction, string id, PersonDetails details, DateTimeOffset now)
    {
        transaction.Execute(
            """
            insert into people (id, version, name, email, role, queues, skills, languages, capacity, time_zone,
                presence, presence_at, created_at)
            values ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
            """,
            id, details.Name, details.Email, EnumWords.Of(details.Role), string.Join(',', details.Queues),
            Written(details.Skills), string.Join(',', details.Languages), (long)details.Capacity, details.TimeZone,
            EnumWords.Of(Presence.Offline), SqlValue.Ms(now));
        return PeopleStore.Find(transaction, id)!;
    }

    public static void Update(WriteTransaction transaction, string id, PersonDetails details) => transaction.Execute(
        """
        update people set version = version + 1, name = $1, email = $2, role = $3, queues = $4, skills = $5,
            languages = $6, capacity = $7, time_zone = $8, away_until = $9, away_to = $10,
            away_handed = case when away_from is not distinct from $11 and away_until is not distinct from $9
                and away_to is not distinct from $10 then away_handed else 0 end,
            away_from = $11
        where id = $12
        """,
        details.Name, details.Email, EnumWords.Of(details.Role), string.Join(',', details.Queues),
        Written(details.Skills), string.Join(',', details.Languages), (long)details.Capacity, details.TimeZone,
        SqlValue.Ms(details.OutOfOffice?.Until), details.OutOfOffice?.HandOverTo,
        SqlValue.Ms(details.OutOfOffice?.From), id);

    /// <summary>Names of the fields that differ, for the record, which holds no values of them.</summary>
    public static List<string> Changed(PersonDetails before, PersonDetails after) =>
    [
        .. Differ("name", before.Name, after.Name), .. Differ("email", before.Email, after.Email),
        .. Differ("role", EnumWords.Of(before.Role), EnumWords.Of(after.Role)),
        .. Differ("queues", string.Join(',', before.Queues), string.Join(',', after.Queues)),
        .. Differ("skills", Written(before.Skills), Written(after.Skills)),
        .. Differ("languages", string.Join(',', before.Languages), string.Join(',', after.Languages)),
        .. before.Capacity == after.Capacity ? Array.Empty<string>() : ["capacity"],
        .. Differ("time_zone", before.TimeZone, after.TimeZone),
        .. before.OutOfOffice == after.OutOfOffice ? Array.Empty<string>() : ["out_of_office"],
    ];

    /// <summary><c>refunds:7,german:10</c>.</summary>
    public static string Written(IReadOnlyDictionary<string, int> skills) => string.Join(',',
        skills.OrderBy(s => s.Key, StringComparer.Ordinal)
            .Select(s => $"{s.Key}:{s.Value.ToString(CultureInfo.InvariantCulture)}"));

    private static string[] Differ(string name, string before, string after) => before == after ? [] : [name];

    private static string[] Words(string text) => text.Length == 0 ? [] : text.Split(',');

    private static Dictionary<string, int> ReadSkills(string text) => Words(text).Select(s => s.Split(':'))
        .ToDictionary(s => s[0], s => int.Parse(s[1], CultureInfo.InvariantCulture));
}
