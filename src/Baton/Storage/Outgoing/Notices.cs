using System.Globalization;

namespace Baton.Storage.Outgoing;

/// <summary>
/// Messages to people. One is raised in the transaction of what it tells of, and sent by the outbox; it stays open
/// until its cause is gone or somebody closes it.
/// </summary>
/// <param name="outbox">Sends them.</param>
/// <param name="clock">Time of raising and closing.</param>
/// <param name="clear">What is kept of their words: they may quote a customer, or the other side of a channel.</param>
internal sealed class Notices(Outbox outbox, TimeProvider clock, ClearText? clear = null)
{
    /// <summary>Kind of their rows in the outbox.</summary>
    public const string Kind = "notice";

    /// <summary>Raises a notice; false when one of its group is open already, which is counted then.</summary>
    public bool Raise(WriteTransaction transaction, Notice notice)
    {
        var now = SqlValue.Ms(clock.GetUtcNow());
        if (clear is not null)
            notice = notice with { Title = clear(notice.Title), Text = clear(notice.Text) };
        var key = $"{Kind}/{notice.Group}";
        transaction.Lock(key);
        var again = transaction.Execute(
            """
            update notices set raised = raised + 1, last_at_ms = $1, title = $2, text = $3
            where recipient = $4 and group_key = $5 and closed_at_ms is null
            """,
            now, notice.Title, notice.Text, notice.To, notice.Group);
        if (again > 0) return false;
        var id = transaction.Insert(
            """
            insert into notices (recipient, urgency, group_key, title, text, raised, raised_at_ms, last_at_ms)
            values ($1, $2, $3, $4, $5, 1, $6, $6)
            returning id
            """,
            notice.To, (long)notice.Urgency, notice.Group, notice.Title, notice.Text, now);
        return outbox.Add(transaction, new OutboxMessage
        {
            IdempotencyKey = $"{Kind}/{id}", Key = key, Kind = Kind,
            Payload = id.ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>The cause is gone: the next one of this group is sent again. Gives how many were open.</summary>
    public int Close(WriteTransaction transaction, string group) => transaction.Execute(
        "update notices set closed_at_ms = $1 where group_key = $2 and closed_at_ms is null",
        SqlValue.Ms(clock.GetUtcNow()), group);

    /// <summary>The open ones, newest first.</summary>
    public static List<RaisedNotice> Open(ReadConnection connection, int limit) => connection.Query(
        $"{Select} where closed_at_ms is null order by last_at_ms desc, id desc limit $1", Map, (long)limit);

    /// <summary>The notice of a row in the outbox, or null.</summary>
    public static RaisedNotice? Find(ReadConnection connection, OutboxMessage message) => connection.First(
        $"{Select} where id = $1", Map, long.Parse(message.Payload, CultureInfo.InvariantCulture));

    private const string Select = """
        select id, recipient, urgency, group_key, title, text, raised, raised_at_ms, last_at_ms, closed_at_ms
        from notices
        """;

    private static RaisedNotice Map(Row row) => new(
        row.Int64(0),
        new Notice
        {
            To = row.Text(1), Urgency = (NoticeUrgency)row.Int32(2), Group = row.Text(3), Title = row.Text(4),
            Text = row.Text(5),
        },
        row.Int32(6), row.Time(7), row.Time(8), row.TimeOrNull(9));

    /// <summary>How many were closed before a moment.</summary>
    public static long ClosedBefore(ReadConnection connection, DateTimeOffset moment) => connection.Number(
        "select count(*) from notices where closed_at_ms < $1", SqlValue.Ms(moment)) ?? 0;

    /// <summary>Removes so many of them.</summary>
    public static int RemoveClosed(WriteTransaction transaction, DateTimeOffset moment, int limit) =>
        transaction.Execute(
            "delete from notices where id in (select id from notices where closed_at_ms < $1 order by id limit $2)",
            SqlValue.Ms(moment), (long)limit);
}
