using System.Net;
using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Playbooks;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions;

/// <summary>What becomes of a turn when something breaks, dies or happens at the wrong moment.</summary>
public sealed class FailureTests : IAsyncDisposable
{
    private const string Order = "where is my order T-1234, has my parcel shipped yet";

    private readonly BreakableStage _stage = new();
    private readonly Desk _desk;

    /// <summary>The breakable stage comes after the tool has been called.</summary>
    public FailureTests() => _desk = new Desk(stages: all => [.. all, _stage]);

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Gives_a_turn_to_a_person_when_a_stage_fails()
    {
        _stage.Broken = true;

        var decision = await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));

        Assert.Equal((OutcomeKind.Escalated, Priority.High), (decision.Outcome, decision.Priority));
        Assert.Contains("system failure", decision.Handoff!.Reason, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("breakable", Assert.Single(_desk.Events().OfType<ConversationEvent.StageFailed>()).Stage);
        Assert.Null(await _desk.LeaseAsync());
    }

    [Fact]
    public async Task Keeps_the_words_of_a_foreign_error_out_of_the_record()
    {
        (_stage.Broken, _stage.Error) = (true, () => new FormatException("cannot read 'Jane Roe, 12 Elm Street'"));

        var decision = await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));

        var failed = Assert.Single(_desk.Events().OfType<ConversationEvent.StageFailed>());
        Assert.Equal("FormatException", failed.Error);
        Assert.DoesNotContain("Jane", ConversationJson.Element(decision).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tries_a_tool_again_that_may_come_back()
    {
        _desk.Shop.Always(HttpStatusCode.ServiceUnavailable);
        await _desk.SubmitAsync(Desk.Ticket(Order));
        await _desk.WorkAsync();
        Assert.Equal(0, _desk.State().DecidedTurn);

        _desk.Shop.Answer = new Shop().Answer;
        _desk.Clock.Advance(TimeSpan.FromMinutes(10));
        await _desk.WorkAsync();

        Assert.Equal(OutcomeKind.Replied, _desk.Latest("T-1").Outcome);
        Assert.Equal(2, _desk.Shop.Calls);
    }

    [Fact]
    public async Task Hands_over_when_a_tool_stays_away()
    {
        _desk.Shop.Always(HttpStatusCode.ServiceUnavailable);
        await _desk.SubmitAsync(Desk.Ticket(Order));

        for (var i = 0; i < 5; i++)
        {
            await _desk.WorkAsync();
            _desk.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal(OutcomeKind.Escalated, _desk.Latest("T-1").Outcome);
        Assert.Equal(3, _desk.Shop.Calls);
        Assert.Contains("get_order", _desk.Latest("T-1").Handoff!.LastAttempt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Continues_after_the_tool_call_when_the_process_died_behind_it()
    {
        await DieBehindTheToolAsync();
        _stage.Broken = false;

        _desk.LetLeasesEnd();
        await _desk.WorkAsync();

        Assert.Equal(OutcomeKind.Replied, _desk.Latest("T-1").Outcome);
        Assert.Equal(1, _desk.Shop.Calls);
        Assert.Single(_desk.Events().OfType<ConversationEvent.ToolCalled>());
    }

    [Fact]
    public async Task Stays_silent_when_a_person_took_over_while_the_turn_rested()
    {
        await DieBehindTheToolAsync();
        _stage.Broken = false;
        await _desk.AppendAsync(
            "T-1", new ConversationEvent.Locked("ann took it"), new ConversationEvent.Claimed("ann"));

        _desk.LetLeasesEnd();
        await _desk.WorkAsync();

        Assert.Equal(OutcomeKind.Held, _desk.Latest("T-1").Outcome);
        Assert.Empty(_desk.Events().OfType<ConversationEvent.ReplySent>());
    }

    [Fact]
    public async Task Obeys_a_kill_switch_that_was_thrown_while_the_turn_rested()
    {
        await DieBehindTheToolAsync();
        _stage.Broken = false;
        await _desk.KillSwitch.SetAsync(true, "ann", null, CancellationToken.None);

        _desk.LetLeasesEnd();
        await _desk.WorkAsync();

        Assert.Equal(OutcomeKind.Held, _desk.Latest("T-1").Outcome);
    }

    [Fact]
    public async Task Gives_a_turn_to_a_person_when_every_start_ended_with_the_process()
    {
        await _desk.SubmitAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));

        for (var i = 0; i < _desk.Jobs.Options.AttemptLimit; i++)
        {
            Assert.NotNull(await _desk.LeaseAsync());
            _desk.LetLeasesEnd();
        }
        Assert.Null(await _desk.LeaseAsync());

        var decision = _desk.Latest("T-1");
        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.Contains("given up after 5 attempts", decision.Reasoning, StringComparison.Ordinal);
        Assert.True(_desk.State().Locked);
        Assert.Single(_desk.Said());
    }

    [Fact]
    public async Task Starts_over_when_the_customer_writes_during_a_turn()
    {
        _desk.Shop.Answer = async order =>
        {
            if (_desk.Shop.Calls == 1) await _desk.AddAsync("where is my order, sorry it is T-5678");
            return Shop.Json($$$"""{"order":{"id":"{{{order}}}","status":"shipped"}}""");
        };

        var decision = await _desk.DecideAsync(Desk.Ticket(Order));

        Assert.Contains("Order T-5678 is shipped.", Assert.Single(_desk.Said()), StringComparison.Ordinal);
        Assert.Equal(OutcomeKind.Replied, decision.Outcome);
        Assert.Equal(2, Assert.Single(_desk.Events().OfType<ConversationEvent.DecisionMade>()).Turn);
        Assert.Equal(0, _desk.Database.Read(_desk.Jobs.Depth));
    }

    [Fact]
    public async Task Stores_the_same_delivery_once()
    {
        var ticket = Desk.Ticket(DeskPlaybook.AsksForReturns);
        await _desk.DecideAsync(ticket);
        await _desk.AddAsync("thanks", externalId: "m-2");
        await _desk.WorkAsync();
        var before = _desk.State();

        var again = await _desk.SubmitAsync(ticket);
        var message = await _desk.AddAsync("thanks", externalId: "m-2");
        await _desk.WorkAsync();

        Assert.Equal(new IntakeOutcome.Duplicate("T-1", 1), again);
        Assert.Equal(new IntakeOutcome.Duplicate("T-1", 2), message);
        Assert.Equal(before.Version, _desk.State().Version);
    }

    /// <summary>The turn's tool call is on the disk, its decision is not, and nobody works on it.</summary>
    private async Task DieBehindTheToolAsync()
    {
        (_stage.Broken, _stage.Error) = (true, () => new OperationCanceledException());
        await _desk.SubmitAsync(Desk.Ticket(Order));
        var job = (await _desk.LeaseAsync())!;
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => _desk.Turns.HandleAsync(job, CancellationToken.None));
        Assert.Equal(1, _desk.Shop.Calls);
    }
}
