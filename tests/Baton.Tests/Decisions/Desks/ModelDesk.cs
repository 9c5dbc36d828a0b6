using Baton.Gateway;
using Baton.Gateway.Money;
using Baton.Tests.Gateway.Money;

namespace Baton.Tests.Decisions.Desks;

/// <summary>The money of a desk.</summary>
internal static class ModelDesk
{
    /// <summary>The sum of all receipts, after checking that ledger and counters tell the same.</summary>
    public static async Task<decimal> SpentAsync(Desk desk)
    {
        var parts = desk.Get<ModelGateway>().Parts;
        return Reconciliation.Check(desk.Database, parts, await ReceiptsAsync(desk)).Amount;
    }

    public static async Task<List<Receipt>> ReceiptsAsync(Desk desk)
    {
        await desk.Get<ModelGateway>().Parts.Receipts.FlushAsync(TestContext.Current.CancellationToken);
        return desk.Database.Read(c => ReceiptStore.Between(
            c, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(500)));
    }
}
