using System.Text.Json.Nodes;
using Baton.Storage;

namespace Baton.Conversations.Tickets.Lists;

/// <summary>
/// One page of tickets, the newest change first: those that changed since a day, then older ones that are not closed. A
/// page begins behind the key of the last ticket of the page before.
/// </summary>
internal static class TicketList
{
    /// <summary>
    /// Tickets that one page looks at: filters that few tickets meet end here and go on with the next page. Texts take
    /// longer to look at.
    /// </summary>
    public const long LookedAt = 20_000, TextsLookedAt = 5_000;

    private const string Behind = "updated_at <= $9 and (updated_at < $9 or conversation_id > $10)";

    private const string Columns =
        """
        conversation_id, status, channel, customer_id, subject, intent, route, outcome, queue, priority, confidence,
            needs_review, turn, started_at, updated_at, due_at,
            (select redacted from messages m where m.conversation_id = c.conversation_id
                and m.author = 'customer' order by position limit 1)
        """;

    /// <summary>
    /// Messages are asked for ticket by ticket: <c>exists</c> makes PostgreSQL read all of them first.
    /// </summary>
    private const string Matching =
        """
        (cast($1 as text) is null or status = $1)
            and (cast($2 as text) is null or route = $2)
            and (cast($3 as text) is null or outcome = $3)
            and (cast($4 as text) is null or intent = $4)
            and (cast($5 as text) is null or queue = $5)
            and (cast($6 as text) is null or channel = $6)
            and (cast($7 as integer) is null or needs_review = $7)
            and (cast($8 as text) is null
                or lower(conversation_id || ' ' || coalesce(subject, '')) like $8 escape '!'
                or (select 1 from messages m where m.conversation_id = c.conversation_id
                    and lower(m.redacted) like $8 escape '!' limit 1) = 1)
        order by updated_at desc, conversation_id limit $11
        """;

    /// <summary>The tickets of a page, and where the next one begins; null behind the last one.</summary>
    public static (IReadOnlyList<JsonObject> Items, string? Next) Page(
        ReadConnection connection, TicketFilter filter, DateTimeOffset now)
    {
        var cursor = filter.After is not null && TicketCursor.TryRead(filter.After, out var c) ? c : TicketCursor.Start;
        var since = filter.From(now).ToUnixTimeMilliseconds();
        List<(TicketCursor Place, JsonObject Json)> found = [];
        foreach (var open in Parts(filter))
        {
            // Older ones begin where the newer ones end.
            var place = open && filter.IsOpenOnly is null && cursor.UpdatedAtMs >= since
                ? new TicketCursor(since - 1, "") : cursor;
            var end = filter.IsEmpty ? null : EndOf(connection, open, since, place, filter);
            found.AddRange(Rows(connection, filter, open, Math.Max(open ? 0 : since, end?.UpdatedAtMs + 1 ?? 0), place,
                filter.Take + 1 - found.Count));
            if (found.Count > filter.Take)
                return ([.. found.Take(filter.Take).Select(f => f.Json)], found[filter.Take - 1].Place.ToString());
            if (end is not null) return ([.. found.Select(f => f.Json)], end.ToString());
        }
        return ([.. found.Select(f => f.Json)], null);
    }

    /// <summary>Whether a part is that of tickets that are not closed.</summary>
    private static bool[] Parts(TicketFilter filter) =>
        filter.IsOpenOnly is { } only ? [only] : [false, true];

    private static List<(TicketCursor Place, JsonObject Json)> Rows(
        ReadConnection connection, TicketFilter filter, bool open, long from, TicketCursor cursor, int count) =>
        connection.Query(open
            ? $"""
            select {Columns} from conversations c
            where status <> 'closed' and updated_at >= $12 and {Behind} and {Matching}
            """
            : $"""
            select {Columns} from conversations c where updated_at >= $12 and {Behind} and {Matching}
            """,
            row => (new TicketCursor(row.Int64(14), row.Text(0)), Summary(row)),
            filter.Status?.ToLowerInvariant(), filter.Route?.ToLowerInvariant(), filter.Outcome?.ToLowerInvariant(),
            filter.Intent, filter.Queue, filter.Channel, filter.Review is { } review ? review : default(SqlValue),
            Pattern(filter.Q), cursor.UpdatedAtMs, cursor.Id, (long)count, from);

    /// <summary>Where the next page begins to look; null when this one sees the oldest ticket of its part.</summary>
    private static TicketCursor? EndOf(
        ReadConnection connection, bool open, long since, TicketCursor cursor, TicketFilter filter)
    {
        var limit = filter.Q is null ? LookedAt : TextsLookedAt;
        var (count, last) = connection.First(open
            ? """
            select count(*), coalesce(min(updated_at), 0) from (
                select updated_at from conversations where status <> 'closed' and updated_at >= $1
                    and updated_at <= $2 and (updated_at < $2 or conversation_id > $3)
                order by updated_at desc, conversation_id limit $4) w
            """
            : """
            select count(*), coalesce(min(updated_at), 0) from (
                select updated_at from conversations where updated_at >= $1
                    and updated_at <= $2 and (updated_at < $2 or conversation_id > $3)
                order by updated_at desc, conversation_id limit $4) w
            """,
            row => (row.Int64(0), row.Int64(1)), open ? 0 : since, cursor.UpdatedAtMs, cursor.Id, limit);
        // Tickets that changed in the same millisecond are on one side of the end.
        return count < limit ? null : new TicketCursor(last - 1, "");
    }

    /// <summary>A text anywhere in another, as <c>like … escape '!'</c> reads it.</summary>
    private static string? Pattern(string? text) => text is null ? null : "%" + text.ToLowerInvariant()
        .Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal)
        .Replace("_", "!_", StringComparison.Ordinal) + "%";

    private static JsonObject Summary(Row row) => new()
    {
        ["id"] = row.Text(0), ["status"] = row.Text(1), ["channel"] = row.Text(2), ["customer_id"] = row.TextOrNull(3),
        ["subject"] = row.TextOrNull(4), ["intent"] = row.TextOrNull(5), ["route"] = row.TextOrNull(6),
        ["outcome"] = row.TextOrNull(7), ["queue"] = row.TextOrNull(8), ["priority"] = row.TextOrNull(9),
        ["confidence"] = row.IsNull(10) ? null : row.Double(10), ["needs_review"] = row.Bool(11),
        ["turns"] = row.Int32(12),
        ["created_at"] = row.Time(13), ["updated_at"] = row.Time(14), ["due_at"] = row.TimeOrNull(15),
        ["title"] = TicketTitle.Of(row.TextOrNull(4), row.TextOrNull(16)),
    };
}
