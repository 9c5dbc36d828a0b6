using Baton.Conversations;
using Baton.Decisions.Turns;
using Baton.Gateway;
using Baton.Server.Cli;
using Baton.Server.Cli.Deciding;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Testing;
using Baton.Testing.Commerce;
using Baton.Testing.StandIn;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Cli;

/// <summary>Whole runs through all model stages on servers that misbehave.</summary>
public sealed class ModelRunTests : IDisposable
{
    private static readonly string Playbooks = Path.Combine(Repository(), "playbooks");

    private readonly string _folder = Directory.CreateTempSubdirectory("baton-models-run-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Decides_every_ticket_and_accounts_for_every_cent_when_a_tenth_of_the_answers_goes_wrong()
    {
        await using var run =
            await RunAsync(160, "2s", script => script with { Faults = new StandInChance(0.10, StandInChance.Every) });

        Assert.Equal(160, run.Decisions.Count);
        var sums = MoneySums.Of(run.Database);
        Assert.True(sums is { Agree: true, Count: > 200, Receipts: > 0 }, sums.ToString());
        Assert.Equal(sums.Stages, run.Decisions.Sum(d => (long)(d.CostUsd * 1_000_000_000m)));
        Assert.NotEmpty(run.Facts.OfType<ConversationEvent.ModelFellBack>());
    }

    [Fact]
    public async Task Decides_every_ticket_when_all_providers_die_in_the_middle_and_says_so()
    {
        await using var run = await RunAsync(60, "60s", script => script with
        {
            Rules = [.. script.Rules.Select(r => r with { Times = 4 }),
                new StandInRule { Fault = StandInFault.ServerError }],
        });

        Assert.Equal(60, run.Decisions.Count);
        Assert.Contains(run.Facts.OfType<ConversationEvent.StageCompleted>(),
            s => s.Tier is "commodity" or "reasoning");
        var lost = run.Facts.OfType<ConversationEvent.ModelFellBack>().Where(f => f is { Stage: "tone", To: "local" })
            .ToList();
        Assert.NotEmpty(lost);
        Assert.All(lost, f => Assert.Contains(f.Why, new[] { "provider_failed", "no_model" }));
        Assert.True(MoneySums.Of(run.Database).Agree);
    }

    private async Task<FinishedRun> RunAsync(int tickets, string timeout, Func<StandInScript, StandInScript> change)
    {
        var script = StandInScript.Parse(
            await File.ReadAllTextAsync(Path.Combine(Playbooks, "models", "stand-in.json")));
        await using var server = await StandInServer.StartAsync(change(script));
        var models = (await File.ReadAllTextAsync(Path.Combine(Playbooks, "models", "stand-in.yaml")))
            .Replace("http://127.0.0.1:5290", server.Address.ToString().TrimEnd('/'))
            .Replace("timeout: 2s", $"timeout: {timeout}");
        await File.WriteAllTextAsync(Path.Combine(_folder, "models.yaml"), models);
        var file = Path.Combine(_folder, "tickets.jsonl");
        await File.WriteAllLinesAsync(file, TicketVariations.Lines(Path.Combine(Playbooks, "northwind"), tickets));
        var services = await CliHost.BuildAsync(new BatonOptions
        {
            Playbook = Path.Combine(Playbooks, "northwind"),
            Models = Path.Combine(_folder, "models.yaml"),
            Database = Path.Combine(_folder, "run.db"),
            Cache = TestModels.Folder,
            ToolBase = ShopHandler.Base,
            ToolHandler = new ShopHandler(new SampleShop(TimeProvider.System)),
            Turns = new TurnOptions(PastTickets: true),
        });
        var batch = ActivatorUtilities.CreateInstance<TicketBatch>(services);
        var result = await batch.RunAsync(file, (_, _) => { }, TestContext.Current.CancellationToken);
        await services.GetRequiredService<ModelGateway>().FlushAsync(TestContext.Current.CancellationToken);
        return new FinishedRun(services, [.. batch.Read(result)]);
    }

    private static string Repository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Baton.slnx"))) return at.FullName;
        throw new DirectoryNotFoundException("there is no Baton.slnx above the tests");
    }

    private sealed record FinishedRun(ServiceProvider Services, IReadOnlyList<Decision> Decisions) : IAsyncDisposable
    {
        public Database Database => Services.GetRequiredService<Database>();

        public IEnumerable<ConversationEvent> Facts => Ledger.ReadAll(Database)
            .Where(e => ConversationJson.EventTypes.Contains(e.Type))
            .Select(e => ConversationJson.Read(e.Type, e.Data.Span));

        public ValueTask DisposeAsync() => Services.DisposeAsync();
    }
}
