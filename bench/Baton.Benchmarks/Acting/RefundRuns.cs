using System.Globalization;
using System.Text.RegularExpressions;
using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Storage;
using Baton.Testing.Commerce;
using Baton.Tools.Running;

namespace Baton.Benchmarks.Acting;

/// <summary>
/// Refunds of the sample company over real HTTP to a shop that misbehaves at random: does money go back once, and do
/// shop, record and receipts say the same? <c>Baton.Benchmarks refund-runs [1000]</c>.
/// </summary>
internal static partial class RefundRuns
{
    private const string Order = "NW-10023";

    public static async Task<int> RunAsync(int count)
    {
        await using var desk = new ShopDesk();
        var dice = new Random(20261130);
        var tally = new Dictionary<(string Fault, string Outcome), int>();
        var (wrong, paid, recorded, told) = (0, 0m, 0m, 0m);
        for (var i = 0; i < count; i++)
        {
            await using var shop = await StandInShop.StartAsync(desk.Clock, CancellationToken.None);
            ShopFault[] faults = [Any(dice), dice.Next(3) == 0 ? Any(dice) : ShopFault.None];
            shop.Faults = n => n <= faults.Length ? faults[n - 1] : ShopFault.None;
            desk.Shop = shop.Address;
            var id = string.Create(CultureInfo.InvariantCulture, $"R-{i}");
            await desk.TakeAsync(Ticket(id));
            var state = desk.Get<ConversationStore>().Load(id);
            var sums = Sums(desk.Get<Database>(), shop.Shop, id);
            wrong += sums.Paid == sums.Recorded && sums.Paid == sums.Told && sums.Refunds <= 1 ? 0 : 1;
            (paid, recorded, told) = (paid + sums.Paid, recorded + sums.Recorded, told + sums.Told);
            var key = (string.Join(" + ", faults.Where(f => f != ShopFault.None).DefaultIfEmpty(ShopFault.None)),
                state.LastOutcome?.ToString() ?? "none");
            tally[key] = tally.GetValueOrDefault(key) + 1;
        }
        Console.WriteLine($"runs {count}, of which shop, record and receipt disagree: {wrong}");
        Console.WriteLine($"paid back at the shop {paid:0.00}, on record {recorded:0.00}, told to customers {told:0.00}\n");
        Console.WriteLine("| faults of the first and second call | outcome | runs |\n| --- | --- | ---: |");
        foreach (var ((fault, outcome), runs) in tally.OrderBy(t => t.Key.Fault, StringComparer.Ordinal))
            Console.WriteLine($"| {fault} | {outcome} | {runs} |");
        return wrong == 0 ? 0 : 1;
    }

    /// <summary>Not the one that waits for the caller to go: with a clock that stands still nobody would.</summary>
    private static ShopFault Any(Random dice)
    {
        var fault = (ShopFault)dice.Next(Enum.GetValues<ShopFault>().Length);
        return fault == ShopFault.Slow ? ShopFault.CutAfterEffect : fault;
    }

    private static InboundTicket Ticket(string id) => new()
    {
        TicketId = id, CustomerId = "C-" + id, CustomerTier = "plus", CustomerVerified = true,
        CustomerEmail = SampleOrders.OwnerOf(int.Parse(Order.AsSpan(3), CultureInfo.InvariantCulture)),
        Messages = [new InboundText(Author.Customer, $"Please refund my order {Order}, I want my money back")],
    };

    private static (decimal Paid, decimal Recorded, decimal Told, int Refunds) Sums(
        Database database, SampleShop shop, string id)
    {
        var mine = shop.Ledger.Where(e => e is { Kind: "refund", Undone: false }
            && !e.Key.StartsWith("aside", StringComparison.Ordinal)).ToList();
        var done = database.Read(c => ToolEffects.Of(c, id)).Where(e => e.Status == EffectStatus.Done).ToList();
        var recorded = done.Where(e => e.Tool == "issue_refund"
            && !done.Any(u => u.Tool == "undo_effect" && u.Reference == e.Reference)).Sum(e => e.Amount ?? 0);
        var told = database.Read(c => MessageRows.Of(c, id, 100)).Where(m => m.Author == Author.Baton)
            .Select(m => Receipt().Match(m.Body)).Where(m => m.Success)
            .Sum(m => decimal.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture));
        return (mine.Sum(e => e.Cents) / 100m, recorded, told, mine.Count);
    }

    [GeneratedRegex(@"We have paid back (\d+\.\d\d) USD")]
    private static partial Regex Receipt();
}
