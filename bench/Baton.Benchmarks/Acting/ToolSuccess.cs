using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Conversations.Tickets;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Testing.Commerce;

namespace Baton.Benchmarks.Acting;

/// <summary>
/// Tickets labelled with the tools that they need: are those called, and do they succeed at the first attempt?
/// <c>Baton.Benchmarks tool-success</c>, with the shop's faults off and on.
/// </summary>
internal static class ToolSuccess
{
    private static readonly string Tickets = Path.Combine("bench", "tools", "tickets.jsonl");

    public static async Task<int> RunAsync()
    {
        Console.WriteLine("| shop | tickets | all needed tools, first attempt | all needed tools | calls ok at first attempt |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        List<string> missed = [];
        foreach (var faulty in (bool[])[false, true])
        {
            await using var desk = new ShopDesk();
            var dice = new Random(20261130);
            var (all, first, ever, calls, ok) = (0, 0, 0, 0, 0);
            foreach (var line in File.ReadLines(Tickets))
            {
                using var json = JsonDocument.Parse(line);
                var needed = json.RootElement.GetProperty("expect").GetProperty("tools").EnumerateArray()
                    .Select(t => t.GetString()!).ToList();
                var ticket = TicketJson.Read(json.RootElement, null, "web", "expect");
                await using var shop = await StandInShop.StartAsync(desk.Clock, CancellationToken.None);
                var fault = faulty && dice.Next(5) == 0 ? ShopFault.ErrorAfterEffect : ShopFault.None;
                shop.Faults = n => n == 1 ? fault : ShopFault.None;
                desk.Shop = shop.Address;
                await desk.TakeAsync(ticket);
                var made = Calls(desk, ticket.TicketId);
                var atOnce = needed.All(t => made.Any(c => c.Tool == t && c is { Attempt: 1, Outcome: "ok" }));
                all++;
                first += atOnce ? 1 : 0;
                ever += needed.All(t => made.Any(c => c.Tool == t && c.Outcome is "ok" or "reconciled")) ? 1 : 0;
                calls += made.Count(c => c.Attempt == 1);
                ok += made.Count(c => c is { Attempt: 1, Outcome: "ok" });
                if (!atOnce && !faulty) missed.Add($"{ticket.TicketId} {string.Join(", ", needed)}: "
                    + $"{desk.Get<ConversationStore>().Load(ticket.TicketId).LastDecision?.Reasoning}");
            }
            Console.WriteLine($"| {(faulty ? "one call in five loses its answer" : "no faults")} | {all} | {Share(first, all)} "
                + $"| {Share(ever, all)} | {Share(ok, calls)} |");
        }
        Console.WriteLine();
        foreach (var miss in missed) Console.WriteLine($"- {miss}");
        return 0;
    }

    private static List<ConversationEvent.ToolCalled> Calls(ShopDesk desk, string ticket) =>
    [
        .. StageRuns.Unpacked([.. desk.Get<Database>().Read(c => Ledger.Read(c, ticket))
            .Select(e => ConversationJson.Read(e.Type, e.Data.Span))]).OfType<ConversationEvent.ToolCalled>(),
    ];

    private static string Share(int part, int whole) => $"{part} of {whole} ({100.0 * part / whole:0.0} %)";
}
