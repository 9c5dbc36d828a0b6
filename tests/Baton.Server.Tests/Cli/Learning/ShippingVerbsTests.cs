using System.Text.Json;
using Baton.Operations.Versions;
using Baton.Playbooks;
using Baton.Server.Tests.Processes;
using Baton.Storage;
using Baton.Testing;

namespace Baton.Server.Tests.Cli.Learning;

/// <summary><c>rollout</c> and <c>shadow</c> as people call them.</summary>
public sealed class ShippingVerbsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("baton-shipping-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Db => Path.Combine(_root, "baton.db");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Say_before_they_start_what_it_takes_and_afterwards_how_it_stands()
    {
        var (now, next) = (Path.Combine(_root, "now"), Path.Combine(_root, "next"));
        new PlaybookFiles().WriteTo(now);
        new PlaybookFiles().Replace("playbook.yaml", "triage_confidence: 0.70", "triage_confidence: 0.75").WriteTo(next);
        await using (var database = Database.Open(new DatabaseOptions { Path = Db }, TimeProvider.System))
            await new PlaybookVersions(database, text => text).ProposeAsync(
                now, Assert.IsType<LoadedPlaybook.Valid>(PlaybookLoader.Load(now)), Token);

        var same = await RunAsync("rollout", "start", "--playbook", now, "--why", "x");
        var shrinks = await RunAsync("rollout", "start", "--playbook", next, "--why", "x", "--ramp", "25,5");
        var guard = await RunAsync("rollout", "start", "--playbook", next, "--why", "x", "--guard", "costs");
        var unknown = await RunAsync("rollout", "start", "--playbook", next, "--why", "x", "--metric", "overrides");
        var none = await RunAsync("rollout", "status");
        var started = await RunAsync("rollout", "start", "--playbook", next, "--why", "cheaper", "--metric", "overrides",
            "--baseline", "0.15", "--effect", "0.05", "--plan", "fixed");
        var status = JsonDocument.Parse((await RunAsync("rollout", "status", "--json")).Output).RootElement;
        var shown = await RunAsync("rollout", "status");
        var stopped = await RunAsync("rollout", "stop", "--why", "done");
        var again = await RunAsync("rollout", "pause", "--why", "done");
        var shadow = await RunAsync("shadow", "start", "--playbook", next, "--why", "look", "--only", "--for", "14d");
        var report = JsonDocument.Parse((await RunAsync("shadow", "report", "--json")).Output).RootElement;
        var ended = await RunAsync("shadow", "stop", "--why", "seen");

        Assert.Contains("is in force already", same.Errors, StringComparison.Ordinal);
        Assert.Contains("'5' is no share that grows", shrinks.Errors, StringComparison.Ordinal);
        Assert.Contains("'costs' is no guard", guard.Errors, StringComparison.Ordinal);
        Assert.Contains("say with --baseline", unknown.Errors, StringComparison.Ordinal);
        Assert.Contains("there was no roll-out yet", none.Output, StringComparison.Ordinal);
        Assert.True(started.ExitCode == 0, started.Errors);
        // Fleiss' formula for 15 against 10 %, two-sided.
        Assert.Contains("sample size: 683 tickets an arm", started.Output, StringComparison.Ordinal);
        Assert.Equal(("running", "undecided"), (status.GetProperty("state").GetString(),
            status.GetProperty("comparison").GetProperty("verdict").GetString()));
        Assert.Equal(0.5, status.GetProperty("share").GetDouble());
        Assert.Contains("overrides: undecided", shown.Output, StringComparison.Ordinal);
        Assert.Contains("stopped", stopped.Output, StringComparison.Ordinal);
        Assert.Contains("there is no roll-out to pause", again.Errors, StringComparison.Ordinal);
        Assert.Contains("nobody is answered while it runs", shadow.Output, StringComparison.Ordinal);
        Assert.Equal((true, "undecided"),
            (report.GetProperty("only").GetBoolean(), report.GetProperty("verdict").GetString()));
        Assert.Equal(0, ended.ExitCode);
    }

    private Task<Ended> RunAsync(params string[] arguments) => BatonProgram.RunAsync([.. arguments, "--db", Db]);
}
