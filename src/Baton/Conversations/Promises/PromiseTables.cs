using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Conversations.Promises;

/// <summary>Writes <c>promises</c>, one row for each, and <c>callbacks</c>, one for each ticket that has one.</summary>
internal static class PromiseTables
{
    public static void Write(WriteTransaction transaction, TicketPromises? before, Conversation now)
    {
        if (before == now.Promises) return;
        foreach (var promise in now.Promises.All.Except(before?.All ?? []))
            transaction.Execute(
                """
                insert into promises (conversation_id, made_at, promised_by, queue, state, settled_at)
                values ($1, $2, $3, $4, $5, $6)
                on conflict (conversation_id, made_at) do update set state = $5, settled_at = $6
                """,
                now.Id, SqlValue.Ms(promise.MadeAt), SqlValue.Ms(promise.By), promise.Queue,
                EnumWords.Of(promise.State), promise.SettledAt is { } at ? SqlValue.Ms(at) : default(SqlValue));
        if (now.Promises.Callback is not { } call || call == before?.Callback) return;
        transaction.Execute(
            """
            insert into callbacks (conversation_id, queue, number, due_at, attempts, state)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (conversation_id) do update set queue = $2, number = $3, due_at = $4, attempts = $5, state = $6
            """,
            now.Id, call.Queue, call.Number, SqlValue.Ms(call.DueAt), (long)call.Attempts, EnumWords.Of(call.State));
    }

    /// <summary>Calls that are owed, the one due first at the top.</summary>
    public static List<(string Ticket, TicketCallback Call)> Owed(ReadConnection connection, int limit) =>
        connection.Query(
            """
            select conversation_id, queue, number, due_at, attempts, state from callbacks where state <> 'done'
            order by due_at, conversation_id limit $1
            """,
            row => (row.Text(0), new TicketCallback(
                row.Text(2), row.Text(1), row.Time(3), row.Int32(4),
                EnumWords.Find<CallbackState>(row.Text(5))!.Value)),
            (long)limit);

    /// <summary>How many promises that were due in a span of time were kept, and how many broken.</summary>
    public static (int Kept, int Broken) Figures(ReadConnection connection, DateTimeOffset from, DateTimeOffset to)
    {
        var counts = connection.Query(
            """
            select state, count(*) from promises where promised_by >= $1 and promised_by < $2 group by state
            """,
            row => (State: row.Text(0), Count: row.Int32(1)), SqlValue.Ms(from), SqlValue.Ms(to))
            .ToDictionary(c => c.State, c => c.Count);
        return (counts.GetValueOrDefault(EnumWords.Of(PromiseState.Kept)),
            counts.GetValueOrDefault(EnumWords.Of(PromiseState.Broken)));
    }
}
