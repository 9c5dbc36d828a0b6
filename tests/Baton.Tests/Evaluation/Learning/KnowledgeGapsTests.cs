using Baton.Conversations;
using Baton.Decisions.Local;
using Baton.Evaluation.Learning;
using Baton.Evaluation.Learning.Gaps;
using Baton.Evaluation.Measurements;
using Baton.Playbooks;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Evaluation.Learning;

/// <summary>What customers ask for and no section answers.</summary>
public sealed class KnowledgeGapsTests
{
    private static readonly string Mail = string.Join('@', "robin", "example.com");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_what_people_had_to_answer_and_makes_a_section_of_their_words()
    {
        // Unsure of returns, so that a person answers.
        var files = DeskPlaybook.Files().Replace("playbook.yaml", "decision_confidence: 0.05", "decision_confidence: 0.99");
        await using var desk = new Desk(files, local: new LocalOptions { Encoder = EncoderChoice.None });
        string[] asked =
        [
            $"Can I return an umbrella that I won in a raffle? My mail is {Mail}.",
            "Is it possible to return an umbrella from a raffle?", "May I return the raffle umbrella?",
        ];
        foreach (var (text, i) in asked.Select((t, i) => (t, i)))
        {
            await desk.DecideAsync(Desk.Ticket(text, $"T-{i}"));
            await desk.AppendAsync($"T-{i}", new ConversationEvent.AgentReplied($"T-{i}/9", "omar",
                $"Hi,\nUmbrellas from a raffle can be returned within ten days. We have [EMAIL_{i + 1}] on file for you."));
        }

        var open = OpenQuestionReader.Read(desk.Database, DateTimeOffset.MinValue);
        var gap = Assert.Single(await new KnowledgeGaps(new MeaningSpace(null, ""))
            .OfAsync(desk.Get<PlaybookHost>().Current, open, 10, Token));

        Assert.Equal((3, 3), (open.Tickets, gap.Tickets.Count));
        Assert.Contains("umbrella", gap.Name, StringComparison.Ordinal);
        Assert.Equal("returns", gap.Closest!.Article);
        Assert.Contains("raffle", gap.Closest.Lacks);
        Assert.Equal("Umbrellas from a raffle can be returned within ten days.", gap.Draft!.Body);
        Assert.DoesNotContain(Mail, gap.ToJson(10).ToJsonString(), StringComparison.Ordinal);
        Assert.True(gap.Between.Low < gap.Deflects && gap.Deflects < gap.Between.High, $"{gap.Deflects} {gap.Between}");
    }

    [Fact]
    public void Forecasts_by_what_sections_that_are_there_answer()
    {
        var open = new UnansweredQuestions([], 1_000, (80, 100));

        var (value, between) = KnowledgeGaps.Forecast(40, open);

        Assert.Equal(0.032, value, 4);
        Assert.True(between.Low is > 0.015 and < 0.032 && between.High is > 0.032 and < 0.06, $"{between}");
    }

    [Fact]
    public async Task Finds_entries_that_were_taken_away()
    {
        string[] matters = ["tent pegs bent", "stove fuel cap", "boot lace colour", "map paper size", "rope length metre"];
        var entries = matters.ToDictionary(m => m, m => (IReadOnlyList<string>)[m]);
        var queries = matters.SelectMany(m => (string[])[$"about {m} please", $"{m} again", $"my {m} question"],
            (m, text) => (text, m)).ToList();

        var figures = await GapMeasurement.MeasureAsync(entries, queries, new MeaningSpace(null, ""), [1, 2, 3], Token);

        Assert.Equal((1, 1), (figures["removed"], figures["recall"]));
        Assert.Equal(3, figures["escalated"]);
    }

    [Fact]
    public void Groups_the_same_whatever_the_order()
    {
        float[][] vectors = [[1, 0], [0.98f, 0.199f], [0, 1], [0.1f, 0.995f], [-1, 0]];

        var groups = MeaningClusters.Of(vectors, 0.9).Select(g => string.Join(',', g)).ToList();
        var turned = MeaningClusters.Of([.. vectors.Reverse()], 0.9).Select(g => string.Join(',', g.Select(i => 4 - i)
            .Order()));

        Assert.Equal(["0,1", "2,3", "4"], groups);
        Assert.Equal(groups.Order(), turned.Order());
    }
}
