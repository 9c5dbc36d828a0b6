using Baton.Decisions;
using Baton.Playbooks;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions;

/// <summary>A playbook that changes while tickets come in.</summary>
public sealed class ChangedPlaybookTests
{
    [Fact]
    public async Task Counts_once_its_models_are_trained()
    {
        await using var desk = new Desk();
        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));
        var before = desk.Get<LocalModelCache>().Current.Playbook.Version;

        DeskPlaybook.Files().Replace("playbook.yaml", "triage_confidence: 0.05", "triage_confidence: 0.06")
            .WriteTo(desk.Playbook);
        Assert.IsType<PlaybookReload.Activated>(desk.Get<PlaybookHost>().TryReload());
        await desk.Get<LocalModelCache>().Training.WaitAsync(
            TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.NotEqual(before, desk.Get<LocalModelCache>().Current.Playbook.Version);
        Assert.Equal(desk.Get<PlaybookHost>().Current.Version, desk.Get<LocalModelCache>().Current.Playbook.Version);
    }

    [Fact]
    public async Task A_turn_uses_the_version_that_is_chosen_for_its_conversation()
    {
        await using var desk = new Desk();
        var host = desk.Get<PlaybookHost>();
        var other = host.Current with { Version = new string('b', 64) };
        host.Chosen = conversation => conversation == "T-other" ? other : null;

        var (one, chosen) = (await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns)),
            await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, "T-other")));

        Assert.Equal((host.Current.Version, other.Version), (one.Playbook, chosen.Playbook));
    }
}
