using Baton.Gateway.Calls;
using Baton.Gateway.Money;
using Baton.Gateway.Reuse;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Testing.StandIn;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Gateway;

/// <summary>Answers to similar questions, and everything that must not share one.</summary>
public sealed class SimilarAnswersTests
{
    private const string Asked = "How long does delivery to Norway take?";

    [Theory]
    [InlineData("How long does a delivery to Norway take?", null)]
    [InlineData("how long does delivery to norway take", null)]
    [InlineData("How long does delivry to Norway take?", null)]
    [InlineData("How long does delivery to Sweden take?", "names")]
    [InlineData("How long does delivery from Norway take?", "what is asked")]
    [InlineData("Why does delivery to Norway take so long?", "what is asked")]
    [InlineData("How long does delivery to Norway not take?", "negation")]
    [InlineData("How long do 2 deliveries to Norway take?", "numbers")]
    [InlineData("How long do two deliveries to Norway take?", "numbers")]
    [InlineData("How long does express delivery to Norway take?", "words")]
    [InlineData("Wie lange dauert die Lieferung nach Norwegen, bitte?", "language")]
    public void Questions_that_share_an_answer_agree_on_everything_that_matters(string other, string? disagreement) =>
        Assert.Equal(disagreement, Question.Of(Asked).Disagreement(Question.Of(other)));

    [Fact]
    public async Task A_similar_question_gets_the_answer_and_pays_nothing()
    {
        await using var fixture = await StartAsync();

        var first = await fixture.Ask(Asked);
        // Answers are kept behind the call; this waits until it is.
        await fixture.Receipts();
        var second = await fixture.Ask("How long does a delivery to Norway take?");

        Assert.Equal(first.Text, second.Text);
        Assert.Single(fixture.One.Requests);
        var receipt = Assert.Single(second.Receipts());
        Assert.Equal((ReceiptStatus.Cached, Usd.Zero, "similar"),
            (receipt.Status, receipt.Cost, receipt.Tags["cache"]));
        Assert.Equal(first.Receipts()[0].Cost, receipt.Saved);
    }

    [Fact]
    public async Task It_is_off_unless_both_the_playbook_and_the_stage_ask_for_it()
    {
        await using var fixture = await StartAsync();
        fixture.Policy = fixture.Policy with { Cache = new CachePolicy() };

        await fixture.Ask(Asked);
        await fixture.Receipts();
        await fixture.Ask("How long does a delivery to Norway take?");

        Assert.Equal(2, fixture.One.Requests.Count);
    }

    [Fact]
    public async Task Other_instructions_or_another_history_share_nothing()
    {
        await using var fixture = await StartAsync();

        await fixture.Ask(Asked);
        await fixture.Receipts();
        await fixture.Ask("How long does a delivery to Norway take?",
            options: new ChatOptions { Instructions = "Answer in rhymes." });
        await fixture.Ask("How long does a delivery to Norway take?", GatewayFixture.Triage with { Tenant = "other" });

        Assert.Equal(3, fixture.One.Requests.Count);
    }

    [Fact]
    public async Task A_stage_about_one_case_shares_nothing()
    {
        await using var fixture = await StartAsync();
        fixture.Change(stage => stage with { Name = "summary" });

        await fixture.Ask(Asked, GatewayFixture.Triage with { Stage = "summary" });
        await fixture.Receipts();
        await fixture.Ask("How long does a delivery to Norway take?", GatewayFixture.Triage with { Stage = "summary" });

        Assert.Equal(2, fixture.One.Requests.Count);
    }

    [Fact]
    public async Task A_restart_remembers_what_was_asked()
    {
        await using var fixture = await StartAsync();
        await fixture.Ask(Asked);
        await fixture.Receipts();

        fixture.Restart();
        await fixture.Ask("How long does a delivery to Norway take?");

        Assert.Single(fixture.One.Requests);
    }

    private static async Task<GatewayFixture> StartAsync()
    {
        var fixture = await GatewayFixture.StartAsync();
        fixture.Change(stage => stage with { Cache = CacheMode.Semantic });
        fixture.Policy = fixture.Policy with { Cache = new CachePolicy { Semantic = true, SemanticThreshold = 0.6 } };
        fixture.One.Script =
            new StandInScript { Otherwise =
            new StandInAnswer { Text = "Three days.", InputTokens = 20, OutputTokens = 3 } };
        return fixture;
    }
}
