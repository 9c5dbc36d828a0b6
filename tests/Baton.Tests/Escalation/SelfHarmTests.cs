using Baton.Conversations;
using Baton.Playbooks;
using Baton.Tests.Decisions.Desks;
using TriggerTable = Baton.Escalation.Triggers.Triggers;

namespace Baton.Tests.Escalation;

/// <summary>
/// Somebody who may want to hurt themselves reaches a person at once; how people talk of boots does not.
/// </summary>
public sealed class SelfHarmTests
{
    [Theory]
    [InlineData("I've been thinking about killing myself", true)]
    [InlineData("i dont want to live like this anymore", true)]
    [InlineData("I want to end it all. You can keep the refund.", true)]
    [InlineData("honestly i'd be better off dead", true)]
    [InlineData("I want to die", true)]
    [InlineData("there is no reason to live since she left", true)]
    [InlineData("I've started cutting myself again", true)]
    [InlineData("Ich will nicht mehr leben. Die Jacke ist mir egal.", true)]
    [InlineData("ich bringe mich um", true)]
    [InlineData("je n'ai plus envie de vivre", true)]
    [InlineData("je veux mourir", true)]
    [InlineData("ya no quiero seguir viviendo", true)]
    [InlineData("voglio farla finita", true)]
    [InlineData("ik wil niet meer leven", true)]
    [InlineData("nie chcę już żyć", true)]
    [InlineData("não quero mais viver", true)]
    [InlineData("these boots are killing me, how do I break them in", false)]
    [InlineData("this jacket is to die for, does it come in red", false)]
    [InlineData("I could kill myself for forgetting the code", false)]
    [InlineData("I don't want to die on that wall: is the harness certified", false)]
    [InlineData("I don't want to live in that tent for a week", false)]
    [InlineData("I want to end it all for good: the newsletter, the catalogue", false)]
    [InlineData("the headlamp is dead", false)]
    [InlineData("dying to try the new skis", false)]
    [InlineData("I cut myself on the buckle", false)]
    [InlineData("this is about how I hurt myself on your stove", false)]
    public void Hears_despair_and_not_its_idioms(string body, bool fires)
    {
        var findings = TriggerTable.Evaluate(Some.Playbook(), Some.Facts() with { Body = body });

        Assert.Equal(fires, findings.Any(f => f.Name == "self_harm"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  self_harm: { then: { route: l1, priority: low } }\n")]
    public async Task Reaches_a_person_before_any_rule_and_with_words_of_its_own(string trigger)
    {
        await using var desk = new Desk(DeskPlaybook.Files()
            .Replace("escalation.yaml", "triggers:\n", "triggers:\n" + trigger)
            .Replace("escalation.yaml", "rules:\n",
                "rules:\n  - name: everything\n    when: turn >= 1\n    then: { route: l1 }\n"));

        var decision = await desk.DecideAsync(
            Desk.Ticket(DeskPlaybook.AsksForReturns + "? I do not want to live any more"));

        Assert.Equal((OutcomeKind.Escalated, Route.HumanNow, Priority.Urgent),
            (decision.Outcome, decision.Route, decision.Priority));
        Assert.Contains("You do not have to be alone", Assert.Single(desk.Said()), StringComparison.Ordinal);
        Assert.DoesNotContain("Thank you for writing", desk.Said()[0], StringComparison.Ordinal);
        Assert.StartsWith("A customer may want to hurt themselves: ", decision.Handoff!.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_the_text_of_the_playbook()
    {
        await using var desk = new Desk(DeskPlaybook.Files()
            .Replace("playbook.yaml", "  kill_switch_text:",
                "  crisis_text: \"Call 142 now. {promise}\"\n  kill_switch_text:"));

        await desk.DecideAsync(Desk.Ticket("ich will sterben"));

        Assert.StartsWith("Call 142 now.", Assert.Single(desk.Said()), StringComparison.Ordinal);
    }
}
