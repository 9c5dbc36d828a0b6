using Baton.Conversations;
using Baton.Customers;
using Baton.Playbooks;
using TriggerTable = Baton.Escalation.Triggers.Triggers;

namespace Baton.Tests.Escalation;

public sealed class TriggerTests
{
    [Fact]
    public void Every_name_of_the_rule_language_has_a_trigger() =>
        Assert.Equal(RuleFields.TriggerNames.Order(), TriggerTable.All.Select(t => t.Name).Order());

    [Theory]
    [InlineData("asked_for_human", "can I please talk to a human", true)]
    [InlineData("asked_for_human", "I don't need to talk to a human, just the tracking number", false)]
    [InlineData("asked_for_human", "I am not happy, let me speak to a person", true)]
    [InlineData("asked_for_human", "Put me through to someone", true)]
    [InlineData("legal", "You will hear from my lawyer.", true)]
    [InlineData("legal", "I need court shoes for tennis", false)]
    [InlineData("legal", "does the stove come with a regulator", false)]
    [InlineData("legal", "> my lawyer\nthanks for the quick answer", false)]
    [InlineData("safety", "the stove exploded and I burned my hand", true)]
    [InlineData("safety", "is this knife sharp", false)]
    [InlineData("security", "someone logged into my account", true)]
    [InlineData("security", "the bottle leaked all over my pack", false)]
    [InlineData("security", "there is an order I never placed this order", true)]
    [InlineData("data_loss", "all my saved routes are gone, everything disappeared", true)]
    [InlineData("data_loss", "the tent pole is missing", false)]
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

        Assert.DoesNotContain(TriggerTable.Evaluate(playbook, Some.Facts() with { Body = "my lawyer" }), t => t.Name == "legal");
    }

    [Fact]
    public void A_playbook_adds_phrases()
    {
        var playbook = Some.Playbook() with { Triggers = [new TriggerPolicy { Name = "legal", Phrases = ["land tribunal"] }] };

        Assert.Contains(TriggerTable.Evaluate(playbook, Some.Facts() with { Body = "see you at the Land Tribunal" }), t => t.Name == "legal");
    }

    private static IReadOnlyList<string> Names(Baton.Escalation.EscalationFacts facts) =>
        [.. TriggerTable.Evaluate(Some.Playbook(), facts).Select(t => t.Name)];
}
