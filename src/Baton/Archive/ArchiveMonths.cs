using System.Globalization;
using Baton.Storage;

namespace Baton.Archive;

/// <summary>The tickets that began in a month.</summary>
/// <param name="Name">As in <c>2026-03</c>.</param>
/// <param name="Left">Tickets with events that have not left the database.</param>
/// <param name="Open">How many are not closed.</param>
/// <param name="LastChange">The newest of all.</param>
/// <param name="Examples">Some of those that are open.</param>
internal sealed record ArchiveMonth(
    string Name, int Tickets, int Left, int Open, DateTimeOffset LastChange, IReadOnlyList<string> Examples)
{
    /// <summary>Why it may not leave now; null when it may.</summary>
    public string? Objection(DateTimeOffset now, int days) =>
        Open > 0 ? $"{Open} of its tickets are not closed ({string.Join(", ", Examples)}{(Open > Examples.Count ? ", …" : "")})"
        : LastChange.AddDays(days) > now ? string.Create(CultureInfo.InvariantCulture,
            $"its last ticket changed on {LastChange.UtcDateTime:yyyy-MM-dd}, less than {days} days ago")
        : ArchiveMonths.Range(Name).To.AddDays(days) > now ? $"it ended less than {days} days ago"
        : null;
}

/// <summary>Which tickets began when, and what of them is still in the database.</summary>
internal static class ArchiveMonths
{
    private const int PageSize = 10_000, Examples = 5;

    private const string Format = "yyyy-MM";

    /// <summary>The name of the month of a moment, in UTC.</summary>
    public static string NameOf(DateTimeOffset at) => at.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Whether a text is the name of a month.</summary>
    public static bool IsName(string text) => DateOnly.TryParseExact(
        text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>From its first moment to that of the next.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) Range(string name)
    {
        var from = DateTimeOffset.ParseExact(
            name, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return (from, from.AddMonths(1));
    }

    /// <summary>Every month in which tickets began, in order. Reads all tickets once, in pages.</summary>
    public static List<ArchiveMonth> All(Database database)
    {
        var months = new SortedDictionary<string, ArchiveMonth>(StringComparer.Ordinal);
        for (var after = ""; Page(database, after) is { Count: > 0 } page; after = page[^1].Id)
            foreach (var ticket in page)
            {
                var name = NameOf(ticket.StartedAt);
                var month = months.GetValueOrDefault(name) ?? new ArchiveMonth(name, 0, 0, 0, default, []);
                months[name] = month with
                {
                    Tickets = month.Tickets + 1,
                    Left = month.Left + (ticket.Events > 0 ? 1 : 0),
                    Open = month.Open + (ticket.IsClosed ? 0 : 1),
                    LastChange = ticket.ChangedAt > month.LastChange ? ticket.ChangedAt : month.LastChange,
                    Examples = ticket.IsClosed || month.Examples.Count == Examples ? month.Examples
                        : [.. month.Examples, ticket.Id],
                };
            }
        return [.. months.Values];
    }

    /// <summary>Tickets of a month with events that have not left, in order of id.</summary>
    public static List<string> Left(ReadConnection connection, string month, int limit)
    {
        var (from, to) = Range(month);
        return connection.Query(
            """
            select c.conversation_id from conversations c
            join streams s on s.conversation_id = c.conversation_id
            left join archived_streams a on a.conversation_id = c.conversation_id
            where c.started_at >= $1 and c.started_at < $2 and s.version > coalesce(a.version, 0)
            order by c.conversation_id limit $3
            """,
            row => row.Text(0), SqlValue.Ms(from), SqlValue.Ms(to), (long)limit);
    }

    /// <summary>Those of them that may leave: closed, and unchanged since a moment.</summary>
    public static List<string> Ready(ReadConnection connection, string month, DateTimeOffset since, int limit)
    {
        var (from, to) = Range(month);
        return connection.Query(
            """
            select c.conversation_id from conversations c
            join streams s on s.conversation_id = c.conversation_id
            left join archived_streams a on a.conversation_id = c.conversation_id
            where c.started_at >= $1 and c.started_at < $2 and s.version > coalesce(a.version, 0)
                and c.status = 'closed' and c.updated_at <= $4
            order by c.conversation_id limit $3
            """,
            row => row.Text(0), SqlValue.Ms(from), SqlValue.Ms(to), (long)limit, SqlValue.Ms(since));
    }

    private static List<Begun> Page(Database database, string after) => database.Read(c => c.Query(
        """
        select c.conversation_id, c.started_at, case when c.status = 'closed' then 1 else 0 end, c.updated_at,
            s.version - coalesce(a.version, 0)
        from conversations c join streams s on s.conversation_id = c.conversation_id
        left join archived_streams a on a.conversation_id = c.conversation_id
        where c.conversation_id > $1 order by c.conversation_id limit $2
        """,
        row => new Begun(row.Text(0), row.Time(1), row.Bool(2), row.Time(3), row.Int64(4)), after, (long)PageSize));

    /// <param name="Events">That have not left.</param>
    private readonly record struct Begun(
        string Id, DateTimeOffset StartedAt, bool IsClosed, DateTimeOffset ChangedAt, long Events);
}
