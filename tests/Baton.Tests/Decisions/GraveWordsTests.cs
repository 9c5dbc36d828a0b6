using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Playbooks;
using Baton.Testing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions;

/// <summary>
/// Rules and fixed answers settle everyday mail; what somebody was hurt by, or threatens, is not everyday.
/// </summary>
public sealed class GraveWordsTests
{
    private const string Rules = """
        skip_rules:
          - name: password-mail
            when: '"login link" in subject'
            then: { route: l2, priority: low }
          - name: notices
            when: '"newsletter" in body'
            then: { route: l2, priority: low }

        """;

    [Theory]
    [InlineData("login link", "It says the link is old.", "")]
    [InlineData("login link", "My stove exploded and burned my hand", "safety")]
    [InlineData("login link", "I will see you in court, my lawyer writes next", "legal")]
    [InlineData("login link", "my account was hacked", "security")]
    [InlineData("login link", "all my saved routes are gone, everything disappeared", "data_loss")]
    [InlineData("login link", "I want to talk to a human", "asked_for_human")]
    [InlineData("login link: my account was hacked", "please", "security")]
    [InlineData("", "About your newsletter: the stove in it caught fire here", "safety")]
    [InlineData("", "Take me off the newsletter list", "")]
    [InlineData("login link", "I don't need to talk to a human, just send the link", "")]
    [InlineData("login link", "> the stove exploded\n> and burned my hand", "safety")]
    public async Task Grave_words_win_over_a_skip_rule(string subject, string body, string trigger)
    {
        var decision = await DecideAsync(DeskPlaybook.Files().Replace("playbook.yaml", "skip_rules:\n", Rules),
            Desk.Ticket(body) with { Subject = subject.Length == 0 ? null : subject });

        if (trigger.Length == 0)
        {
            Assert.Equal((Route.L2, Priority.Low), (decision.Route, decision.Priority));
            Assert.Contains("skip rule", decision.Reasoning, StringComparison.Ordinal);
            return;
        }
        Assert.Contains(trigger, decision.Triggers);
        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.DoesNotContain("skip rule", decision.Reasoning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trigger_that_the_playbook_switched_off_stops_no_rule()
    {
        var decision = await DecideAsync(
            DeskPlaybook.Files().Replace("playbook.yaml", "skip_rules:\n", Rules)
                .Replace("escalation.yaml", "triggers:\n", "triggers:\n  legal: { enabled: false }\n"),
            Desk.Ticket("my lawyer asks") with { Subject = "login link" });

        Assert.Contains("skip rule", decision.Reasoning, StringComparison.Ordinal);
    }

    private static async Task<Decision> DecideAsync(PlaybookFiles files, InboundTicket ticket)
    {
        await using var desk = new Desk(files, knowIntents: false);
        return await desk.DecideAsync(ticket);
    }
}
