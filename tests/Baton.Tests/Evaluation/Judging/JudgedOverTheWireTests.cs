using System.Text.Json;
using Baton.Conversations;
using Baton.Evaluation.Judging;
using Baton.Evaluation.Production;
using Baton.Playbooks.Models;
using Baton.Testing.StandIn;
using Baton.Tests.Decisions;
using Baton.Tests.Decisions.Desks;
using Baton.Tests.Gateway;

namespace Baton.Tests.Evaluation.Judging;

/// <summary>Judges over a provider's wire, with token probabilities and without.</summary>
public sealed class JudgedOverTheWireTests : ModelDeskTests
{
    private const string Four = """{"reasoning":"kind, all 3 steps","score":4}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_score_is_weighed_by_the_probability_of_each_in_one_call()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.Policy = WithJudge(fixture.Policy);
        fixture.One.Script = Says(new Dictionary<string, double> { ["4"] = 0.6, [" 5"] = 0.3, ["x"] = 0.1 });
        var judge = new ModelJudge(JudgeCriterion.Shipped("tone"), fixture.Gateway, samples: 3);

        var judged = await judge.JudgeAsync("where is it?", "On its way.", [], Token);

        // (4 · 0.6 + 5 · 0.3) / 0.9, and not the 3 of the reasoning.
        Assert.Equal((4 + 1.0 / 3, 1), (judged!.Score, judged.Samples), new Near());
        Assert.Equal(Math.Sqrt(2.0 / 9), judged.Deviation, 6);
        var sent = JsonDocument.Parse(Assert.Single(fixture.One.Requests).Body).RootElement;
        Assert.True(sent.GetProperty("logprobs").GetBoolean());
        Assert.Equal(10, sent.GetProperty("top_logprobs").GetInt32());
    }

    [Fact]
    public async Task Where_probabilities_are_refused_or_say_nothing_it_is_asked_several_times()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.Policy = WithJudge(fixture.Policy);
        fixture.One.Script = Says(null) with { RefusesLogprobs = true };
        var judge = new ModelJudge(JudgeCriterion.Shipped("tone"), fixture.Gateway, samples: 3);

        var first = await judge.JudgeAsync("where is it?", "On its way.", [], Token);
        var refused = fixture.One.Requests.Count(r => r.Body.Contains("logprobs", StringComparison.Ordinal));
        var second = await judge.JudgeAsync("and now?", "On its way.", [], Token);

        Assert.Equal((4.0, 3), (first!.Score, first.Samples));
        Assert.Equal((4.0, 3), (second!.Score, second.Samples));
        // Once it has been refused it is not asked again.
        Assert.Equal(refused, fixture.One.Requests.Count(r => r.Body.Contains("logprobs", StringComparison.Ordinal)));
        fixture.One.Script = Says(new Dictionary<string, double> { ["x"] = 0.9, ["4"] = 0.1 });
        var odd = await new ModelJudge(JudgeCriterion.Shipped("tone"), fixture.Gateway, samples: 2)
            .JudgeAsync("and then?", "On its way.", [], Token);
        Assert.Equal((4.0, 2), (odd!.Score, odd.Samples));
    }

    [Fact]
    public async Task Models_judge_so_many_real_answers_as_the_plan_says()
    {
        Server.Script = Says(new Dictionary<string, double> { ["4"] = 0.5, ["5"] = 0.5 });
        Desk = new Desk(ModelPlaybook.Files(Server, "judge"));
        var from = Desk.Clock.GetUtcNow();
        for (var i = 0; i < 3; i++) await Desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, $"T-{i}"));
        Desk.Clock.Advance(TimeSpan.FromDays(1));

        await Desk.Get<DecisionScoring>().RunAsync(from, Desk.Clock.GetUtcNow(),
            new ScoringPlan { Share = 1, ShareOfDoubtful = 1, JudgedByModels = 2 }, Token);

        var scores = Enumerable.Range(0, 3)
            .SelectMany(i => Desk.Events($"T-{i}").OfType<ConversationEvent.DecisionScored>())
            .Where(s => s.Criterion.StartsWith("judge_", StringComparison.Ordinal)).ToList();
        Assert.Equal(2 * JudgeCriterion.BuiltIn.Count, scores.Count);
        Assert.All(scores, s => Assert.Equal(0.875, s.Score, 6));
        Assert.Equal(JudgeCriterion.BuiltIn.Select(c => $"judge_{c}").Order(), scores.Select(s => s.Criterion).Distinct().Order());
        Assert.All(Server.Requests, r => Assert.DoesNotContain("T-0", r.Body, StringComparison.Ordinal));
    }

    private static ModelsPolicy WithJudge(ModelsPolicy policy) => policy with
    {
        Stages = [.. policy.Stages, new StagePolicy { Name = "judge", Tier = "commodity", Timeout = TimeSpan.FromSeconds(20) }],
        Tiers = [new TierPolicy("commodity", ["small"])],
    };

    private static StandInScript Says(IReadOnlyDictionary<string, double>? digits) => new()
    {
        Otherwise = new StandInAnswer { Text = Four, Digits = digits },
    };

    private sealed class Near : IEqualityComparer<(double Score, int Samples)>
    {
        public bool Equals((double Score, int Samples) one, (double Score, int Samples) other) =>
            Math.Abs(one.Score - other.Score) < 1e-9 && one.Samples == other.Samples;

        public int GetHashCode((double Score, int Samples) of) => of.Samples;
    }
}
