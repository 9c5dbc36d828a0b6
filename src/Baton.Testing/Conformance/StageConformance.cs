using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Decisions;
using Baton.Decisions.Turns;
using Xunit;

namespace Baton.Testing.Conformance;

/// <summary>
/// What the pipeline expects of every stage: a turn must come out the same whether it ran through or died and resumed.
/// Derive, say which stage and on which turn, and inherit the tests.
/// </summary>
public abstract class StageConformance
{
    private static readonly JsonSerializerOptions Plain = new() { WriteIndented = true };

    /// <summary>
    /// The stage, made anew, and a turn that has come to it and to which it applies. The same every time.
    /// </summary>
    protected abstract Task<(IStage Stage, Turn Turn)> ReachAsync();

    [Fact]
    public async Task Has_a_lower_case_name_that_stays_the_same()
    {
        var (name, again) = ((await ReachAsync()).Stage.Name, (await ReachAsync()).Stage.Name);

        Assert.Matches("^[a-z][a-z0-9_]*$", name);
        Assert.Equal(name, again);
    }

    [Fact]
    public async Task Applies_again_when_the_turn_resumes()
    {
        var (stage, turn) = await ReachAsync();
        var (other, resumed) = await ReachAsync();

        Assert.True(stage.Applies(turn));
        Assert.True(stage.Applies(turn));
        Assert.True(other.Applies(resumed));
    }

    [Fact]
    public async Task Changes_nothing_while_it_runs()
    {
        var (stage, turn) = await ReachAsync();
        var before = turn.Findings;

        var report = await stage.RunAsync(turn, TestContext.Current.CancellationToken);

        Assert.Same(before, turn.Findings);
        Assert.Equal(Shown(stage.Apply(turn, report.Output)), Shown(stage.Apply(turn, report.Output)));
    }

    [Fact]
    public async Task Reports_an_output_that_the_ledger_gives_back_unchanged()
    {
        var (stage, turn) = await ReachAsync();
        var report = await stage.RunAsync(turn, TestContext.Current.CancellationToken);

        var written = ConversationJson.Write(Fact(stage, report.Output));

        Assert.Equal(written, ConversationJson.Write(Fact(stage, ReadBack(stage, report.Output))));
    }

    [Fact]
    public async Task Gives_the_turn_the_same_from_the_ledger_as_fresh()
    {
        var (stage, turn) = await ReachAsync();
        var report = await stage.RunAsync(turn, TestContext.Current.CancellationToken);

        var (fresh, back) = (stage.Apply(turn, report.Output), stage.Apply(turn, ReadBack(stage, report.Output)));

        Assert.Equal(Shown(fresh), Shown(back));
        Assert.Equal(fresh.IsSettled, back.IsSettled);
    }

    [Fact]
    public async Task Says_what_it_is_for_and_describes_both_alike()
    {
        var (stage, turn) = await ReachAsync();
        var report = await stage.RunAsync(turn, TestContext.Current.CancellationToken);

        var (fresh, back) = (stage.Describe(report.Output), stage.Describe(ReadBack(stage, report.Output)));

        Assert.EndsWith("?", fresh.Question, StringComparison.Ordinal);
        Assert.Equal(JsonSerializer.Serialize(fresh, Plain), JsonSerializer.Serialize(back, Plain));
    }

    private static StageOutput ReadBack(IStage stage, StageOutput output)
    {
        var fact = ConversationJson.Read(
            nameof(ConversationEvent.StageCompleted), ConversationJson.Write(Fact(stage, output)));
        return Assert.IsType<ConversationEvent.StageCompleted>(fact).Output;
    }

    private static ConversationEvent.StageCompleted Fact(IStage stage, StageOutput output) =>
        new(1, stage.Name, "rules", "", output, 0);

    private static string Shown(TurnFindings findings) => JsonSerializer.Serialize(findings, Plain);
}
