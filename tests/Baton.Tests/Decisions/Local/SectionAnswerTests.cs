using Baton.Conversations;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions.Local;

/// <summary>What a new user tries first, through the whole product with northwind's playbook.</summary>
public sealed class SectionAnswerTests
{
    private static readonly bool NoEncoder =
        !File.Exists(Path.Combine(AppContext.BaseDirectory, "encoder", "minilm-int8.onnx"));

    [Theory]
    [InlineData("What is your return policy?", "returns", "60 days")]
    [InlineData("How do I reset my password?", "account-password", "password")]
    [InlineData("do you repair zips", "repair-service", "repair")]
    [InlineData("can i use two promo codes", "promo-codes", "code")]
    [InlineData("Hello!\n\nHow do I wash a down jacket?\n\nBest\nRobin", "washing-down", "down")]
    public async Task Answers_a_plain_question_from_its_section(string text, string article, string says)
    {
        Assert.SkipWhen(NoEncoder, "this build has no encoder");
        var decision = await DecideAsync(text);

        Assert.Equal(OutcomeKind.Replied, decision.Outcome);
        Assert.Equal(article, decision.Citations[0].ArticleId);
        Assert.Contains(says, decision.Reply, StringComparison.Ordinal);
        Assert.InRange(decision.DecisionConfidence, 0.87, 1);
    }

    [Theory]
    [InlineData("What is your return policy? Let me talk to a human.")]
    [InlineData("What is your return policy? My lawyer wants to know.")]
    [InlineData("Wie lange kann ich die Stiefel zurückgeben, wenn sie nicht passen?")]
    [InlineData("Do you sell submarines to Antarctica?")]
    public async Task Leaves_to_a_person_what_is_a_persons(string text)
    {
        Assert.SkipWhen(NoEncoder, "this build has no encoder");

        Assert.Equal(OutcomeKind.Escalated, (await DecideAsync(text)).Outcome);
    }

    [Theory]
    [InlineData("free", "Replied")]
    [InlineData("enterprise", "Escalated")]
    public async Task Answers_a_tier_from_its_own_threshold_on(string tier, string outcome)
    {
        Assert.SkipWhen(NoEncoder, "this build has no encoder");
        var files = NorthwindFiles.All().Replace(
            "playbook.yaml", "  answer: 0.87", "  answer: { default: 0.87, tier: { enterprise: 1 } }");
        await using var desk = new Desk(files, knowIntents: false);

        var decision = await desk.DecideAsync(
            Desk.Ticket("What is your return policy?") with { CustomerTier = tier });

        Assert.Equal(outcome, decision.Outcome.ToString());
        if (tier == "enterprise")
            Assert.Contains(decision.Counterfactuals, c => c.EndsWith(
                " → 1 (tier enterprise): the articles would have answered it", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("When does a climbing rope have to be thrown away even if it looks new?", "boot-care", "product_care")]
    public async Task Is_about_the_matter_of_the_section_that_answers_whatever_its_words_resemble(
        string text, string article, string intent)
    {
        Assert.SkipWhen(NoEncoder, "this build has no encoder");

        var decision = await DecideAsync(text);

        Assert.Equal((article, intent), (decision.Citations[0].ArticleId, decision.Triage?.Intent));
        Assert.Equal(decision.AnswerProbability, decision.Triage?.Confidence);
    }

    [Theory]
    [InlineData("refund for nw 10029 done or not", "NW-10029")]
    [InlineData("Sent the vest of NW-10029 back, that's 640 bucks. Where does that stand?", "NW-10029")]
    public async Task Looks_up_what_is_more_likely_a_lookup_than_anything_else(string text, string order)
    {
        Assert.SkipWhen(NoEncoder, "this build has no encoder");

        var decision = await DecideAsync(text);

        Assert.Equal(("refund_status", order), (decision.Triage?.Intent, decision.Triage?.Fields["order_id"]));
        Assert.DoesNotContain("low_triage_confidence", decision.Triggers);
    }

    [Theory]
    [InlineData("where is NW-10003, and what is your return policy?", "order_status", "return_policy")]
    [InlineData("Where is NW-10003? What is your return policy?", "order_status", "return_policy")]
    [InlineData("Where is NW-10003? Do you ship to Canada?", "order_status", "international_shipping")]
    [InlineData("Where is the refund for NW-10003? What is your return policy?", "refund_status", "return_policy")]
    public async Task Believes_the_requests_of_a_message_that_sounds_of_another_lookup(
        string text, string intent, string beside)
    {
        Assert.SkipWhen(NoEncoder, "this build has no encoder");

        var triage = (await DecideAsync(text)).Triage!;

        Assert.Equal(intent, triage.Intent);
        Assert.Contains(beside, triage.AlsoHeard);
    }

    private static async Task<Decision> DecideAsync(string text)
    {
        await using var desk = new Desk(NorthwindFiles.All(), knowIntents: false);
        return await desk.DecideAsync(Desk.Ticket(text));
    }
}
