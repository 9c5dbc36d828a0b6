using System.Text.Json.Nodes;
using Baton.Evaluation.Metrics;
using Baton.Evaluation.Readiness;

namespace Baton.Tests.Evaluation.Readiness;

/// <summary>Four made histories, of which two must hear "no"; and the figures behind the word.</summary>
public sealed class ReadinessAdviceTests
{
    private static readonly string[] Words = ["parcel", "refund", "login", "invoice", "size", "zipper", "stove", "voucher"];

    [Theory]
    [InlineData("busy shop", true, "")]
    [InlineData("bank with phones", true, "")]
    [InlineData("small shop", false, "a day: below 50")]
    [InlineData("rules suffice", false, "simple rules route")]
    public void Tells_teams_that_should_from_teams_that_should_not(string team, bool yes, string because)
    {
        var advice = ReadinessAdvice.Of(HistoryFacts.Of(History(team)));

        Assert.True(yes == advice.IsYes, string.Join("; ", advice.Reasons));
        if (!yes) Assert.Contains(advice.Reasons, r => r.Contains(because, StringComparison.Ordinal));
        Assert.Equal(yes ? "yes" : "no", (string?)advice.ToJson()["verdict"]);
    }

    [Fact]
    public void Rules_are_measured_on_tickets_they_were_not_written_on()
    {
        var random = new Random(2);
        // The word says the route nine times of ten.
        var tickets = Enumerable.Range(0, 2_000).Select(_ =>
        {
            var word = random.Next(4);
            return ($"hello my {Words[word]} thing {random.Next(500)}", random.NextDouble() < 0.9 ? $"r{word}" : $"r{(word + 1) % 4}");
        }).ToList();

        var rate = RuleRouter.CrossValidated(tickets, seed: 1);
        var noise = RuleRouter.CrossValidated([.. tickets.Select(t => (t.Item1, $"r{random.Next(4)}"))], seed: 1);

        Assert.InRange(rate.Share, 0.87, 0.92);
        Assert.InRange(noise.Share, 0.18, 0.33);
    }

    [Fact]
    public void What_was_before_is_kept()
    {
        var lines = new[]
        {
            Line("A", "l2", "l1", 10, 5), Line("B", "l2", "l2", 30, 2), Line("C", "l1", "l3", 20, null), Line("D", null, "l1", null, 4),
        };

        var before = HistoryFacts.Of(lines).Before;

        Assert.Equal((new Rate(1, 2), new Rate(2, 3), 20.0, new Rate(2, 3)),
            (before.FalseEscalations, before.Rerouted, before.MedianFirstReplyMinutes, before.Satisfied));
    }

    [Fact]
    public void One_tier_little_history_or_only_phones_is_a_no_and_regulated_words_are_a_note()
    {
        var facts = HistoryFacts.Of(History("busy shop"));

        Assert.False(ReadinessAdvice.Of(facts with { Tiers = 1 }).IsYes);
        Assert.False(ReadinessAdvice.Of(facts with { MonthsOfLabels = 5.9 }).IsYes);
        Assert.False(ReadinessAdvice.Of(facts with { LiveChannels = new Rate(96, 100) }).IsYes);
        var regulated = ReadinessAdvice.Of(facts with { Regulated = new Rate(10, 100) });
        Assert.True(regulated.IsYes);
        Assert.Contains("private models", regulated.Build, StringComparison.Ordinal);
        Assert.Contains(ReadinessAdvice.Of(facts, new Rate(100, 400)).Notes, n => n.Contains("under 45", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"id\": 3}")]
    [InlineData("{\"id\": \"a\", \"history\": {\"stars\": \"x\"")]
    public void A_line_that_is_no_ticket_is_named(string line) => Assert.StartsWith(
        "h.jsonl:7: ", Assert.Throws<FormatException>(() => PastLine.Of(line, "h.jsonl:7")).Message, StringComparison.Ordinal);

    /// <summary>As <c>baton import</c> writes them: eight months, routes that follow the words more or less.</summary>
    private static IReadOnlyList<PastLine> History(string team)
    {
        var (perDay, faithful, channels) = team switch
        {
            "small shop" => (12, 0.8, (string[])["email"]),
            "rules suffice" => (60, 0.99, ["email"]),
            "bank with phones" => (60, 0.7, ["email", "voice"]),
            _ => (60, 0.75, ["email", "chat", "web"]),
        };
        var (random, lines) = (new Random(9), new List<PastLine>());
        var start = DateTimeOffset.Parse("2026-01-01T00:00:00Z");
        for (var i = 0; i < perDay * 240; i++)
        {
            var word = random.Next(Words.Length);
            var route = random.NextDouble() < faithful ? word % 3 : random.Next(3);
            var json = new JsonObject
            {
                ["id"] = $"T-{i}", ["channel"] = channels[i % channels.Length],
                ["customer"] = new JsonObject { ["id"] = $"c{i}", ["tier"] = i % 3 == 0 ? "pro" : "free" },
                ["created_at"] = start.AddDays(240.0 * i / (perDay * 240)).ToString("O"),
                ["messages"] = new JsonArray(new JsonObject
                {
                    ["from"] = "customer", ["text"] = $"my {Words[word]} number {random.Next(900)} please",
                }),
                ["history"] = new JsonObject { ["final_route"] = $"l{route + 1}", ["rule_route"] = "l1" },
            };
            lines.Add(PastLine.Of(json.ToJsonString(), "h"));
        }
        return lines;
    }

    private static PastLine Line(string id, string? rule, string final, double? minutes, int? stars) => new(
        id, "words", "email", "free", DateTimeOffset.Parse("2026-01-01T00:00:00Z"), rule, final, minutes, stars);
}
