using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Conversations.Tickets;
using Baton.Evaluation;
using Baton.Evaluation.Scoring;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Testing.Commerce;

namespace Baton.Benchmarks.Acting;

/// <summary>
/// Tickets labelled with the tools that they need: are those called, and do they succeed at the first attempt?
/// <c>Baton.Benchmarks tool-success</c>, with the shop's faults off and on. The same tickets without faults are what
/// <c>baton eval run --set bench/tools/tickets.jsonl</c> measures as <c>needed_tools_first_attempt</c>.
/// </summary>
internal static class ToolSuccess
{
    private static readonly string Tickets = Path.Combine("bench", "tools", "tickets.jsonl");

    public static async Task<int> RunAsync()
    {
        Console.WriteLine("| shop | tickets | all needed tools at first attempt (95 % interval) | all needed tools in the end | calls ok at first attempt |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        List<string> missed = [];
        foreach (var faulty in (bool[])[false, true]) missed.AddRange(await RunAsync(faulty));
        Console.WriteLine();
        foreach (var miss in missed) Console.WriteLine($"- {miss}");
        return 0;
    }

    private static async Task<List<string>> RunAsync(bool faulty)
    {
        await using var desk = new ShopDesk();
        var dice = new Random(20261130);
        var (first, ever, calls, ok) = (0, 0, 0, 0);
        var (tickets, missed) = (LabelledSet.Read(Tickets), new List<string>());
        foreach (var ticket in tickets)
        {
            await using var shop = await StandInShop.StartAsync(desk.Clock, CancellationToken.None);
            var fault = faulty && dice.Next(5) == 0 ? ShopFault.ErrorAfterEffect : ShopFault.None;
            shop.Faults = n => n == 1 ? fault : ShopFault.None;
            desk.Shop = shop.Address;
            await desk.TakeAsync(
                TicketJson.Read(JsonSerializer.Deserialize<JsonElement>(ticket.Line), null, "web", "expect"));
            var made = Calls(desk, ticket.Id);
            var needed = ticket.Expect.Tools;
            var atOnce = needed.All(t => made.Any(c => c.Tool == t && c is { Attempt: 1, Outcome: "ok" }));
            first += atOnce ? 1 : 0;
            ever += needed.All(t => made.Any(c => c.Tool == t && c.Outcome is "ok" or "reconciled")) ? 1 : 0;
            calls += made.Count(c => c.Attempt == 1);
            ok += made.Count(c => c is { Attempt: 1, Outcome: "ok" });
            if (!atOnce && !faulty) missed.Add($"{ticket.Id} ({ticket.Expect.Kind}): "
                + $"{desk.Get<ConversationStore>().Load(ticket.Id).LastDecision?.Reasoning}");
        }
        var interval = Interval.Wilson(first, tickets.Count);
        Console.WriteLine($"| {(faulty ? "one change in five is done and answered with 500" : "no faults")} | {tickets.Count} "
            + $"| {Share(first, tickets.Count)}, {100 * interval.Low:0.0} to {100 * interval.High:0.0} % "
            + $"| {Share(ever, tickets.Count)} | {Share(ok, calls)} |");
        return missed;
    }

    private static List<ConversationEvent.ToolCalled> Calls(ShopDesk desk, string ticket) =>
    [
        .. StageRuns.Unpacked([.. desk.Get<Database>().Read(c => Ledger.Read(c, ticket))
            .Select(e => ConversationJson.Read(e.Type, e.Data.Span))]).OfType<ConversationEvent.ToolCalled>(),
    ];

    private static string Share(int part, int whole) => $"{part} of {whole} ({100.0 * part / whole:0.0} %)";
}
