using System.Globalization;
using Baton.Storage;

namespace Baton.Insights.Board;

/// <summary>A ticket behind what is counted now, or on a customer.</summary>
/// <param name="At">Since when it waits, or when it began.</param>
internal sealed record BehindTicket(string Id, string? Queue, string? Person, DateTimeOffset At)
{
    /// <summary>Its place in the list.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{At.ToUnixTimeMilliseconds()}.{Id}");

    /// <exception cref="InsightQuestionException">It is no place in a list.</exception>
    public static BehindTicket? Parse(string? place) => string.IsNullOrEmpty(place) ? null
        : place.Split('.', 2) is [var at, var id]
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            && ms < 253_402_300_799_999
                ? new BehindTicket(id, null, null, DateTimeOffset.FromUnixTimeMilliseconds(ms))
                : throw new InsightQuestionException(
                    "after", $"is '{place}': pass what the page before gave as next");
}

/// <summary>The tickets that loads, queues and spending of customers are made of.</summary>
internal static class BehindTickets
{
    private const long DayMs = 86_400_000;

    /// <summary>Open tickets with people or waiting for them, those that wait longest first.</summary>
    /// <param name="person">Who has it; null: anybody, or nobody.</param>
    /// <param name="claimed">Whether somebody has it; null: either.</param>
    public static List<BehindTicket> Open(
        ReadConnection connection, string? queue, string? person, bool? claimed, BehindTicket? after, int limit) =>
        connection.Query(
            """
            select conversation_id, queue, case when claimed = 1 then person end, waiting_since from open_tickets
            where (cast($1 as text) is null or queue = $1)
                and (cast($2 as text) is null or (person = $2 and claimed = 1))
                and (cast($3 as integer) is null or claimed = $3)
                and (waiting_since > $4 or (waiting_since = $4 and conversation_id > $5))
            order by waiting_since, conversation_id limit $6
            """,
            row => new BehindTicket(row.Text(0), row.Text(1), row.TextOrNull(2), row.Time(3)),
            queue, person, claimed is { } has ? has : default(SqlValue), after is null ? -1L : SqlValue.Ms(after.At),
            after?.Id ?? "", (long)limit);

    /// <summary>Tickets of a customer that began before the end of a period, newest first.</summary>
    public static List<BehindTicket> Of(
        ReadConnection connection, string customer, InsightPeriod period, BehindTicket? after, int limit) =>
        connection.Query(
            """
            select conversation_id, queue, started_at from conversations
            where customer_id = $1 and started_at < $2
                and (cast($3 as integer) is null or started_at < $3 or (started_at = $3 and conversation_id < $4))
            order by started_at desc, conversation_id desc limit $5
            """,
            row => new BehindTicket(row.Text(0), row.TextOrNull(1), null, row.Time(2)),
            customer, (period.To + 1) * DayMs,
            after is null ? default(SqlValue) : SqlValue.Ms(after.At), after?.Id ?? "", (long)limit);
}
