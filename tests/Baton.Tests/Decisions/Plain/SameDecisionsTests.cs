using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Tickets;
using Baton.Decisions;
using Baton.Decisions.Turns;
using Baton.Escalation.Queues;
using Baton.Escalation;
using Baton.Playbooks;
using Baton.Testing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions.Plain;

/// <summary>
/// The pipeline remembers what it has worked out: facts, rules, verdicts. These tests decide thousands of tickets a
/// second time without any of that and compare. A deliberate change of the policy changes both sides and needs nothing
/// here; when one fails, something was remembered that no longer held.
/// </summary>
public sealed class SameDecisionsTests
{
    private const int Tickets = 3_000;

    private static readonly DateTimeOffset Tuesday = new(2026, 11, 3, 15, 0, 5, TimeSpan.Zero);

    [Fact]
    public async Task Decides_as_the_plain_policy_does()
    {
        await using var desk = new Desk(NorthwindFiles.All(), knowIntents: false);
        var pipeline = new DecisionPipeline(DecisionPipeline.Default(desk.Get<StageNeeds>()), desk.Clock);
        var (playbook, models) = desk.Get<LocalModelCache>().Current;
        var plain = PlainCondition.Of(playbook);
        var decider = new TurnDecider((_, _) => new QueueLoad(0));
        List<string> differences = [], routes = [];
        foreach (var line in DistinctTickets.Lines(playbook, Tickets))
        {
            var turn = new Turn(playbook, models, Conversation(line), Tuesday);
            await pipeline.RunAsync(turn, (_, _) => Task.CompletedTask, TestContext.Current.CancellationToken);
            var made = decider.Decide(turn, 0).Events.OfType<ConversationEvent.DecisionMade>().Single();
            routes.Add(EnumWords.Of(made.Route));
            if (turn.Findings.IsSettled) continue;
            if (Shown(made) != Shown(Plainly(plain, turn)))
                differences.Add($"{line}\n  {Shown(made)}\n  {Shown(Plainly(plain, turn))}");
        }

        Assert.Empty(differences);
        // Otherwise the comparison would be of one kind of ticket only.
        Assert.Superset(new HashSet<string> { "auto", "ask", "l1", "l2", "l3", "human_now" }, routes.ToHashSet());
    }

    [Fact]
    public void Writes_no_text_twice()
    {
        var playbook = ((LoadedPlaybook.Valid)PlaybookLoader.Load(NorthwindFiles.Folder)).Playbook;

        var bodies = DistinctTickets.Lines(playbook, Tickets).Select(Body).ToList();

        Assert.Equal(Tickets, bodies.Distinct().Count());
        Assert.Equal(bodies, DistinctTickets.Lines(playbook, Tickets).Select(Body));
    }

    /// <summary>The decision from the findings alone, with nothing kept from before.</summary>
    private static ConversationEvent.DecisionMade Plainly(Playbook playbook, Turn turn)
    {
        var facts = TurnFacts.Of(turn);
        var verdict = EscalationPolicy.Evaluate(playbook, facts);
        facts = facts with { Triggers = verdict.Triggers };
        return new ConversationEvent.DecisionMade(
            turn.Number, playbook.Version, verdict.Route, OutcomeKind.Escalated, verdict.Confidence,
            verdict.NeedsReview,
            verdict.Reasoning, verdict.RulesMatched,
            [
                .. NearlyAnswered.Of(turn, facts, verdict),
                .. Counterfactuals.Of(
                    playbook, facts, verdict, (before, _, values) => RuleMatches.Of(before.Rules, values)),
            ],
            verdict.Steps, turn.Findings.Triage?.Intent,
            verdict.Priority, verdict.Queue, 0);
    }

    private static string Shown(ConversationEvent.DecisionMade made) =>
        $"{made.Route} {made.Confidence} {made.NeedsReview} {made.Priority} | {made.Reasoning} | {string.Join(", ", made.RulesMatched)} | "
        + $"{string.Join("; ", made.Steps)} | {string.Join("; ", made.Counterfactuals)}";

    private static Conversation Conversation(string line)
    {
        using var json = JsonDocument.Parse(line);
        var ticket = TicketJson.Read(json.RootElement, null, "api", "expect");
        var (text, written) = (ticket.Messages[0].Text, ticket.CreatedAt!.Value);
        return Baton.Conversations.Conversation.Fold(ticket.TicketId,
        [
            (new ConversationEvent.ConversationStarted(
                ticket.TicketId, ticket.Channel, ticket.Subject, ticket.CustomerId, ticket.CustomerTier,
                ticket.RecentTickets,
                ticket.Fields), written),
            (new ConversationEvent.MessageReceived(
                ticket.TicketId + "/1", 1, Author.Customer, text, text.Length, false, written), written),
        ]);
    }

    private static string Body(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("body").GetString()!;
    }
}
