using System.Text.Json;
using Baton.Gateway.Money;
using Baton.Gateway.Providers;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Server.Costs;
using Baton.Server.Tests.Processes;
using Baton.Storage;
using Baton.Testing;

namespace Baton.Server.Tests.Cli;

/// <summary><c>cost export</c>, <c>cost project</c> and <c>digest</c> as people call them.</summary>
public sealed class CostVerbsTests : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("baton-costs-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Db => Path.Combine(_root, "baton.db");

    public async ValueTask InitializeAsync()
    {
        new PlaybookFiles().With("alerts.yaml", "digest: { provisioned_monthly: 4000 }\n").WriteTo(Path.Combine(_root, "playbook"));
        await using var database = Database.Open(
            new DatabaseOptions { Path = Db, AllowLoss = true }, TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        await database.WriteAsync(t => ReceiptStore.Write(t, [.. Enumerable.Range(0, 30)
            .Select(i => Receipt(i, now.AddHours(-i))).Select(r => new UnwrittenReceipt(
                r, ReceiptStore.ReceiptTexts.Of(r), false))]), Token);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Exports_piece_by_piece_behind_a_cursor()
    {
        var cursor = Path.Combine(_root, "cursor");
        string[] export = ["cost", "export", "--db", Db, "--cursor", cursor];
        var first = await BatonProgram.RunAsync([.. export, "--limit", "20"]);
        var rest = await BatonProgram.RunAsync([.. export, "--format", "parquet", "--out", Path.Combine(_root, "rest.parquet")]);
        var wrong = await BatonProgram.RunAsync("cost", "export", "--db", Db, "--format", "xlsx");

        Assert.Equal((20, 0), (first.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, first.ExitCode));
        Assert.Equal("""{"rows":10,"next":30,"cost_usd":0.1}""", rest.Output.Trim());
        Assert.Equal("PAR1", System.Text.Encoding.ASCII.GetString(
            await File.ReadAllBytesAsync(Path.Combine(_root, "rest.parquet"), Token), 0, 4));
        Assert.Equal("30", (await File.ReadAllTextAsync(cursor, Token)).Trim());
        Assert.Contains("'xlsx' is none: use jsonl, csv, parquet", wrong.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Projects_models_infrastructure_and_all_of_it()
    {
        var file = Path.Combine(_root, "infrastructure.yaml");
        await File.WriteAllTextAsync(file, """
            infrastructure:
              - { name: virtual machine, monthly: 120 }
              - { name: database, monthly: 60, from: 2000, each: 5000 }
              - { name: channel, per_ticket: 0.001 }

            """, Token);
        var run = await BatonProgram.RunAsync(
            "cost", "project", "--db", Db, "--playbook", Path.Combine(_root, "playbook"), "--per-day", "100,500,2000,10000",
            "--infrastructure", file, "--json");
        var wrong = await BatonProgram.RunAsync("cost", "project", "--db", Db, "--per-day", "100,many");

        var lines = JsonDocument.Parse(run.Output).RootElement.GetProperty("lines").EnumerateArray().ToList();
        Assert.Equal([100, 500, 2000, 10000], lines.Select(l => l.GetProperty("tickets_per_day").GetDouble()));
        Assert.Equal([123.04375m, 135.21875m, 240.875m, 544.375m], lines.Select(l => l.GetProperty("infrastructure_usd").GetDecimal()));
        foreach (var line in lines)
        {
            Assert.Equal(0.01m * line.GetProperty("tickets_per_day").GetDecimal() * 30.4375m, line.GetProperty("models_usd").GetDecimal(), 6);
            Assert.Equal(line.GetProperty("models_usd").GetDecimal() + line.GetProperty("infrastructure_usd").GetDecimal(),
                line.GetProperty("total_usd").GetDecimal());
        }
        Assert.Contains("--per-day has 'many'", wrong.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_of_ones_own_costs_its_hours_whether_it_is_asked_or_not()
    {
        var now = TimeProvider.System.GetUtcNow();
        var prices = new ModelPrices(default, Usd.Zero, Usd.Zero) { Hourly = new Usd(1) };
        var model = new ModelPolicy { Name = "own", Provider = "p", Id = "own", Prices = prices, ContextTokens = 1 };
        var receipt = Receipt(1, now) with { Model = "own", LatencyMs = 36_000, Cost = Cost.OfTime(36_000, prices) };
        var figures = new CostFigures(new CostReport([receipt]), 30, 1, [], new Dictionary<string, string>());

        var few = ProjectedCost.Of(figures, 100, [], [model], 1);
        var many = ProjectedCost.Of(figures, 10_000, [], [model], 1);

        // 100 tickets of 36 s are an hour of the 24 of a day; 10,000 need more than one machine.
        Assert.Equal(24 * 30.4375m, few.OfModels, 6);
        Assert.Equal(0, many.Idle);
        Assert.Equal(100 * 30.4375m, many.OfModels, 4);
    }

    [Fact]
    public async Task Shows_a_digest_and_sends_it_once()
    {
        var playbook = Path.Combine(_root, "playbook");
        var page = Path.Combine(_root, "digest.html");
        var shown = await BatonProgram.RunAsync("digest", "preview", "--db", Db, "--playbook", playbook, "--weekly", "--json", "--html", page);
        var text = await BatonProgram.RunAsync("digest", "preview", "--db", Db, "--playbook", playbook);
        var sent = await BatonProgram.RunAsync("digest", "send", "--db", Db, "--playbook", playbook);
        var again = await BatonProgram.RunAsync("digest", "send", "--db", Db, "--playbook", playbook);

        var json = JsonDocument.Parse(shown.Output).RootElement;
        Assert.True(json.GetProperty("weekly").GetBoolean());
        Assert.Equal("pay as you go", json.GetProperty("break_even").GetProperty("cheaper").GetString());
        Assert.Contains("data:image/png;base64,", await File.ReadAllTextAsync(page, Token), StringComparison.Ordinal);
        Assert.Contains("\nTickets: 0", text.Output, StringComparison.Ordinal);
        Assert.Contains("is on its way to operators", sent.Output, StringComparison.Ordinal);
        Assert.Contains("was sent at", again.Output, StringComparison.Ordinal);
    }

    private static Receipt Receipt(int number, DateTimeOffset at) => new()
    {
        Id = $"rc_{number:00}", CallId = $"call_{number}", Attempt = 1, At = at, Stage = "triage", Model = "small",
        Provider = "one", Status = ReceiptStatus.Answered, Tokens = new Tokens(100, 0, 0, 10), Cost = new Usd(0.01m),
        PricesDated = new DateOnly(2026, 11, 1), Ticket = $"T-{number}",
    };
}
