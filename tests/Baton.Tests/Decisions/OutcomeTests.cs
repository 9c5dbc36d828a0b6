using System.Net;
using Baton.Conversations;
using Baton.Customers;
using Baton.Escalation;
using Baton.Playbooks;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions;

/// <summary>Whole turns, from a ticket to what the customer and the team get.</summary>
public sealed class OutcomeTests : IAsyncDisposable
{
    private readonly Desk _desk = new();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Answers_a_question_from_an_article_and_cites_it()
    {
        var decision = await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));

        Assert.Equal((Route.Auto, OutcomeKind.Replied), (decision.Route, decision.Outcome));
        Assert.Equal("Returning something", Assert.Single(decision.Citations).Title);
        Assert.Contains("30 days", Assert.Single(_desk.Said()), StringComparison.Ordinal);
        Assert.Equal(ConversationStatus.Waiting, _desk.State().Status);
    }

    [Fact]
    public async Task Asks_for_the_order_number_and_answers_when_it_comes()
    {
        var asked = await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForOrder));
        var answered = await _desk.WriteAsync("where is my order, it is T-1234");

        Assert.Equal((Route.Ask, OutcomeKind.Asked), (asked.Route, asked.Outcome));
        Assert.Equal((Route.Auto, OutcomeKind.Replied), (answered.Route, answered.Outcome));
        Assert.Contains("order number", _desk.Said()[0], StringComparison.Ordinal);
        Assert.Contains("Order T-1234 is shipped.", _desk.Said()[1], StringComparison.Ordinal);
        Assert.Equal(1, _desk.Shop.Calls);
    }

    [Fact]
    public async Task Asks_again_for_a_number_that_the_shop_does_not_know()
    {
        _desk.Shop.Always(HttpStatusCode.NotFound);

        var decision = await _desk.DecideAsync(Desk.Ticket("where is my order T-9999, has my parcel shipped yet"));

        Assert.Equal(OutcomeKind.Asked, decision.Outcome);
        Assert.Contains("We could not find T-9999.", Assert.Single(_desk.Said()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("polite", "A polite free customer")]
    [InlineData("angry", "An angry free customer")]
    public void Begins_the_packet_with_who_writes_and_how(string tone, string begins) =>
        Assert.Equal(begins, HandoffPackets.Who(tone, "free"));

    [Fact]
    public async Task Hands_over_with_a_packet_a_queue_a_promise_a_clock_and_the_lock()
    {
        var decision = await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange));

        var packet = Assert.IsType<HandoffPacket>(decision.Handoff);
        Assert.Equal((OutcomeKind.Escalated, "l1"), (decision.Outcome, decision.Queue));
        Assert.Equal("free", packet.Customer.Tier);
        Assert.NotEmpty(packet.Summary);
        Assert.Equal(DeskPlaybook.WantsChange, Assert.Single(packet.Transcript).Text);
        Assert.NotEmpty(packet.Reason);
        Assert.NotEmpty(packet.LastAttempt);
        Assert.Equal(6, typeof(HandoffPacket).GetProperties().Length);
        Assert.True(_desk.State().Locked);
        Assert.NotEmpty(_desk.State().Clocks.Running);
        Assert.Equal(1, _desk.Database.Read(c => c.Number("select count(*) from open_tickets where queue = 'l1'")));
        Assert.Contains(_desk.State().Promise!, Assert.Single(_desk.Said()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("thanks", null, OutcomeKind.Replied)]
    [InlineData("it does not work", "password reset", OutcomeKind.Escalated)]
    public async Task Needs_no_model_for_what_a_rule_settles(string body, string? subject, OutcomeKind outcome)
    {
        var decision = await _desk.DecideAsync(Desk.Ticket(body) with { Subject = subject });

        Assert.Equal(outcome, decision.Outcome);
        Assert.Equal(["context", "triage"], decision.Stages.Select(s => s.Stage));
        Assert.All(decision.Stages, stage => Assert.Equal("rules", stage.Tier));
    }

    [Theory]
    [InlineData("", "free")]
    [InlineData("unknown_customer_tier: enterprise\n", "enterprise")]
    public async Task Treats_a_stranger_as_the_playbook_says_and_says_so(string setting, string tier)
    {
        await using var desk =
            new Desk(DeskPlaybook.Files().Replace("playbook.yaml", "customer_tiers:", setting + "customer_tiers:"));

        await desk.DecideAsync(
            Desk.Ticket(DeskPlaybook.AsksForReturns) with { CustomerId = null, CustomerTier = null });

        var context = Assert.Single(desk.Events().OfType<ConversationEvent.CustomerContextFetched>()).Context;
        Assert.Equal((CustomerLookup.Unknown, tier), (context.Lookup, context.Tier));
    }

    [Fact]
    public async Task Takes_the_highest_tier_when_the_directory_does_not_answer()
    {
        await using var desk = new Desk(directory: new DeadDirectory());

        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));

        var context = Assert.Single(desk.Events().OfType<ConversationEvent.CustomerContextFetched>()).Context;
        Assert.Equal((CustomerLookup.Failed, "enterprise"), (context.Lookup, context.Tier));
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(21, true)]
    public async Task Sees_a_ticket_whose_first_reply_is_nearly_due(int hours, bool atRisk)
    {
        // Eight business hours from 14:00 in Berlin, where the day is 8 to 18: 75 % and 88 % used.
        await _desk.SubmitAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));
        _desk.Clock.Advance(TimeSpan.FromHours(hours));

        await _desk.WorkAsync();

        Assert.Equal(atRisk, _desk.Latest("T-1").Triggers.Contains("sla_risk"));
    }

    [Fact]
    public async Task Assumes_a_resolution_after_silence()
    {
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));

        _desk.Clock.Advance(TimeSpan.FromDays(30));
        await _desk.WorkAsync();

        Assert.Equal(ConversationStatus.Closed, _desk.State().Status);
    }

    [Fact]
    public async Task Says_when_a_promise_to_the_customer_is_broken()
    {
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange));

        _desk.Clock.Advance(TimeSpan.FromDays(30));
        await _desk.WorkAsync();
        await _desk.WorkAsync();

        Assert.Equal(["first_reply", "resolution"],
            _desk.Events().OfType<ConversationEvent.SlaBreached>().Select(b => b.Metric).Order());
    }

    private sealed class DeadDirectory : ICustomerDirectory
    {
        public ValueTask<CustomerRecord?> FindAsync(CustomerQuery query, CancellationToken cancellationToken) =>
            throw new CustomerDirectoryException("the CRM is down", isTransient: true);
    }
}
