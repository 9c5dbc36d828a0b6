using System.Net.Http.Json;
using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Playbooks;
using Baton.Server.Pages;
using Baton.Server.Pages.Parts.Gaps;

namespace Baton.Server.Tests.Pages.Gaps;

/// <summary>What the articles had for a message they did not answer, and the edit that would have helped.</summary>
public sealed class ArticleGapTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.88, true)]
    [InlineData(0.50, true)]
    [InlineData(0.49, false)]
    public void A_section_that_is_probably_the_right_one_needs_a_question_and_no_article(double share, bool near)
    {
        var gap = ArticleGap.Of(Turn(Assessed(0.48), Offered(share)))!;

        Assert.Equal((0.48, 0.87, near), (gap.Probability, gap.Needed!.Value, gap.IsNear));
        Assert.Equal("returns", gap.Nearest.ArticleId);
    }

    [Fact]
    public void A_section_that_was_too_improbable_to_be_offered_is_shown_all_the_same()
    {
        var offered = """{"probability":0.1,"withheld":"too improbable","offers":[],"nearest":SECTION}""";

        Assert.NotNull(ArticleGap.Of(Turn(Assessed(0.10), offered.Replace("SECTION", Section(0.1)))));
    }

    [Fact]
    public void A_record_from_before_has_its_first_offer_and_no_bar()
    {
        var gap = ArticleGap.Of(Turn(
            Assessed(0.6), """{"probability":0.6,"offers":[SECTION]}""".Replace("SECTION", Section(0.9))))!;

        Assert.Null(gap.Needed);
        Assert.Equal("How long you have", gap.Nearest.Heading);
    }

    [Fact]
    public void Where_something_else_stood_against_a_reply_no_edit_is_proposed()
    {
        Assert.Null(ArticleGap.Of(Turn(Assessed(null), Offered(0.9))));
        Assert.Null(ArticleGap.Of(Turn(Assessed(0.95, accepted: true), Offered(0.9))));
        Assert.Null(ArticleGap.Of(Turn(Assessed(0.4), """{"withheld":"class human","offers":[]}""")));
        Assert.Null(ArticleGap.Of(new TurnTrace(1, [])));
    }

    [Fact]
    public void A_long_passage_is_cut_between_words()
    {
        var text = string.Join(' ', Enumerable.Repeat("sixty days", 60));

        Assert.InRange(ArticleGap.Shortened(text).Length, 200, 300);
        Assert.EndsWith(" …", ArticleGap.Shortened(text), StringComparison.Ordinal);
        Assert.Equal("sixty days", ArticleGap.Shortened("sixty days"));
    }

    [Fact]
    public async Task The_ticket_s_page_names_the_section_the_bar_and_what_was_asked()
    {
        const string Asked = "saw the same stove on an auction site for half. would u match that";
        using var api = server.Api();
        using var sent =
            await api.PostAsJsonAsync("/api/tickets?wait=10s", new { id = "gap-page", body = Asked }, Token);
        var ticket = await api.GetFromJsonAsync<JsonElement>("/api/tickets/gap-page", Token);
        using var visitor = await server.VisitorAsync(Token);

        var page = await visitor.GetStringAsync("/tickets/gap-page", Token);

        Assert.Equal("escalated", ticket.GetProperty("decision").GetProperty("outcome").GetString());
        var gap = page.IndexOf("data-gap=\"", StringComparison.Ordinal);
        Assert.True(gap > 0, page);
        Assert.Matches(@"<strong>0\.\d\d</strong> was needed", page[gap..]);
        Assert.Contains("on an auction site", page[gap..page.IndexOf("Stages", gap, StringComparison.Ordinal)]);
    }

    private static TurnTrace Turn(string assessed, string offered) => new(1,
    [
        Stage(StageNames.Escalation, assessed), Stage(StageNames.Offers, offered),
        new ConversationEvent.Escalated(1, null!, "l1", Priority.Normal, Route.L1, "any", "", default),
    ]);

    private static ConversationEvent.StageCompleted Stage(string name, string json) =>
        new(1, name, "local", "", StageOutput.Of(JsonSerializer.Deserialize<JsonElement>(json)), 1);

    private static string Assessed(double? probability, bool accepted = false) => JsonSerializer.Serialize(new
    {
        route = "l1", confidence = 0.5, decided_by = "any", missing = Array.Empty<string>(), repetition = 0,
        instruction_score = 0, answer_probability = probability, accepted,
    });

    private static string Offered(double share) =>
        """{"probability":0.48,"offers":[SECTION],"nearest":SECTION,"needed":0.87}"""
            .Replace("SECTION", Section(share));

    private static string Section(double share) => JsonSerializer.Serialize(new
    {
        article_id = "returns", title = "Returns", heading = "How long you have", text = "60 days.",
        probability = share,
    });
}
