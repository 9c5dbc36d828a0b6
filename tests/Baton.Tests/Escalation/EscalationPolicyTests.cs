using Baton.Conversations.Findings;
using Baton.Customers;
using Baton.Escalation;
using Baton.Playbooks;
using Baton.Playbooks.Rules;
using Baton.Playbooks.Triggers;

namespace Baton.Tests.Escalation;

public sealed class EscalationPolicyTests
{
    /// <summary>
    /// The worked example of the requirements: billing, enterprise, 3 recent tickets, sentiment 4, urgency 5,
    /// frustrated, complexity 3, not cross-system. No answer is at hand.
    /// </summary>
    private static EscalationFacts WorkedExample => Some.Triggered(Some.Facts() with
    {
        Customer = new CustomerContext { Id = "c1", Lookup = CustomerLookup.Found, Tier = "enterprise",
            RecentTickets = 3 },
        Triage = Some.Triage("refund"),
        Tone = new ToneReading { Sentiment = 4, Urgency = 5, Tone = "frustrated" },
        Complexity = new ComplexityReading(3, false, []),
        Answer = null,
    });

    [Fact]
    public void Routes_the_worked_example_to_l1_with_confidence_0_78()
    {
        var verdict = EscalationPolicy.Evaluate(Some.Playbook(), WorkedExample);

        Assert.Equal(Route.L1, verdict.Route);
        Assert.Equal(0.78, verdict.Confidence, 2);
        Assert.Empty(verdict.RulesMatched);
        Assert.Contains("moderate urgency, low complexity, no cross-system dependency", verdict.Reasoning,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Says_that_urgency_6_would_have_triggered_the_override()
    {
        var facts = WorkedExample;
        var verdict = EscalationPolicy.Evaluate(Some.Playbook(), facts);

        Assert.Equal("urgency 5 → 6: enterprise-urgent would route to l2",
            Counterfactuals.Of(Some.Playbook(), facts, verdict)[0]);
    }

    [Theory]
    [InlineData(5, Route.L1)]
    [InlineData(6, Route.L2)]
    public void Overrides_for_enterprise_from_urgency_6(int urgency, Route expected)
    {
        var facts = WorkedExample with { Tone = WorkedExample.Tone with { Urgency = urgency } };

        Assert.Equal(expected, EscalationPolicy.Evaluate(Some.Playbook(), facts).Route);
    }

    [Fact]
    public void Answers_a_clear_question_that_the_articles_answer() =>
        Assert.Equal(Route.Auto, EscalationPolicy.Evaluate(Some.Playbook(), Some.Triggered(Some.Facts())).Route);

    [Fact]
    public void Escalates_below_the_confidence_floor()
    {
        var facts = Some.Triggered(Some.Facts() with
        {
            Triage = Some.Triage(confidence: 0.72), Answer = new AnswerEvidence(true, 0.5),
        });

        var verdict = EscalationPolicy.Evaluate(Some.Playbook(), facts);

        Assert.Equal(Route.L1, verdict.Route);
        Assert.True(verdict.NeedsReview);
        Assert.Contains(verdict.Steps, s => s.Contains("under 0.7", StringComparison.Ordinal));
    }

    /// <summary>A ready answer that is not sure enough: confidence under the floor of 0.70.</summary>
    private static EscalationFacts Unsure => Some.Triggered(Some.Facts() with
    {
        Triage = Some.Triage(confidence: 0.72), Answer = new AnswerEvidence(true, 0.5),
    });

    [Fact]
    public void Low_decision_confidence_is_a_trigger_like_the_others()
    {
        var verdict = EscalationPolicy.Evaluate(Some.Playbook(), Unsure);

        var finding = Assert.Single(verdict.Triggers);
        Assert.Equal(("low_decision_confidence", 0.7), (finding.Name, finding.Threshold));
        Assert.Equal(verdict.Confidence, finding.Value);
    }

    [Fact]
    public void Low_decision_confidence_has_its_outcome()
    {
        var outcome = new RuleOutcome(Route.L2, Priority.High, "l2");
        var playbook = Some.Playbook() with { Triggers =
            [new TriggerPolicy { Name = "low_decision_confidence", Then = outcome }] };

        var verdict = EscalationPolicy.Evaluate(playbook, Unsure);

        Assert.Equal((Route.L2, Priority.High, "l2"), (verdict.Route, verdict.Priority, verdict.Queue));
        Assert.Equal("trigger low_decision_confidence", verdict.DecidedBy);
    }

    [Fact]
    public void A_rule_can_ask_for_low_decision_confidence()
    {
        var playbook = Some.Playbook() with { Rules =
            [Some.Rule("unsure", "trigger.low_decision_confidence", Route.L3)] };

        Assert.Equal("unsure", EscalationPolicy.Evaluate(playbook, Unsure).DecidedBy);
        Assert.Equal(Route.Auto, EscalationPolicy.Evaluate(playbook, Some.Triggered(Some.Facts())).Route);
    }

    [Fact]
    public void Low_decision_confidence_switched_off_still_sends_to_a_person()
    {
        var playbook = Some.Playbook() with { Triggers =
            [new TriggerPolicy { Name = "low_decision_confidence", Enabled = false }] };

        var verdict = EscalationPolicy.Evaluate(playbook, Unsure);

        Assert.Equal(Route.L1, verdict.Route);
        Assert.Empty(verdict.Triggers);
    }

    [Fact]
    public void Never_automates_an_intent_of_class_human() =>
        Assert.Equal(Route.HumanNow, EscalationPolicy.Evaluate(
            Some.Playbook(), Some.Facts() with { Triage = Some.Triage("legal", 0.99) }).Route);

    [Fact]
    public void Asks_once_for_a_missing_field_and_hands_over_when_it_stays_missing()
    {
        var facts = Some.Facts() with { Triage = Some.Triage("order_status", 0.95), Answer = null,
            MissingFields = ["order_id"] };

        Assert.Equal(Route.Ask, EscalationPolicy.Evaluate(Some.Playbook(), facts).Route);
        Assert.Equal(Route.L1, EscalationPolicy.Evaluate(Some.Playbook(), facts with { QuestionsAsked = 2 }).Route);
    }

    [Fact]
    public void Prefers_the_strongest_trigger_over_scored_routing()
    {
        var playbook = Some.Playbook() with
        {
            Triggers =
            [
                new TriggerPolicy { Name = "asked_for_human", Then = new RuleOutcome(Route.HumanNow, Priority.High) },
                new TriggerPolicy { Name = "legal", Then = new RuleOutcome(Route.L3) },
            ],
        };
        var facts = Some.Triggered(Some.Facts() with { Body = "My lawyer says I should talk to a human" }, playbook);

        var verdict = EscalationPolicy.Evaluate(playbook, facts);

        Assert.Equal(Route.HumanNow, verdict.Route);
        Assert.Equal(Priority.High, verdict.Priority);
    }

    [Fact]
    public void Does_not_let_a_rule_that_answers_pass_over_a_trigger_that_stops_automation()
    {
        var playbook = Some.Playbook() with { Rules = [Some.Rule("always", "urgency >= 1", Route.Auto)] };
        var facts = Some.Triggered(Some.Facts() with { Body = "I want to speak to a manager" }, playbook);

        Assert.NotEqual(Route.Auto, EscalationPolicy.Evaluate(playbook, facts).Route);
    }

    [Fact]
    public void Counterfactuals_name_only_changes_that_really_change_the_route()
    {
        var playbook = Some.Playbook();
        var facts = WorkedExample;
        var verdict = EscalationPolicy.Evaluate(playbook, facts);

        var lines = Counterfactuals.Of(playbook, facts, verdict);

        Assert.NotEmpty(lines);
        Assert.DoesNotContain(lines, l => l.EndsWith("to l1", StringComparison.Ordinal));
    }
}
