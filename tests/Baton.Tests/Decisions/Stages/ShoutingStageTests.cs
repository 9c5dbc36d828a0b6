using Baton.Conversations.Findings;
using Baton.Decisions;
using Baton.Decisions.Turns;
using Baton.Testing;
using Baton.Testing.Conformance;
using Baton.Tests.Decisions.Desks;
using Baton.Tests.Style;

namespace Baton.Tests.Decisions.Stages;

/// <summary>A stage as a stranger writes one; docs/extending/stage.md shows it.</summary>
public sealed class ShoutingStageTests : StageConformance
{
    private static readonly TurnFindings Calm =
        new() { Tone = new ToneReading { Sentiment = 6, Urgency = 3, Tone = "neutral" } };

    [Fact]
    public async Task Takes_a_customer_who_shouts_for_less_happy()
    {
        var (stage, turn) = await ReachAsync();

        var report = await stage.RunAsync(turn, TestContext.Current.CancellationToken);

        Assert.Equal(4, stage.Apply(turn, report.Output).Tone?.Sentiment);
    }

    [Fact]
    public async Task Decides_in_the_pipeline_of_a_stranger()
    {
        await using var desk = new Desk(stages: all => [.. all.Take(3), new ShoutingStage(), .. all.Skip(3)]);

        var decision = await desk.DecideAsync(Desk.Ticket("HOW LONG DO I HAVE TO RETURN SOMETHING"));

        Assert.Contains("negative_sentiment", decision.Triggers);
        Assert.Contains("shouting", decision.Stages.Select(s => s.Stage));
    }

    [Fact]
    public void Stands_in_the_documentation_as_it_is_compiled()
    {
        var code = Repository.Text("tests/Baton.Tests/Decisions/Stages/ShoutingStage.cs").ReplaceLineEndings("\n");
        var shown = Repository.Text("docs/extending/stage.md").ReplaceLineEndings("\n");

        Assert.Contains(code[code.IndexOf("/// <summary>", StringComparison.Ordinal)..].Trim(), shown,
            StringComparison.Ordinal);
    }

    protected override Task<(IStage Stage, Turn Turn)> ReachAsync() =>
        Task.FromResult<(IStage, Turn)>((new ShoutingStage(), SampleTurn.Of("WHERE IS MY PARCEL?", Calm)));
}
