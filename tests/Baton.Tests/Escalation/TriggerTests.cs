using Baton.Conversations.Findings;
using Baton.Customers;
using Baton.Escalation;
using Baton.Playbooks.Triggers;
using TriggerTable = Baton.Escalation.Triggers.Triggers;

namespace Baton.Tests.Escalation;

public sealed class TriggerTests
{
    [Fact]
    public void Every_name_of_the_rule_language_has_a_trigger() =>
        Assert.Equal(TriggerCatalog.Names, TriggerTable.All.Select(t => t.Row.Name));

    [Fact]
    public void Every_function_has_a_row() => Assert.Empty(TriggerTable.WithoutRow);

    /// <summary>For each trigger, facts that fire it, and nothing else about them is unusual.</summary>
    public static TheoryData<string, EscalationFacts> OneOfEach => new()
    {
        { "low_triage_confidence", Some.Facts() with { Triage = Some.Triage(confidence: 0.69) } },
        { "out_of_scope", Some.Facts() with { Triage = Some.Triage(confidence: 0.95) with { IsOutOfScope = true } } },
        { "model_says_person", Some.Facts() with { Opinion = "person", OpinionConfidence = 0.85 } },
        { "model_unavailable", Some.Facts() with { ModelUnavailable = true } },
        { "negative_sentiment", Felt(sentiment: 4) },
        { "negative_trajectory", Felt(sentiment: 5, frustrated: 3) },
        { "positive_turn", Felt(sentiment: 7) },
        { "repeated_failure", Some.Facts() with { Failures = 2 } },
        { "repetition", Some.Facts() with { Repetition = 0.6 } },
        { "asked_for_human", Some.Facts() with { Body = "let me talk to a human" } },
        { "legal", Some.Facts() with { Body = "my lawyer will write" } },
        { "safety", Some.Facts() with { Body = "the stove exploded and I burned my hand" } },
        { "self_harm", Some.Facts() with { Body = "I do not want to live any more" } },
        { "security", Some.Facts() with { Body = "someone logged into my account" } },
        { "data_loss", Some.Facts() with { Body = "all my saved routes are gone, everything disappeared" } },
        { "high_order_value", Some.Facts() with { OrderValue = 500.01 } },
        { "customer_tier", Of(CustomerLookup.Found, "enterprise") },
        { "unknown_customer", Of(CustomerLookup.Failed, "pro") },
        { "sla_risk", Some.Facts() with { SlaUsed = 0.8 } },
        { "unsupported_language",
            Some.Facts() with { Triage = Some.Triage(confidence: 0.95) with { Language = "de" } } },
        { "instruction_attempt", Some.Facts() with { InstructionKind = "override", InstructionScore = 0.5 } },
        { "cost_ceiling", Some.Facts() with { CostUsd = 0.0601m } },
        { "turn_limit", Some.Facts() with { Turn = 21 } },
        { "message_too_long", Some.Facts() with { Truncated = true } },
        { "low_decision_confidence", Some.Facts() with { DecisionConfidence = 0.69 } },
    };

    [Theory]
    [MemberData(nameof(OneOfEach))]
    public void Fires_on_its_facts_and_alone(string trigger, EscalationFacts facts) =>
        Assert.Equal([trigger], Names(facts));

    [Fact]
    public void Has_facts_for_every_trigger() =>
        Assert.Equal(TriggerCatalog.Names, OneOfEach.Select(row => row.Data.Item1));

    [Fact]
    public void Nothing_fires_on_an_ordinary_turn() => Assert.Empty(Names(Some.Facts()));

    private static EscalationFacts Felt(int sentiment, int frustrated = 0) => Some.Facts() with
    {
        Tone = new ToneReading { Sentiment = sentiment, Urgency = 3, Tone = "neutral",
            FrustratedMessages = frustrated },
    };

    private static EscalationFacts Of(CustomerLookup lookup, string tier) => Some.Facts() with
    {
        Customer = new CustomerContext { Lookup = lookup, Tier = tier },
    };

    [Theory]
    [InlineData("asked_for_human", "can I please talk to a human", true)]
    [InlineData("asked_for_human", "I don't need to talk to a human, just the tracking number", false)]
    [InlineData("asked_for_human", "I am not happy, let me speak to a person", true)]
    [InlineData("asked_for_human", "Put me through to someone", true)]
    [InlineData("legal", "You will hear from my lawyer.", true)]
    [InlineData("legal", "I need court shoes for tennis", false)]
    [InlineData("legal", "does the stove come with a regulator", false)]
    [InlineData("legal", "> my lawyer\nthanks for the quick answer", true)]
    [InlineData("safety", "the stove exploded and I burned my hand", true)]
    [InlineData("safety", "is this knife sharp", false)]
    [InlineData("security", "someone logged into my account", true)]
    [InlineData("security", "the bottle leaked all over my pack", false)]
    [InlineData("security", "there is an order I never placed this order", true)]
    [InlineData("data_loss", "all my saved routes are gone, everything disappeared", true)]
    [InlineData("data_loss", "the tent pole is missing", false)]
    [InlineData("asked_for_human", "I don't want to talk to a human, just tell me where it is", false)]
    [InlineData("asked_for_human", "No need to have a human call me.", false)]
    [InlineData("asked_for_human", "no need to call a person", false)]
    [InlineData("asked_for_human", "a human error on my side", false)]
    [InlineData("asked_for_human", "it was not a human error", false)]
    [InlineData("asked_for_human", "Robin Vale\nManager, Human Resources", false)]
    [InlineData("asked_for_human", "is there a human resources address", false)]
    [InlineData("asked_for_human", "a human is not needed here", false)]
    [InlineData("asked_for_human", "a human isn't necessary", false)]
    [InlineData("asked_for_human", "no, I want a human", true)]
    [InlineData("asked_for_human", "don't give me a bot, I want a human", true)]
    [InlineData("asked_for_human", "I do not want a bot. Get me a human!", true)]
    [InlineData("asked_for_human", "a human is needed", true)]
    [InlineData("asked_for_human", "why is there no reply, can a human look at this", true)]
    [InlineData("legal", "my law\u00adyer will hear of it", true)]
    [InlineData("legal", "my law\u200byer will hear of it", true)]
    [InlineData("legal", "my ｌａｗｙｅｒ will hear of it", true)]
    [InlineData("legal", "my lаwyеr will hear of it", true)]
    [InlineData("legal", "my LAWYER\u0301 will hear of it", true)]
    [InlineData("safety", "je suis blesse\u0301", true)]
    [InlineData("safety", "the stove eхplοded", true)]
    [InlineData("safety", "it caught ﬁre", true)]
    public void Words_fire_in_context(string trigger, string body, bool fires) =>
        Assert.Equal(fires, Names(Some.Facts() with { Body = body }).Contains(trigger));

    [Theory]
    [InlineData(500, false)]
    [InlineData(500.01, true)]
    public void High_order_value_starts_above_500(double value, bool fires) =>
        Assert.Equal(fires, Names(Some.Facts() with { OrderValue = value }).Contains("high_order_value"));

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Three_frustrated_messages_are_a_negative_trajectory(int messages, bool fires) =>
        Assert.Equal(fires, Names(Some.Facts() with
        {
            Tone = new ToneReading { Sentiment = 5, Urgency = 3, Tone = "neutral", FrustratedMessages = messages },
        }).Contains("negative_trajectory"));

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Two_misses_are_a_repeated_failure(int failures, bool fires) =>
        Assert.Equal(fires, Names(Some.Facts() with { Failures = failures }).Contains("repeated_failure"));

    [Theory]
    [InlineData("en", false)]
    [InlineData("und", false)]
    [InlineData("de", true)]
    public void A_language_without_answers_is_unsupported(string language, bool fires) =>
        Assert.Equal(fires, Names(Some.Facts() with
        {
            Triage = Some.Triage(confidence: 0.95) with { Language = language },
        }).Contains("unsupported_language"));

    [Fact]
    public void A_failed_lookup_is_a_fact() =>
        Assert.Contains("unknown_customer", Names(Some.Facts() with
        {
            Customer = new CustomerContext { Lookup = CustomerLookup.Failed, Tier = "enterprise" },
        }));

    [Fact]
    public void The_cost_ceiling_is_three_times_the_expected_cost()
    {
        Assert.DoesNotContain("cost_ceiling", Names(Some.Facts() with { CostUsd = 0.06m }));
        Assert.Contains("cost_ceiling", Names(Some.Facts() with { CostUsd = 0.0601m }));
    }

    [Fact]
    public void A_disabled_trigger_stays_silent()
    {
        var playbook = Some.Playbook() with { Triggers = [new TriggerPolicy { Name = "legal", Enabled = false }] };

        Assert.DoesNotContain(
            TriggerTable.Evaluate(playbook, Some.Facts() with { Body = "my lawyer" }), t => t.Name == "legal");
    }

    [Fact]
    public void A_playbook_adds_phrases()
    {
        var playbook = Some.Playbook() with { Triggers =
            [new TriggerPolicy { Name = "legal", Phrases = ["land tribunal"] }] };

        Assert.Contains(TriggerTable.Evaluate(playbook, Some.Facts() with { Body = "see you at the Land Tribunal" }),
            t => t.Name == "legal");
    }

    private static IReadOnlyList<string> Names(EscalationFacts facts) =>
        [.. TriggerTable.Evaluate(Some.Playbook(), facts).Select(t => t.Name)];
}
