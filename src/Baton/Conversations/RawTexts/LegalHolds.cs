using Baton.Operations;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Conversations.RawTexts;

/// <summary>What a hold is about.</summary>
internal enum HoldScope
{
    Ticket,
    Customer,
}

/// <summary>Something that may not be erased.</summary>
internal sealed record LegalHold(HoldScope Scope, string Name, string By, string Why, DateTimeOffset Since)
{
    /// <summary>Why nothing is erased.</summary>
    public string Refusal =>
        $"{EnumWords.Of(Scope)} '{Name}' is held since {Since.UtcDateTime:yyyy-MM-dd} by {By} ({Why}): nothing was erased; "
        + "`baton retention hold --off` lifts it";
}

/// <summary>Keeps what may not be erased, by law or by a case that runs: it stops retention and erasures.</summary>
internal sealed class LegalHolds(Database database, Erasure erasure, ClearText clear)
{
    private const int LongestWhy = 300;

    public List<LegalHold> List() => database.Read(c => c.Query(
        "select scope, name, held_by, why, since_ms from legal_holds order by since_ms, scope, name", Map));

    /// <summary>Sets or lifts a hold, with an event. Null when it was done, else why not.</summary>
    /// <param name="name">A ticket's id; a customer's, or the address that it was made of.</param>
    public async Task<string?> SetAsync(
        bool on, HoldScope scope, string name, string by, string why, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(why) || why.Length > LongestWhy)
            return $"say why in 1 to {LongestWhy} characters: whoever lifts it must know";
        // What is kept is compared with ids of tickets, and stands in the ledger: an address would do neither.
        var (kept, exists) = Named(scope, name);
        if (on && !exists)
            return scope == HoldScope.Ticket ? $"there is no ticket '{name}'" : $"no ticket is of the customer '{name}'";
        var now = database.Clock.GetUtcNow();
        var changed = await database.WriteAsync(transaction =>
        {
            transaction.Lock("legal-holds");
            var rows = on
                ? transaction.Execute(
                    """
                    insert into legal_holds (scope, name, held_by, why, since_ms) values ($1, $2, $3, $4, $5)
                    on conflict (scope, name) do nothing
                    """, EnumWords.Of(scope), kept, by, clear(why), SqlValue.Ms(now))
                : transaction.Execute(
                    "delete from legal_holds where scope = $1 and name = $2", EnumWords.Of(scope), kept);
            if (rows == 0) return false;
            // What was passed by meanwhile is looked at again.
            if (!on) transaction.Execute("update retention_state set through_ms = 0, through_id = ''");
            AccessRecord.Append(transaction, now, "LegalHoldChanged", ("scope", EnumWords.Of(scope)), ("name", kept),
                ("on", on ? "true" : "false"), ("by", by), ("why", clear(why)));
            return true;
        }, cancellationToken).ConfigureAwait(false);
        return changed ? null
            : on ? $"{EnumWords.Of(scope)} '{name}' is held already" : $"{EnumWords.Of(scope)} '{name}' is not held";
    }

    /// <summary>The hold on a customer or one of the tickets, or null.</summary>
    public LegalHold? On(string customer, IEnumerable<string> tickets)
    {
        var all = List();
        var held = tickets.ToHashSet();
        return all.FirstOrDefault(h => h.Scope == HoldScope.Customer ? h.Name == customer : held.Contains(h.Name));
    }

    private (string Kept, bool Exists) Named(HoldScope scope, string name)
    {
        if (scope == HoldScope.Ticket) return (name, erasure.Exists(name));
        var (customer, tickets) = erasure.TicketsOf(name);
        return (customer, tickets.Count > 0);
    }

    private static LegalHold Map(Row row) => new(
        EnumWords.Find<HoldScope>(row.Text(0)) ?? HoldScope.Ticket, row.Text(1), row.Text(2), row.Text(3), row.Time(4));
}
