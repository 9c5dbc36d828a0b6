using Baton.Storage;

namespace Baton.Gateway.Money;

/// <summary>
/// Money that is reserved by the processes of one server. A reservation and the look whether it fits are one
/// transaction behind the lock of each counter, so that processes together cannot spend the same dollar either; it goes
/// with the transaction that writes what was spent.
/// </summary>
internal static class Reservations
{
    /// <summary>
    /// A reservation that outlives this belonged to a process that died; its attempt has become a receipt by then.
    /// </summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>The first counter that the amount does not fit; -1 when it fits all and is reserved.</summary>
    /// <param name="limits">Each counter with its limit, in nano-dollars.</param>
    public static int Take(
        WriteTransaction transaction, string id, IReadOnlyList<(SpendingKey Key, long Limit)> limits, long amount,
        DateTimeOffset now)
    {
        transaction.Lock([.. limits.Select(l => $"budget/{l.Key.Scope}/{l.Key.Subject}/{l.Key.Period}")]);
        for (var i = 0; i < limits.Count; i++)
            if (Used(transaction, limits[i].Key, now) + amount > limits[i].Limit) return i;
        foreach (var (key, _) in limits)
            transaction.Execute(
                """
                insert into reservations (id, scope, subject, period, amount, expires_at_ms)
                values ($1, $2, $3, $4, $5, $6)
                on conflict (id, scope, subject, period) do nothing
                """,
                id, key.Scope, key.Subject, key.Period, amount, SqlValue.Ms(now + Longest));
        return -1;
    }

    /// <summary>Gives reservations back.</summary>
    public static void Drop(WriteTransaction transaction, IReadOnlyList<string> ids, DateTimeOffset now)
    {
        foreach (var id in ids) transaction.Execute("delete from reservations where id = $1", id);
        if (ids.Count > 0)
            transaction.Execute("delete from reservations where expires_at_ms <= $1", SqlValue.Ms(now));
    }

    /// <summary>Spent and reserved, in one look: a receipt moves its amount from the one to the other.</summary>
    private static long Used(ReadConnection connection, SpendingKey key, DateTimeOffset now) => connection.Number(
        """
        select coalesce((select cost from spending where scope = $1 and subject = $2 and period = $3), 0)
            + coalesce((select sum(amount) from reservations
                where scope = $1 and subject = $2 and period = $3 and expires_at_ms > $4), 0)
        """,
        key.Scope, key.Subject, key.Period, SqlValue.Ms(now)) ?? 0;
}
