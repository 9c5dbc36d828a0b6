using Baton.Conversations;
using Baton.Conversations.Tickets;
using Baton.Tests.Decisions.Desks;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.Decisions;

/// <summary>When automation must be silent: a person has the conversation, or the kill switch is on.</summary>
public sealed class HeldTests : IAsyncDisposable
{
    private readonly Desk _desk = new();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Sends_a_waiting_text_once_in_four_hours_while_a_person_has_it()
    {
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange));

        _desk.Clock.Advance(TimeSpan.FromHours(5));
        var first = await _desk.WriteAsync(DeskPlaybook.AsksForReturns);
        _desk.Clock.Advance(TimeSpan.FromHours(3.9));
        var soon = await _desk.WriteAsync(DeskPlaybook.AsksForReturns);
        _desk.Clock.Advance(TimeSpan.FromHours(0.2));
        var later = await _desk.WriteAsync(DeskPlaybook.AsksForReturns);

        Assert.All([first, soon, later], decision => Assert.Equal(OutcomeKind.Held, decision.Outcome));
        Assert.Null(soon.Reply);
        Assert.Equal(3, _desk.Said().Count);
        Assert.All(_desk.Said().Skip(1),
            text => Assert.StartsWith("Your ticket T-1 is with our team.", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_again_after_a_person_unlocks()
    {
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange));
        await _desk.AppendAsync("T-1", new ConversationEvent.Claimed("ann"), new ConversationEvent.Unlocked("ann"));

        Assert.Equal(OutcomeKind.Replied, (await _desk.WriteAsync(DeskPlaybook.AsksForReturns)).Outcome);
    }

    [Fact]
    public async Task Goes_back_to_its_queue_when_the_customer_returns_after_a_person_closed()
    {
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange));
        await _desk.AppendAsync(
            "T-1", new ConversationEvent.Claimed("ann"), new ConversationEvent.Closed("ann", "done"));
        Assert.Equal(0, _desk.Count("open_tickets"));

        Assert.Equal(OutcomeKind.Held, (await _desk.WriteAsync(DeskPlaybook.AsksForReturns)).Outcome);

        Assert.Equal(ConversationStatus.Escalated, _desk.State().Status);
        Assert.Equal(1, _desk.Count("open_tickets"));
    }

    [Fact]
    public async Task Promises_again_and_starts_new_clocks_when_the_customer_returns_after_a_person_closed()
    {
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange));
        var promised = _desk.State().PromisedBy;
        await _desk.AppendAsync(
            "T-1", new ConversationEvent.Claimed("ann"), new ConversationEvent.Closed("ann", "done"));
        Assert.Empty(_desk.State().Clocks.Running);

        _desk.Clock.Advance(TimeSpan.FromDays(3));
        await _desk.WriteAsync(DeskPlaybook.AsksForReturns);

        var state = _desk.State();
        Assert.Equal(["first_reply", "resolution"], state.Clocks.Running.Select(c => c.Metric).Order());
        Assert.True(state.PromisedBy > _desk.Clock.GetUtcNow() && state.PromisedBy > promised);
        Assert.Equal($"Your ticket T-1 is with our team. {state.Promise}", _desk.Said()[^1]);
        Assert.True(state.Locked);
        Assert.False(state.CameBack);
    }

    [Fact]
    public async Task Promises_once_when_the_customer_writes_on_after_coming_back()
    {
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange));
        await _desk.AppendAsync(
            "T-1", new ConversationEvent.Claimed("ann"), new ConversationEvent.Closed("ann", "done"));
        await _desk.WriteAsync(DeskPlaybook.AsksForReturns);
        var due = _desk.State().Clocks.FirstReply.DueAt;

        _desk.Clock.Advance(TimeSpan.FromMinutes(10));
        await _desk.WriteAsync("and one more thing");

        Assert.Equal(due, _desk.State().Clocks.FirstReply.DueAt);
    }

    [Theory]
    [InlineData("l3", "there is no queue 'l3'; did you mean 'l1'?")]
    [InlineData("nowhere", "there is no queue 'nowhere'; known: l1, l2")]
    [InlineData("L2", "there is no queue 'L2'; did you mean 'l2'?")]
    [InlineData("l2", null)]
    public async Task Sends_a_ticket_only_to_a_queue_that_exists(string queue, string? problem)
    {
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange));
        var before = _desk.State().Queue;

        var done = await _desk.Get<Inbox>().ActAsync(
            "T-1", (_, _) => new PersonAction.Reroute(queue, "skill"), "ann", null, CancellationToken.None);

        Assert.Equal((true, problem), done);
        Assert.Equal(problem is null ? queue : before, _desk.State().Queue);
    }

    [Fact]
    public async Task Says_the_fixed_text_and_asks_no_model_while_the_kill_switch_is_on()
    {
        await _desk.KillSwitch.SetAsync(true, "ann", "drill", CancellationToken.None);

        var decision = await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));

        Assert.Equal(OutcomeKind.Held, decision.Outcome);
        Assert.Equal(["context"], decision.Stages.Select(s => s.Stage));
        Assert.Equal("We will answer within 4 hours. Your ticket is T-1.", Assert.Single(_desk.Said()));
        Assert.Equal(_desk.Clock.GetUtcNow().AddHours(4), _desk.State().Clocks.FirstReply.DueAt);
        Assert.True(_desk.State().Locked);
    }

    [Fact]
    public async Task Decides_again_when_the_kill_switch_is_off()
    {
        await _desk.KillSwitch.SetAsync(true, "ann", null, CancellationToken.None);
        await _desk.KillSwitch.SetAsync(false, "ann", null, CancellationToken.None);

        Assert.Equal(OutcomeKind.Replied, (await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns))).Outcome);
    }

    /// <summary>
    /// 0 message, 1 four hours pass, 2 thirty days pass, 3 kill switch, 4 a stage breaks, 5 a person claims, 6 or gives
    /// back.
    /// </summary>
    [Fact]
    public void Never_says_more_than_the_waiting_text_until_a_person_unlocks() => Prop.ForAll(
        Gen.Choose(0, 6).ListOf().ToArbitrary(),
        steps => SaysOnlyTheWaitingText(steps).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(15).WithEndSize(12));

    private static async Task<bool> SaysOnlyTheWaitingText(IEnumerable<int> steps)
    {
        var breaks = new BreakableStage();
        await using var desk = new Desk(stages: all => [breaks, .. all]);
        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange));
        foreach (var step in steps) await TakeAsync(desk, breaks, step);
        return desk.State().Locked
            && desk.Said().Skip(1).All(t => t.StartsWith("Your ticket T-1 is with our team.", StringComparison.Ordinal))
            && !desk.Events().Any(e => e is ConversationEvent.ReplySent or ConversationEvent.QuestionAsked)
            && desk.Events().OfType<ConversationEvent.Escalated>().Count() == 1;
    }

    private static async Task TakeAsync(Desk desk, BreakableStage breaks, int step)
    {
        switch (step)
        {
            case 0: await desk.AddAsync(DeskPlaybook.AsksForReturns); break;
            case 1: desk.Clock.Advance(TimeSpan.FromHours(4)); break;
            case 2: desk.Clock.Advance(TimeSpan.FromDays(30)); break;
            case 3: await desk.KillSwitch.SetAsync(
                !desk.KillSwitch.Read().On, "ann", null, CancellationToken.None); break;
            case 4: breaks.Broken = !breaks.Broken; break;
            case 5: await desk.AppendAsync("T-1", new ConversationEvent.Claimed("ann")); break;
            case 6: await desk.AppendAsync("T-1", new ConversationEvent.Released("ann")); break;
        }
        await desk.WorkAsync();
    }
}
