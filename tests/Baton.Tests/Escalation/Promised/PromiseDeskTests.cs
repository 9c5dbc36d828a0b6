using Baton.Conversations;
using Baton.Conversations.Promises;
using Baton.Conversations.Tickets;
using Baton.Storage.Events;
using Baton.Storage.Outgoing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Escalation.Promised;

/// <summary>Promises in the product: kept or broken, on the record; calls with a list and an alarm.</summary>
public sealed class PromiseDeskTests : IAsyncLifetime
{
    private readonly Desk _desk = new(DeskPlaybook.Files().Replace(
        "queues.yaml", "    fallback: l2\n", "    outside_hours: callback\n"));

    /// <summary>A Saturday: l1 opens on Monday.</summary>
    public async ValueTask InitializeAsync()
    {
        _desk.Clock.Advance(TimeSpan.FromDays(3));
        await _desk.DecideAsync(Desk.Ticket(
            $"{DeskPlaybook.WantsChange}, my number is +1 303 555 " + "0142"));
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task A_reply_in_time_keeps_the_promise()
    {
        await ActAsync((id, text) => new PersonAction.Reply(id, text), "hello");

        Assert.Equal((1, 0), Figures());
        Assert.Single(_desk.Events().OfType<ConversationEvent.PromiseKept>());
        Assert.Empty(Owed());
    }

    [Fact]
    public async Task A_promise_breaks_at_its_time_and_stays_broken()
    {
        await UntilAsync(_desk.State().PromisedBy!.Value);
        Assert.Equal((0, 1), Figures());

        await ActAsync((id, text) => new PersonAction.Reply(id, text), "hello");
        Assert.Equal((0, 1), Figures());
        Assert.Single(_desk.Events().OfType<ConversationEvent.PromiseBroken>());
    }

    [Fact]
    public async Task A_reply_at_the_last_moment_is_late_also_when_the_timer_sleeps()
    {
        _desk.Clock.Advance(_desk.State().PromisedBy!.Value - _desk.Clock.GetUtcNow());

        await ActAsync((id, text) => new PersonAction.Reply(id, text), "hello");

        Assert.Equal((0, 1), Figures());
    }

    [Fact]
    public async Task A_ticket_that_is_solved_or_given_back_owes_nothing()
    {
        await ActAsync((_, _) => new PersonAction.Claim());
        await ActAsync((_, _) => new PersonAction.Unlock());

        await UntilAsync(_desk.Clock.GetUtcNow().AddDays(30));
        Assert.Equal((0, 0), Figures());
        Assert.Empty(Owed());
    }

    [Fact]
    public void A_promised_call_is_listed_with_its_number_which_the_ledger_does_not_have()
    {
        var (ticket, call) = Assert.Single(Owed());

        Assert.Equal(("T-1", CallbackState.Open, 0), (ticket, call.State, call.Attempts));
        Assert.Equal(_desk.State().PromisedBy, call.DueAt);
        Assert.StartsWith("A support agent will call you before ", _desk.State().Promise, StringComparison.Ordinal);
        Assert.Equal("[PHONE_1]", call.Number);
        Assert.EndsWith("0142", _desk.Get<Inbox>().Restored(ticket, call.Number), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_nobody_answers_is_owed_on_and_one_that_reaches_keeps_the_promise()
    {
        await ActAsync((_, _) => new PersonAction.Call(CallOutcome.NoAnswer));
        await ActAsync((_, _) => new PersonAction.Call(CallOutcome.WrongNumber));
        Assert.Equal(2, Assert.Single(Owed()).Call.Attempts);
        Assert.Equal((0, 0), Figures());

        await ActAsync((_, _) => new PersonAction.Call(CallOutcome.Reached));
        Assert.Empty(Owed());
        Assert.Equal((1, 0), Figures());
        Assert.Equal("no call is owed on this ticket", (await _desk.Get<Inbox>().ActAsync(
            "T-1", (_, _) => new PersonAction.Call(CallOutcome.Reached), "ann", null, CancellationToken.None)).Problem);
    }

    [Fact]
    public async Task A_missed_call_raises_the_alarm_until_it_is_made()
    {
        await UntilAsync(Assert.Single(Owed()).Call.DueAt);

        Assert.Equal(CallbackState.Missed, Assert.Single(Owed()).Call.State);
        Assert.Equal(("l1", NoticeUrgency.High), Alarms().Select(n => (n.Notice.To, n.Notice.Urgency)).Single());

        await ActAsync((_, _) => new PersonAction.Call(CallOutcome.Reached));
        Assert.Empty(Alarms());
    }

    [Fact]
    public async Task A_rebuild_comes_to_the_same_promises_calls_and_tickets()
    {
        await ActAsync((_, _) => new PersonAction.Call(CallOutcome.NoAnswer));

        Assert.All(
            await LedgerRebuild.RunAsync(_desk.Database, [ConversationTables.ReadTable], CancellationToken.None),
            table => Assert.False(table.Changed, table.Table));
    }

    private (int Kept, int Broken) Figures() => _desk.Database.Read(c => PromiseTables.Figures(
        c, _desk.Clock.GetUtcNow().AddDays(-60), _desk.Clock.GetUtcNow().AddDays(60)));

    private List<(string Ticket, TicketCallback Call)> Owed() => _desk.Database.Read(c => PromiseTables.Owed(c, 10));

    private List<RaisedNotice> Alarms() => [.. _desk.Database.Read(c => Notices.Open(c, 10))
        .Where(n => n.Notice.Group.StartsWith("callback/", StringComparison.Ordinal))];

    private async Task UntilAsync(DateTimeOffset time)
    {
        _desk.Clock.Advance(time - _desk.Clock.GetUtcNow());
        await _desk.WorkAsync();
    }

    private async Task ActAsync(Func<string, string, PersonAction> action, string? text = null) => Assert.Equal(
        (true, (string?)null), await _desk.Get<Inbox>().ActAsync("T-1", action, "ann", text, CancellationToken.None));
}
