using System.Text.Json;
using Baton.Gateway.Money;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Testing;

/// <summary>What the places where money is written say, in nano-dollars. All of them must be the same.</summary>
/// <param name="Receipts">Sum of the receipts.</param>
/// <param name="Ledger">Sum of the events <c>ReceiptWritten</c>.</param>
/// <param name="Counters">Sum of the tickets' counters.</param>
/// <param name="Stages">Sum of what the stages of all conversations say they cost.</param>
/// <param name="Count">Number of receipts.</param>
public sealed record MoneySums(long Receipts, long Ledger, long Counters, long Stages, int Count)
{
    /// <summary>Whether all agree to the last nano-dollar.</summary>
    public bool Agree => Receipts == Ledger && Ledger == Counters && Counters == Stages;

    internal static MoneySums Of(Database database)
    {
        long ledger = 0, stages = 0;
        foreach (var stored in Paid(database))
        {
            using var data = JsonDocument.Parse(stored.Data);
            if (stored.Type == ReceiptStore.EventType) ledger += data.RootElement.GetProperty("cost_nanos").GetInt64();
            else stages += (long)(data.RootElement.GetProperty("cost_usd").GetDecimal() * 1_000_000_000m);
        }
        return database.Read(c => new MoneySums(
            c.Number("select sum(cost) from receipts") ?? 0, ledger,
            c.Number("select sum(cost) from spending where scope = $1", SpendingKey.Ticket) ?? 0, stages,
            (int)(c.Number("select count(*) from receipts") ?? 0)));
    }

    private static IEnumerable<StoredEvent> Paid(Database database) => Baton.Storage.Events.Ledger.ReadAll(database)
        .Where(e => e.Type == ReceiptStore.EventType
            || e.Type == nameof(Conversations.ConversationEvent.StageCompleted));
}
