using Baton.Conversations;
using Baton.Playbooks;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions;

/// <summary>When there is nothing to say: it is recorded, and nobody is disturbed.</summary>
public sealed class SilenceTests : IAsyncDisposable
{
    private const string Absence = "I am out of the office until Monday. I will reply when I return.";

    private readonly Desk _desk = new();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Says_nothing_to_automatic_mail_and_disturbs_nobody()
    {
        var decision = await _desk.DecideAsync(Desk.Ticket(Absence) with { Subject = "Automatic reply: hello" });

        Assert.Equal((OutcomeKind.Silent, Route.Auto), (decision.Outcome, decision.Route));
        Assert.StartsWith("automatic mail", decision.Reasoning, StringComparison.Ordinal);
        Assert.Null(decision.Reply);
        Assert.Null(decision.Handoff);
        Assert.Empty(_desk.Said());
        Assert.Empty(_desk.State().Clocks.Running);
        Assert.Equal(0, _desk.Count("open_tickets"));
        Assert.Equal(0, _desk.Count("timers"));
        Assert.Equal(ConversationStatus.Waiting, _desk.State().Status);
    }

    [Fact]
    public async Task Says_nothing_when_our_own_fixed_text_comes_back()
    {
        await using var desk = new Desk(DeskPlaybook.Files().Replace(
            "playbook.yaml", "Thank you. {promise} Your", "Thank you for writing to us. {promise} Your"));
        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange));
        var sent = desk.Said()[0];

        var decision = await desk.DecideAsync(Desk.Ticket(sent, "T-2"));

        Assert.Equal(OutcomeKind.Silent, decision.Outcome);
        Assert.Equal(OutcomeKind.Escalated,
            (await desk.DecideAsync(Desk.Ticket(sent + " please change it", "T-3"))).Outcome);
    }

    [Fact]
    public async Task Sends_no_waiting_text_to_an_absence_notice_and_leaves_the_ticket_where_it_is()
    {
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange));
        _desk.Clock.Advance(TimeSpan.FromHours(5));

        var decision = await _desk.WriteAsync(Absence);

        Assert.Equal(OutcomeKind.Silent, decision.Outcome);
        Assert.Single(_desk.Said());
        Assert.Equal((ConversationStatus.Escalated, true), (_desk.State().Status, _desk.State().Locked));
    }

    [Fact]
    public async Task An_absence_notice_does_not_reopen_what_waits()
    {
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));

        await _desk.WriteAsync(Absence);

        Assert.Equal(ConversationStatus.Waiting, _desk.State().Status);
        Assert.Equal(OutcomeKind.Replied, _desk.State().LastOutcome);
    }

    [Fact]
    public async Task Decides_a_question_that_an_absence_notice_follows()
    {
        var decision = await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns) with
        {
            Messages = [new(Author.Customer, DeskPlaybook.AsksForReturns), new(Author.Customer, Absence)],
        });

        Assert.Equal(OutcomeKind.Replied, decision.Outcome);
    }

    [Fact]
    public async Task Says_nothing_after_a_person_has_answered()
    {
        var decision = await _desk.DecideAsync(Desk.Ticket("x") with
        {
            Messages = [new(Author.Customer, DeskPlaybook.AsksForReturns), new(Author.Agent, "You have 30 days, Sam")],
        });

        Assert.Equal(OutcomeKind.Silent, decision.Outcome);
        Assert.Equal("a person has answered already; nothing is sent", decision.Reasoning);
        Assert.Empty(_desk.Said());
    }

    [Fact]
    public async Task Answers_a_customer_who_writes_again_after_silence()
    {
        await _desk.DecideAsync(Desk.Ticket(Absence));

        Assert.Equal(OutcomeKind.Replied, (await _desk.WriteAsync(DeskPlaybook.AsksForReturns)).Outcome);
    }

    [Theory]
    [InlineData(DeskPlaybook.AsksForReturns)]
    [InlineData("thanks")]
    public async Task Notices_every_message_since_the_last_answer(string last)
    {
        var decision = await _desk.DecideAsync(Desk.Ticket("x") with
        {
            Messages = [new(Author.Customer, "The stove exploded and burned my hand"), new(Author.Customer, last)],
        });

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.Contains("safety", decision.Triggers);
    }
}
