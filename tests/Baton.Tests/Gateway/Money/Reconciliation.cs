using System.Text.Json;
using Baton.Gateway;
using Baton.Gateway.Money;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Tests.Gateway.Money;

internal static class Reconciliation
{
    /// <summary>
    /// Checks that receipts, ledger, stored counters and the counters in memory tell the same sum, and that nothing is
    /// reserved any more.
    /// </summary>
    public static Usd Check(Database database, GatewayParts parts, IReadOnlyList<Receipt> receipts)
    {
        var total = receipts.Sum(r => r.Cost.Nanos);
        var ledger = Ledger.ReadAll(database).Where(e => e.Type == ReceiptStore.EventType).ToList();
        Assert.Equal(receipts.Select(r => r.Id).Order(), ledger.Select(e => Field(e, "id").GetString()!).Order());
        Assert.Equal(total, ledger.Sum(e => Field(e, "cost_nanos").GetInt64()));
        var counters = receipts
            .SelectMany(r => SpendingKey.Of(r.Ticket, r.Customer, r.Key, r.At).Select(key => (key, r.Cost.Nanos)))
            .GroupBy(pair => pair.key, pair => pair.Nanos);
        foreach (var counter in counters)
        {
            Assert.Equal(counter.Sum(), database.Read(c => ReceiptStore.Spent(c, counter.Key)));
            Assert.Equal(counter.Sum(), parts.Budgets.Spent(counter.Key).Nanos);
            Assert.Equal(Usd.Zero, parts.Budgets.Reserved(counter.Key));
        }
        return Usd.FromNanos(total);
    }

    private static JsonElement Field(StoredEvent fact, string name) =>
        JsonSerializer.Deserialize<JsonElement>(fact.Data.Span).GetProperty(name);
}
