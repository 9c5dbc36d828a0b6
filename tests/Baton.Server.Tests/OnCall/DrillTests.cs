using Baton.Server.Cli.Watching;

namespace Baton.Server.Tests.OnCall;

/// <summary>Rehearsals of the sample playbook, each on a copy of its own with the workers of two processes.</summary>
public sealed class DrillTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stops_automation_in_every_process_and_promises_a_person()
    {
        var drill = await DrillRuns.KillSwitchAsync(server.Playbook, null, Token);

        Assert.True(drill.Passed, drill.Report.ToJsonString());
        Assert.Equal((2, 20, 20), ((int)drill.Report["processes"]!, (int)drill.Report["handed_to_people"]!,
            (int)drill.Report["clocks_started"]!));
        foreach (var name in (string[])["seconds_to_last_reply", "seconds_to_last_model_call", "seconds_to_last_effect"])
            Assert.InRange((double)drill.Report[name]!, 0, 60);
    }

    [Fact]
    public async Task Loses_no_ticket_when_every_provider_is_gone()
    {
        var models = Path.Combine(server.Playbook, "..", "models", "stand-in.yaml");
        var drill = await DrillRuns.ProviderDownAsync(server.Playbook, File.Exists(models) ? models : null, Token);

        Assert.True(drill.Passed, drill.Report.ToJsonString());
        Assert.Equal(80, (long)drill.Report["decided"]!);
    }
}
