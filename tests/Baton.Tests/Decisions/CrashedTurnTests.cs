using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Decisions;
using Baton.Decisions.Turns;
using Baton.Playbooks;
using Baton.Storage.Events;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions;

/// <summary>
/// Turns that ended with their process, several times: the tables are those that follow from the events.
/// </summary>
public sealed class CrashedTurnTests : IAsyncDisposable
{
    private readonly Paid _first = new("first"), _second = new("second");
    private readonly BreakableStage _dies = new();
    private readonly Desk _desk;

    public CrashedTurnTests()
    {
        _desk = new Desk(stages: all => [.. all, _first, _second, _dies]);
        (_dies.Broken, _dies.Error) = (true, () => new OperationCanceledException());
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Rebuild_to_the_same_tables_after_a_turn_that_died_three_times()
    {
        await _desk.SubmitAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));
        _first.Dies = true;
        await DieAsync();
        (_first.Dies, _second.Dies) = (false, true);
        await DieAsync();
        _second.Dies = false;
        await DieAsync();
        _dies.Broken = false;
        await WorkAgainAsync();

        Assert.Equal(1, _desk.State().DecidedTurn);
        await AssertSameAfterRebuildAsync();
    }

    [Fact]
    public async Task Rebuild_to_the_same_tables_after_a_second_opinion_that_was_asked_before_the_crash()
    {
        _first.Facts =
        [
            new ConversationEvent.SecondOpinionGiven(1, "commodity", "m", "a", "b", false, Route.Auto, "person", false),
        ];
        await _desk.SubmitAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));
        await DieAsync();
        _dies.Broken = false;
        await WorkAgainAsync();

        Assert.Equal("b", _desk.Latest("T-1").SecondOpinion?.Intent);
        await AssertSameAfterRebuildAsync();
    }

    [Fact]
    public async Task Rebuild_to_the_same_tables_after_a_crash_and_another_message()
    {
        await _desk.SubmitAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));
        await DieAsync();
        await _desk.AddAsync(DeskPlaybook.WantsChange);
        _dies.Broken = false;
        await WorkAgainAsync();

        Assert.Equal(2, _desk.State().DecidedTurn);
        await AssertSameAfterRebuildAsync();
    }

    [Fact]
    public async Task Rebuild_to_the_same_tables_after_a_turn_that_was_given_up()
    {
        await _desk.SubmitAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));
        for (var i = 0; i < _desk.Jobs.Options.AttemptLimit; i++) await DieAsync();
        await WorkAgainAsync();

        Assert.Equal(OutcomeKind.Escalated, _desk.Latest("T-1").Outcome);
        await AssertSameAfterRebuildAsync();
    }

    private async Task AssertSameAfterRebuildAsync()
    {
        var tables = await LedgerRebuild.RunAsync(
            _desk.Database, [ConversationTables.ReadTable], TestContext.Current.CancellationToken);
        Assert.All(tables, table => Assert.False(table.Changed, table.Table));
    }

    private async Task DieAsync()
    {
        var job = (await _desk.LeaseAsync())!;
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => _desk.Turns.HandleAsync(job, CancellationToken.None));
        _desk.LetLeasesEnd();
    }

    private Task WorkAgainAsync()
    {
        _desk.LetLeasesEnd();
        return _desk.WorkAsync();
    }

    /// <summary>A stage whose output is saved at once, as those of models and tools are.</summary>
    private sealed class Paid(string name) : IStage
    {
        public string Name => name;

        public bool Dies { get; set; }

        public IReadOnlyList<ConversationEvent> Facts { get; set; } = [];

        public ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken) => Dies
            ? throw new OperationCanceledException()
            : new(new StageReport
            {
                Output = StageOutput.Of(JsonSerializer.SerializeToElement(true)), Tier = "commodity",
                    IsPrecious = true, Facts = Facts,
            });

        public TurnFindings Apply(Turn turn, StageOutput output) => turn.Findings;

        public StageDescription Describe(StageOutput output) => new("");
    }
}
