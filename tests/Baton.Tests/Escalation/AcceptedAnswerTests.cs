using Baton.Escalation;
using Baton.Playbooks;

namespace Baton.Tests.Escalation;

/// <summary>
/// How probably a reply from the articles is right stands for every other measure of confidence, and for no other law.
/// </summary>
public sealed class AcceptedAnswerTests
{
    private static readonly EscalationFacts Accepted =
        Some.Facts() with { Answer = null, Accepted = true, AnswerProbability = 0.9 };

    [Fact]
    public void Is_sent_however_unsure_triage_is() =>
        Assert.Equal(Route.Auto, RouteOf(Accepted with { Triage = Some.Triage("billing") with { Confidence = 0.2 } }));

    [Fact]
    public void Is_sent_though_the_message_fits_no_intent() => Assert.Equal(
        Route.Auto, RouteOf(Accepted with { Triage =
            Some.Triage("billing") with { IsOutOfScope = true, OutOfScope = 0.9 } }));

    [Fact]
    public void Is_sent_though_triage_heard_an_action_or_a_number_is_missing()
    {
        Assert.Equal(Route.Auto, RouteOf(Accepted with { Triage = Some.Triage("refund") }));
        Assert.Equal(Route.Auto, RouteOf(Accepted with { MissingFields = ["order_id"] }));
        Assert.Equal(Route.Auto, RouteOf(Accepted with { Unanswered = ["refund"] }));
    }

    [Fact]
    public void Is_as_sure_as_its_probability() =>
        Assert.Equal(0.9, EscalationPolicy.Evaluate(Some.Playbook(), Some.Triggered(Accepted)).Confidence, 4);

    [Theory]
    [InlineData("My lawyer will sue you. Where is the invoice?")]
    [InlineData("The stove exploded and my hand is burned. How do I return it?")]
    [InlineData("Somebody hacked my account. How do I change the password?")]
    [InlineData("I want to talk to a human. What is your return policy?")]
    public void Is_not_sent_where_a_person_must_see_it(string text) =>
        Assert.NotEqual(Route.Auto, RouteOf(Accepted with { Body = text, Noticed = text }));

    [Fact]
    public void Is_not_sent_for_a_sure_matter_for_people() =>
        Assert.NotEqual(Route.Auto,
            RouteOf(Accepted with { Triage = Some.Triage("legal") with { Class = IntentClass.Human } }));

    [Fact]
    public void Is_not_sent_with_a_problem_the_guard_found() => Assert.NotEqual(
        Route.Auto, RouteOf(Accepted with { Answer = new AnswerEvidence(false, 0.9, "too long for the channel") }));

    private static Route RouteOf(EscalationFacts facts) =>
        EscalationPolicy.Evaluate(Some.Playbook(), Some.Triggered(facts)).Route;
}
