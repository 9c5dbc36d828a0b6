using Baton.Channels;
using Baton.Channels.Slack;
using Baton.Conversations;
using Baton.Conversations.Approvals;
using Baton.Conversations.Inbound;
using Baton.People;
using Baton.Testing;
using Baton.Testing.Vendors;
using Baton.Tests.Workflows;

namespace Baton.Tests.Channels.Trackers;

/// <summary>Clicks about an approval as Slack sends them: a signed form with a payload.</summary>
public sealed class SlackApprovalTests : IAsyncLifetime
{
    private readonly StandInSlack _slack = new();
    private readonly ManualClock _clock = new();
    private SlackChannel _channel = null!;
    private RefundDesk _desk = null!;
    private string _approval = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _slack.StartAsync(Cancel);
        _desk = new RefundDesk(_clock, RefundDesk.Files().Replace(
            "tools/issue_refund.yaml", "approval: {", "approval: { four_eyes: true,"));
        var tess = (PersonOutcome.Saved)await _desk.Desk.Get<PeopleStore>().AddAsync(
            new PersonDetails { Name = "Tess", Email = "tess@example.com", Role = PersonRole.Lead }, "test", Cancel);
        _channel = new SlackChannel(
            new ChannelOptions { Slack = _slack.Options with { People = $"U1={tess.Person.Id},U2=p_nobody" } }, _clock);
        await _desk.Desk.SubmitAsync(RefundDesk.Ticket(RefundDesk.Large));
        await _desk.Desk.WorkAsync();
        _approval = Assert.Single(_desk.Desk.State().OpenApprovals);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _desk.DisposeAsync();
        await _slack.DisposeAsync();
    }

    private async Task ClickAsync(string action, string user = "U1")
    {
        var click = StandInSlack.Click(_approval, _clock.GetUtcNow(), user, action);
        Assert.IsType<Verification.Verified>(_channel.Verify(click));
        var read = Assert.IsType<ParsedRequest.Arrived>(_channel.Parse(click));
        Assert.Equal("", read.Answer?.Body);
        Assert.IsType<IntakeOutcome.Accepted>(await _desk.Desk.Get<ChannelIntake>().AcceptAsync(
            _channel, Assert.Single(read.All), Cancel));
    }

    private Approval Now => _desk.Desk.Database.Read(c => ApprovalRows.Find(c, _approval))!;

    /// <summary>A first person has made it smaller, and the shop has paid something back since.</summary>
    [Fact]
    public async Task Tells_who_presses_that_policy_forbids_what_somebody_changed()
    {
        var taken = await _desk.Desk.Get<ApprovalDesk>().DecideAsync(_approval, new ApprovalVote(
            "p_omar", "lead", true, Now.Inputs!.Replace("356", "300", StringComparison.Ordinal)), 300, Cancel);
        Assert.IsType<ApprovalAnswer.Taken>(taken);
        _desk.Shop.RefundAside(RefundDesk.Large);

        await ClickAsync("approve");

        var (user, text) = Assert.Single(_slack.Whispers);
        Assert.Equal("U1", user);
        Assert.Contains("Not approved: policy does not allow", text, StringComparison.Ordinal);
        Assert.Equal(ApprovalStatus.Open, Now.Status);
        Assert.Single(_desk.Desk.Events().OfType<ConversationEvent.ApprovalChangeDenied>());
        Assert.Equal(0, _desk.PaidBack);
    }

    [Fact]
    public async Task Tells_who_presses_the_role_that_it_takes_and_what_was_decided_already()
    {
        await ClickAsync("approve", "U2");
        await ClickAsync("approve");
        await ClickAsync("approve");
        await ClickAsync("refuse");
        await ClickAsync("approve");

        Assert.Equal(["U2", "U1", "U1"], _slack.Whispers.Select(w => w.User));
        Assert.Contains("is viewer", _slack.Whispers[0].Text, StringComparison.Ordinal);
        Assert.Contains("a second person is needed", _slack.Whispers[1].Text, StringComparison.Ordinal);
        Assert.Contains("it is refused already", _slack.Whispers[2].Text, StringComparison.Ordinal);
        Assert.Equal(ApprovalStatus.Refused, Now.Status);
    }
}
