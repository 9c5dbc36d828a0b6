using Baton.Evaluation.Judging;
using Baton.Tests.Evaluation.Scoring;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Evaluation.Judging;

/// <summary>A judge's samples, what is no score, and whether judge or system drifted.</summary>
public sealed class ModelJudgeTests
{
    private static readonly JudgeCriterion Tone = JudgeCriterion.Shipped("tone");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_score_is_the_mean_of_its_samples_and_their_spread_is_told()
    {
        using var chat = new Script("""{"score":5,"reasoning":"a"}""", """{"score":3,"reasoning":"b"}""",
            """{"score":4,"reasoning":"c"}""");
        var judge = new ModelJudge(Tone, chat, samples: 3);

        var score = await judge.ScoreAsync(Evaluations.Answered("You have 60 days."), Token);

        Assert.Equal((0.75, 1.0), (score!.Value.Value, judge.Deviation));
        Assert.Equal(3, chat.Asked.Count);
        Assert.All(chat.Asked, m => Assert.DoesNotContain("60 days", m[0].Text, StringComparison.Ordinal));
        Assert.All(chat.Asked, m => Assert.Contains("You have 60 days.", m[1].Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"score":9,"reasoning":"very"}""")]
    [InlineData("""{"score":"4"}""")]
    [InlineData("I would say four.")]
    public async Task What_is_no_score_is_left_out(string answer)
    {
        using var chat = new Script(answer);

        Assert.Null(await new ModelJudge(Tone, chat, 1).ScoreAsync(Evaluations.Answered("60 days"), Token));
    }

    [Fact]
    public async Task A_refusal_is_judged_where_the_criterion_is_about_all()
    {
        using var chat = new Script("""{"score":5,"reasoning":"a person was right"}""");

        Assert.Null(await new ModelJudge(Tone, chat, 1).ScoreAsync(Evaluations.Escalated(), Token));
        var judged = await new ModelJudge(JudgeCriterion.Shipped("escalation_appropriateness"), chat, 1)
            .ScoreAsync(Evaluations.Escalated(), Token);
        Assert.Equal(1, judged!.Value.Value);
    }

    [Fact]
    public async Task Judges_are_held_against_people_on_anchors()
    {
        using var chat = new Script("""{"score":4,"reasoning":"x"}""");
        AnchorAnswer[] anchors =
        [
            new("1", "tone", "q", "a", [], 5), new("2", "tone", "q", "b", [], 4), new("3", "correctness", "q", "c", [], 1),
        ];

        var figures = await AnchorFigures.OfAsync(new ModelJudge(Tone, chat, 1), "tone", anchors, Token);

        Assert.Equal((2, -0.5), (figures.N, figures.Bias));
    }

    [Theory]
    [InlineData(0.0, false, "none")]
    [InlineData(0.0, true, "system")]
    [InlineData(-0.6, true, "judge")]
    public void A_drifting_judge_is_told_from_a_drifting_system(double moved, bool changed, string verdict)
    {
        var before = Enumerable.Range(0, 20).ToDictionary(i => $"{i}", i => 1 + i % 5.0);
        var random = new Random(5);
        var now = before.ToDictionary(b => b.Key, b => b.Value + moved + (random.NextDouble() - 0.5) * 0.4);

        Assert.Equal(verdict, AnchorFigures.Drift(before, now, changed));
    }

    [Fact]
    public void Steady_judges_are_seldom_called_drifting()
    {
        var (random, alarms) = (new Random(8), 0);
        for (var trial = 0; trial < 400; trial++)
        {
            var before = Enumerable.Range(0, 30).ToDictionary(i => $"{i}", _ => 3 + random.NextDouble());
            var now = before.ToDictionary(b => b.Key, b => b.Value + random.NextDouble() - 0.5);
            if (AnchorFigures.Drift(before, now, false) == "judge") alarms++;
        }

        Assert.InRange(alarms, 0, 40);
    }

    [Theory]
    [InlineData("Tone", "Is it kind to the customer, and how?", "name it in lower case")]
    [InlineData("warmth", "---\nof: some\n---\nIs it kind to the customer?", "'of: some' is not known")]
    [InlineData("warmth", "short", "says too little")]
    public void A_file_that_is_no_criterion_says_why(string name, string text, string problem) => Assert.Contains(
        problem, Assert.Throws<FormatException>(() => JudgeCriterion.Of(name, text)).Message, StringComparison.Ordinal);

    private sealed class Script(params string[] answers) : IChatClient
    {
        public List<List<ChatMessage>> Asked { get; } = [];

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null,
            CancellationToken cancellationToken = default)
        {
            Asked.Add([.. messages]);
            return Task.FromResult(new ChatResponse(
                new ChatMessage(ChatRole.Assistant, answers[(Asked.Count - 1) % answers.Length])));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null,
            CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() { }
    }
}
