using Baton.Conversations;
using Baton.Conversations.ServiceLevels;
using Baton.Conversations.Tickets;
using Baton.Storage.Events;
using Baton.Storage.Outgoing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Escalation.ServiceLevels;

/// <summary>Service levels in the product: whoever acts on a ticket, its clocks and timers follow.</summary>
public sealed class ServiceLevelDeskTests : IAsyncLifetime
{
    private readonly Desk _desk = new(DeskPlaybook.Files().Replace(
        "queues.yaml", "      normal: { first_reply: 8h, resolution: 3d, hours: business }", """
              low: { first_reply: 8h, requester_wait: 2d, resolution: 4d, hours: calendar }
              normal: { first_reply: 8h, next_reply: 2h, requester_wait: 1d, resolution: 3d, hours: calendar }
              high: { first_reply: 4h, next_reply: 1h, requester_wait: 12h, resolution: 1d, hours: calendar }
              urgent: { first_reply: 1h, resolution: 8h, hours: calendar }
            on_warning: { notify: [l1] }
            on_breach: { priority: urgent, queue: l2, notify: [operators] }
        """));

    public async ValueTask InitializeAsync() => await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange));

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task A_reply_of_a_person_meets_pauses_and_takes_the_timers_with_it()
    {
        await ActAsync((id, text) => new PersonAction.Reply(id, text), "hello");

        Assert.Equal(
            (ClockState.Met, ClockState.Paused, ClockState.Running),
            (Clocks.FirstReply.State, Clocks.RequesterWait.State, Clocks.Resolution.State));
        Assert.Equal(1, Timers());

        await _desk.AddAsync("and now?");

        Assert.Equal((ClockState.Running, ClockState.Running), (Clocks.NextReply.State, Clocks.RequesterWait.State));
        Assert.Equal(3, Timers());
    }

    [Fact]
    public async Task A_breach_is_noticed_raised_and_moved_and_told_to_people()
    {
        var due = Clocks.FirstReply.DueAt!.Value;
        var priority = _desk.State().Priority;

        await UntilAsync(Clocks.FirstReply.WarnAt!.Value);
        Assert.Equal(["l1"], Notices().Select(n => n.Notice.To));
        Assert.Equal(priority, _desk.State().Priority);

        await UntilAsync(due);
        var state = _desk.State();
        Assert.Equal((Baton.Playbooks.Priority.Urgent, "l2"), (state.Priority!.Value, state.Queue));
        Assert.Equal(ClockState.Breached, state.Clocks.FirstReply.State);
        Assert.Contains("operators", Notices().Select(n => n.Notice.To));
        Assert.Equal("urgent", _desk.Database.Read(c => c.First(
            "select priority from conversations where conversation_id = 'T-1'", r => r.Text(0))));

        await ActAsync((id, text) => new PersonAction.Reply(id, text), "sorry");
        Assert.Equal(ClockState.Breached, Clocks.FirstReply.State);
        Assert.Equal(_desk.Clock.GetUtcNow(), Clocks.FirstReply.EndedAt);
    }

    /// <summary>A timer that fired a fraction of a millisecond too soon would find nothing due, and be gone.</summary>
    [Fact]
    public async Task A_timer_never_fires_before_its_clock_expires()
    {
        _desk.Clock.Advance(TimeSpan.FromTicks(4_567));
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange, "T-2"));
        var due = _desk.State("T-2").Clocks.FirstReply.DueAt!.Value;
        await UntilAsync(_desk.State("T-2").Clocks.FirstReply.WarnAt!.Value.AddMilliseconds(1));

        await UntilAsync(due.AddTicks(-1));
        await UntilAsync(due.AddMilliseconds(1));

        Assert.Equal(ClockState.Breached, _desk.State("T-2").Clocks.FirstReply.State);
    }

    [Fact]
    public async Task Closing_and_giving_back_leave_no_timer_behind()
    {
        await ActAsync((_, _) => new PersonAction.Claim(), null);
        await ActAsync((_, _) => new PersonAction.Close("done"), null);

        Assert.Equal(0, Timers());
        Assert.Equal(
            (ClockState.Stopped, ClockState.Met, ClockState.Met),
            (Clocks.FirstReply.State, Clocks.RequesterWait.State, Clocks.Resolution.State));

        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange, "T-2"));
        await ActAsync((_, _) => new PersonAction.Claim(), null, "T-2");
        await ActAsync((_, _) => new PersonAction.Unlock(), null, "T-2");

        Assert.Equal(0, Timers());
        _desk.Clock.Advance(TimeSpan.FromDays(30));
        await _desk.WorkAsync();
        Assert.Empty(_desk.Events("T-2").OfType<ConversationEvent.SlaBreached>());
    }

    [Fact]
    public void The_clocks_are_told_by_the_ledger_alone() =>
        Assert.Equal(Clocks, ServiceClocks.Of(_desk.Database.Read(c => Ledger.Read(c, "T-1"))
            .Select(e => (ConversationJson.Read(e.Type, e.Data.Span), e.At))));

    [Fact]
    public async Task The_ticket_shows_its_clocks()
    {
        var ticket = await _desk.Get<TicketQueries>().FindAsync("T-1", CancellationToken.None);
        var levels = ticket!["service_levels"]!.AsArray();

        Assert.Equal(
            ["first_reply running", "requester_wait running", "resolution running"],
            levels.Select(l => $"{l!["metric"]} {l["state"]}"));
    }

    private long Timers() => _desk.Database.Read(c => c.Number("select count(*) from timers where kind like 'sla_%'")) ?? 0;

    private ServiceClocks Clocks => _desk.State().Clocks;

    private List<RaisedNotice> Notices() =>
        _desk.Database.Read(c => Baton.Storage.Outgoing.Notices.Open(c, 10));

    private async Task UntilAsync(DateTimeOffset time)
    {
        _desk.Clock.Advance(time - _desk.Clock.GetUtcNow());
        await _desk.WorkAsync();
    }

    private async Task ActAsync(Func<string, string, PersonAction> action, string? text, string id = "T-1") =>
        Assert.Equal(
            (true, (string?)null),
            await _desk.Get<Inbox>().ActAsync(id, action, "ann", text, CancellationToken.None));
}
