using System.Text;
using Baton.Server.Cli.Watching;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Testing.StandIn;

namespace Baton.Server.Tests.OnCall;

/// <summary>
/// Rehearsals of the sample playbook with models, each on a copy of its own with the workers of two processes.
/// </summary>
public sealed class DrillTests(ServerFixture server) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-drill-").FullName;
    private StandInServer _provider = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Models => Path.Combine(_folder, "models.yaml");

    public async ValueTask InitializeAsync()
    {
        string Shipped(string name) => ServerFixture.InRepository("playbooks", "models", name);
        _provider = await StandInServer.StartAsync(
            StandInScript.Parse(await File.ReadAllTextAsync(Shipped("stand-in.json"), Token)));
        await File.WriteAllTextAsync(Models, (await File.ReadAllTextAsync(Shipped("stand-in.yaml"), Token))
            .Replace("http://127.0.0.1:5290", _provider.Address.ToString().TrimEnd('/')), Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Stops_automation_in_every_process_and_promises_a_person()
    {
        var drill = await DrillRuns.KillSwitchAsync(server.Playbook, Models, Token);

        Assert.True(drill.Passed, drill.Report.ToJsonString());
        Assert.Equal((2, 20, 20), ((int)drill.Report["processes"]!, (int)drill.Report["handed_to_people"]!,
            (int)drill.Report["clocks_started"]!));
        foreach (var name in (string[])["seconds_to_last_reply", "seconds_to_last_model_call", "seconds_to_last_effect"])
            Assert.InRange((double)drill.Report[name]!, 0, 60);
        foreach (var name in (string[])["replies_before", "model_calls_before"])
            Assert.True((long)drill.Report[name]! > 0, drill.Report.ToJsonString());
    }

    [Fact]
    public async Task Restores_a_copy_that_is_whole_and_fails_one_that_is_not()
    {
        await using var database = Database.Open(
            new DatabaseOptions { Path = Path.Combine(_folder, "restore.db"), AllowLoss = true }, TimeProvider.System);
        await database.WriteAsync(t => Ledger.Extend(t, "operations/x", [.. Enumerable.Range(0, 5).Select(i =>
            new NewEvent("Noted", TimeProvider.System.GetUtcNow(), Encoding.UTF8.GetBytes($"{{\"n\":{i}}}")))]), Token);
        var whole = await DrillRuns.RestoreAsync(database);
        await database.WriteAsync(t => t.Execute("update events set type = 'Changed' where version = 3"), Token);
        var broken = await DrillRuns.RestoreAsync(database);

        Assert.True(whole.Passed, whole.Report.ToJsonString());
        Assert.Equal(("5", "0"), ($"{whole.Report["events"]}", $"{whole.Report["problems"]}"));
        Assert.NotEqual("0", $"{whole.Report["bytes"]}");
        Assert.False(broken.Passed);
        Assert.NotEqual("0", $"{broken.Report["problems"]}");
    }

    [Fact]
    public async Task Loses_no_ticket_when_every_provider_is_gone()
    {
        var drill = await DrillRuns.ProviderDownAsync(server.Playbook, Models, Token);

        Assert.True(drill.Passed, drill.Report.ToJsonString());
        Assert.Equal(80, (long)drill.Report["decided"]!);
        Assert.NotEmpty(drill.Report["providers"]!.AsArray());
    }
}
