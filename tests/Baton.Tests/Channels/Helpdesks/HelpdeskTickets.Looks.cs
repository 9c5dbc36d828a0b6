using Baton.Channels.Reading;
using Baton.Conversations;
using Baton.Conversations.Tickets;
using Baton.Storage.Outgoing;
using Baton.Testing.Vendors;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Channels.Helpdesks;

/// <summary>Webhooks that never came, and who has a ticket there.</summary>
public abstract partial class HelpdeskTickets
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task What_lost_webhooks_would_have_told_is_caught_up_with_and_nothing_twice()
    {
        await LookAsync();
        var known = There.Open(DeskPlaybook.AsksForReturns);
        await RunAsync();
        Clock.Advance(TimeSpan.FromMinutes(3));
        var lost = Enumerable.Range(0, 5).Select(_ => There.Open(DeskPlaybook.AsksForReturns)).ToList();
        There.CustomerWrites(known, "let me talk to a person");
        Assert.NotEmpty(There.Webhooks());
        await RunAsync();
        Assert.All(lost, ticket => Assert.Empty(ticket.Said));

        for (var i = 0; i < 3; i++)
        {
            Clock.Advance(Every);
            Assert.Equal(1, await LookAsync());
            await RunAsync();
        }

        Assert.All(lost, ticket => Assert.Single(ticket.Said));
        Assert.Equal(2, known.Said.Count);
        Assert.Equal(2, State(known).CustomerMessages);
    }

    [Fact]
    public async Task One_look_is_taken_by_one_process_and_only_when_it_is_time()
    {
        await LookAsync();
        Clock.Advance(Every - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await LookAsync());

        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, await LookAsync());
        Assert.Equal(0, await LookAsync());
    }

    [Fact]
    public async Task A_look_that_fails_loses_nothing_and_is_told_when_it_fails_again()
    {
        await LookAsync();
        var ticket = There.Open(DeskPlaybook.AsksForReturns);
        There.Webhooks();
        There.Fail(new VendorFault { Answer = new VendorResponse(403, "{}"), Times = 2 });
        for (var i = 0; i < 2; i++)
        {
            Assert.Empty(Desk.Database.Read(c => Notices.Open(c, 10)));
            Clock.Advance(Every);
            await LookAsync();
        }
        var notice = Assert.Single(Desk.Database.Read(c => Notices.Open(c, 10))).Notice;
        Assert.Equal(CatchUp.Group(_channel!.Name), notice.Group);
        Assert.Contains("403", notice.Text, StringComparison.Ordinal);

        Clock.Advance(Every);
        await LookAsync();
        await RunAsync();

        Assert.Single(ticket.Said);
        Assert.Empty(Desk.Database.Read(c => Notices.Open(c, 10)));
    }

    [Fact]
    public async Task Who_has_a_ticket_of_peoples_there_has_it_here()
    {
        var ticket = await EscalatedAsync();

        await AssignAsync(ticket, StandInHelpdesk.AgentNumber);
        Assert.Equal((ConversationStatus.Claimed, $"{_channel!.Name}:601"), Holder(ticket));
        await AssignAsync(ticket, "602");
        Assert.Equal((ConversationStatus.Claimed, $"{_channel!.Name}:602"), Holder(ticket));
        await AssignAsync(ticket, null);
        Assert.Equal((ConversationStatus.Escalated, null), Holder(ticket));
        await AssignAsync(ticket, StandInHelpdesk.BatonNumber);
        Assert.Equal((ConversationStatus.Escalated, null), Holder(ticket));
    }

    [Fact]
    public async Task Who_is_assigned_there_stops_no_answer_and_takes_nothing_from_a_person_here()
    {
        var ticket = There.Open(DeskPlaybook.AsksForReturns);
        await AssignAsync(ticket, StandInHelpdesk.AgentNumber);
        Assert.Single(ticket.Said);
        var other = await EscalatedAsync();
        await Desk.Get<Inbox>().ActAsync(
            State(other).Id, (_, _) => new PersonAction.Claim(), "tess", null, Cancel);

        await AssignAsync(other, StandInHelpdesk.AgentNumber);

        Assert.Equal((ConversationStatus.Claimed, "tess"), Holder(other));
    }

    private (ConversationStatus, string?) Holder(StandInTicket ticket) =>
        (State(ticket).Status, State(ticket).ClaimedBy);

    private async Task AssignAsync(StandInTicket ticket, string? person)
    {
        There.Assign(ticket, person);
        await RunAsync();
    }

    private Task<int> LookAsync() => Desk.Get<CatchUp>().StepAsync(Cancel);
}
