using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Decisions;
using Baton.Decisions.Turns;
using Baton.Testing;

namespace Baton.Tests.Decisions;

/// <summary>The order of stages, alone: which run together and what is recorded when.</summary>
public sealed class PipelineTests
{
    private readonly List<ConversationEvent> _recorded = [];

    [Fact]
    public async Task Starts_a_stage_that_need_not_wait_while_the_one_before_it_is_busy()
    {
        var second = new TaskCompletionSource();
        var waits = new Step("a", async () => await second.Task) { Together = true };
        var frees = new Step("b", () => { second.SetResult(); return Task.CompletedTask; });

        await RunAsync(waits, frees);

        Assert.Equal(["a", "b"], Recorded());
    }

    [Fact]
    public async Task Waits_where_a_stage_needs_the_one_before_it()
    {
        var order = new List<string>();
        await RunAsync(
            new Step("a", async () => { await Task.Yield(); order.Add("a"); }),
            new Step("b", () => { order.Add("b"); return Task.CompletedTask; }));

        Assert.Equal(["a", "b"], order);
    }

    [Fact]
    public async Task Keeps_what_ran_beside_a_stage_that_failed()
    {
        var failed = new Step(
            "a", async () => { await Task.Yield(); throw new InvalidOperationException("no"); }) { Together = true };
        var paid = new Step("b", async () => await Task.Yield());

        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(failed, paid));

        Assert.Equal(["b"], Recorded());
    }

    [Fact]
    public async Task Leaves_no_trace_of_a_stage_that_does_not_apply()
    {
        await RunAsync(new Step("a", () => Task.CompletedTask) { Wanted = false },
            new Step("b", () => Task.CompletedTask));

        Assert.Equal(["b"], Recorded());
    }

    private IEnumerable<string> Recorded() => _recorded.Cast<ConversationEvent.StageCompleted>().Select(e => e.Stage);

    private Task RunAsync(params IStage[] steps)
    {
        var clock = new ManualClock();
        var turn = new Turn(new PlaybookFiles().Playbook(), null, new Conversation { Id = "T-1" }, clock.GetUtcNow());
        return new DecisionPipeline(steps, clock).RunAsync(turn, (facts, _) =>
        {
            _recorded.AddRange(facts);
            return Task.CompletedTask;
        }, TestContext.Current.CancellationToken);
    }

    private sealed class Step(string name, Func<Task> work) : IStage
    {
        public string Name => name;

        public bool Together { get; init; }

        public bool Wanted { get; init; } = true;

        bool IStage.RunsWithNext => Together;

        bool IStage.Applies(Turn turn) => Wanted;

        public async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
        {
            await work();
            return new StageReport { Output = StageOutput.Of(JsonSerializer.SerializeToElement(true)), Tier = "rules" };
        }

        public TurnFindings Apply(Turn turn, StageOutput output) => turn.Findings;

        public StageDescription Describe(StageOutput output) => new("");
    }
}
