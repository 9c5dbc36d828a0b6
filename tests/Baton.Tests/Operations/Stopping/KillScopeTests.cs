using Baton.Conversations;
using Baton.Operations;
using Baton.Operations.Autonomy;
using Baton.Playbooks;
using Baton.Storage.Events;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Operations.Stopping;

/// <summary>A part of automation is stopped, and the rest goes on.</summary>
public sealed class KillScopeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_channel_that_is_stopped_gets_the_fixed_text_and_others_are_answered()
    {
        await using var desk = new Desk();
        await desk.KillSwitch.SetAsync(true, KillScope.Channel, "sms", "Ann Lee", "wrong answers", Cancel);

        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns) with { Channel = "sms" });
        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, "T-2"));

        Assert.Contains(desk.Events(), e => e is ConversationEvent.Held);
        Assert.Contains(desk.Events("T-2"), e => e is ConversationEvent.ReplySent);

        await desk.KillSwitch.SetAsync(false, KillScope.Channel, "sms", "Ann Lee", null, Cancel);
        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, "T-3") with { Channel = "sms" });
        Assert.Contains(desk.Events("T-3"), e => e is ConversationEvent.ReplySent);
        Assert.Equal(2, desk.Database.Read(c => Ledger.Read(c, "operations/kill-switch")).Count);
    }

    [Fact]
    public async Task An_intent_that_is_stopped_goes_to_people_whatever_was_set()
    {
        await using var desk = new Desk();
        var rungs = desk.Get<AutonomyRungs>();
        await rungs.SetAsync("return_policy", AutonomyRung.Auto, 1, "Ann Lee", "fine", Cancel);
        await desk.KillSwitch.SetAsync(true, KillScope.Intent, "return_policy", "Ann Lee", "wrong article", Cancel);

        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));

        Assert.DoesNotContain(desk.Events(), e => e is ConversationEvent.ReplySent);
        Assert.Contains(desk.Events(), e => e is ConversationEvent.Escalated);
        Assert.Equal(AutonomyRung.Off, rungs.Find("return_policy")!.Rung);
        await desk.KillSwitch.SetAsync(false, KillScope.Intent, "return_policy", "Ann Lee", null, Cancel);
        Assert.Equal(AutonomyRung.Auto, rungs.Find("return_policy")!.Rung);
    }

    [Fact]
    public async Task A_tool_that_is_stopped_is_not_called()
    {
        await using var desk = new Desk();
        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForOrder + " T-1234", "T-0"));
        Assert.Equal(["T-1234"], desk.Shop.Asked);
        await desk.KillSwitch.SetAsync(true, KillScope.Tool, "get_order", "Ann Lee", "wrong data", Cancel);

        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForOrder + " T-1234"));

        Assert.Single(desk.Shop.Asked);
        Assert.DoesNotContain(desk.Events(), e => e is ConversationEvent.ReplySent);
    }
}
