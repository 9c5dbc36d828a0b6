using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Baton.Testing;
using Baton.Testing.Commerce;
using Baton.Tools.Running;

namespace Baton.Server.Tests.Processes;

/// <summary>
/// <c>kill -9</c> of a real process at every moment at which the refund flow stands at the shop's door, before a
/// request is done and after: money goes back once, and shop, record and ticket say the same. What happens between two
/// requests is <c>RefundChaosTests</c>.
/// </summary>
public sealed class RefundKillTests(ITestOutputHelper output)
{
    private const string Order = "NW-10023";

    private static readonly (string, string)[] ShortLeases =
        [("BATON__Jobs__LeaseMs", "1000"), ("BATON__Jobs__RenewMs", "300")];

    [Fact]
    public async Task Pays_back_once_wherever_the_process_is_killed()
    {
        await using var shop = await StandInShop.StartAsync(TimeProvider.System, CancellationToken.None);
        using var place = new Place(own: Files(shop.Address));
        var server = await ServerProcess.StartAsync(place, null, ShortLeases);
        var (key, kills) = (server.ApiKey!, 0);
        try
        {
            for (var point = 0; ; point++)
            {
                shop.Renew();
                var (reached, dead) = (new TaskCompletionSource(), new TaskCompletionSource());
                shop.Meanwhile = async (request, done) =>
                {
                    if ((request, done) != ((point / 2) + 1, point % 2 == 1)) return;
                    reached.TrySetResult();
                    await dead.Task;
                };
                var id = $"RK-{point}";
                Assert.True(ServerProcess.IsAccepted(await SubmitAsync(server, id)));
                var decided = place.WaitForDecisionsAsync(point + 1);
                var isKilled = await Task.WhenAny(reached.Task, decided) != decided;
                if (isKilled)
                {
                    server.Dispose();
                    kills++;
                    shop.Meanwhile = (_, _) => Task.CompletedTask;
                    // What was on its way arrives after the death of who sent it.
                    dead.SetResult();
                    server = await ServerProcess.StartAsync(place, key, ShortLeases);
                }
                await decided;
                await CheckAsync(server, shop, place, id);
                if (!isKilled) break;
            }
        }
        finally
        {
            server.Dispose();
        }
        output.WriteLine($"killed at {kills} points");
        Assert.InRange(kills, 6, 30);
    }

    private static async Task CheckAsync(ServerProcess server, StandInShop shop, Place place, string id)
    {
        var ticket = JsonSerializer.Deserialize<JsonElement>(await server.Http.GetStringAsync($"/api/tickets/{id}"));
        var text = ticket.GetRawText();
        Assert.True(shop.Shop.Ledger.Count == 1, $"{shop.Shop.Ledger.Count} refunds of {id}: {text}");
        var refund = shop.Shop.Ledger[0];
        Assert.Equal((9100, false), (refund.Cents, refund.Undone));
        Assert.True(text.Contains("acted", StringComparison.Ordinal), $"{id}: {text}");
        var action = Assert.Single(ticket.GetProperty("actions").EnumerateArray());
        Assert.Equal((refund.Reference, 91m),
            (action.GetProperty("reference").GetString(), action.GetProperty("amount").GetDecimal()));
        var effect = Assert.Single(await place.LookAsync(c => ToolEffects.Of(c, id)));
        Assert.Equal((EffectStatus.Done, 91m, refund.Reference), (effect.Status, effect.Amount, effect.Reference));
    }

    private static Task<HttpResponseMessage> SubmitAsync(ServerProcess server, string id) => server.Http.PostAsync(
        "/api/tickets", new StringContent(
            $$"""
            {"id":"{{id}}","customer":{"id":"c-{{id}}","email":"{{SampleOrders.OwnerOf(10023)}}","verified":true,
             "tier":"plus"},"body":"please change the size in my order {{Order}}"}
            """,
            Encoding.UTF8, new MediaTypeHeaderValue("application/json")));

    /// <summary>The sample company's tools, agents and refund flow, and a shop at an address of its own.</summary>
    private static PlaybookFiles Files(Uri shop)
    {
        var northwind = Path.Combine(Root(), "playbooks", "northwind");
        var files = new PlaybookFiles()
            .Replace("playbook.yaml", "triage_confidence: 0.70", "triage_confidence: 0.05\n  decision_confidence: 0.05")
            .Replace("playbook.yaml", @"\bT-\d{4}\b", @"\bNW-\d{5}\b")
            .Replace("playbook.yaml", "customer_tiers: [free, enterprise]", "customer_tiers: [free, plus, enterprise]")
            .With("agents.yaml", File.ReadAllText(Path.Combine(northwind, "agents.yaml")))
            .With("workflows/refund.yaml", File.ReadAllText(Path.Combine(northwind, "workflows", "refund.yaml"))
                .Replace("[refund_request]", "[change_order]", StringComparison.Ordinal));
        foreach (var path in Directory.EnumerateFiles(Path.Combine(northwind, "tools")))
            files.With($"tools/{Path.GetFileName(path)}", File.ReadAllText(path)
                .Replace("{base}/", shop.AbsoluteUri, StringComparison.Ordinal)
                // A busy machine is no shop that does not answer.
                .Replace("timeout: 3s", "timeout: 30s", StringComparison.Ordinal));
        return files;
    }

    private static string Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Baton.slnx"))) return at.FullName;
        throw new DirectoryNotFoundException("there is no Baton.slnx above the tests");
    }
}
