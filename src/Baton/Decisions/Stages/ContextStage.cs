using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Customers;
using Baton.Decisions.Turns;
using Baton.Operations;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Decisions.Stages;

/// <summary>Who is this, is the kill switch on, is a person already on it.</summary>
internal sealed class ContextStage(CustomerContexts customers, KillSwitch killSwitch, ConversationStore store)
    : Stage<CustomerGate>
{
    public override string Name => StageNames.Context;

    /// <summary>A switch that was thrown, or a person who took over, while the turn rested counts.</summary>
    public override bool AlwaysRuns => true;

    public override async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var conversation = turn.Conversation;
        // Fetched once per conversation: a later turn decides on the same customer as the first.
        var known = conversation.Customer;
        var context = await CustomerAsync(turn, customers, store, cancellationToken);
        var state = killSwitch.Read();
        if (!state.On && killSwitch.Of(KillScope.Channel, conversation.Channel) is { } part)
            state = new KillSwitchState(true, part.By, part.Why, part.Since);
        var held = conversation.Locked ? "locked" : state.On ? "kill_switch" : null;
        var note = Note(context, held, state) + (turn.Batch ? "; low-priority lane" : "");
        return Report(new CustomerGate(context, held), TierNames.Rules, null, note) with
        {
            Facts = known is null ? [new ConversationEvent.CustomerContextFetched(context, context.LookupMs)] : [],
        };
    }

    protected override TurnFindings Apply(Turn turn, CustomerGate output) => turn.Findings with { Gate = output };

    protected override StageDescription Describe(CustomerGate output) => new("Who is this?")
    {
        Facts =
        [
            new("customer", EnumWords.Of(output.Customer.Lookup)), new("tier", output.Customer.Tier),
            new("recent tickets", $"{output.Customer.RecentTickets}"),
            new("stopped by", StageDescription.Spaced(output.Held ?? "")),
        ],
    };

    /// <summary>The customer the conversation has, or what the directory says now.</summary>
    internal static async ValueTask<CustomerContext> CustomerAsync(
        Turn turn, CustomerContexts customers, ConversationStore store, CancellationToken cancellationToken)
    {
        var conversation = turn.Conversation;
        return conversation.Customer ?? (turn.LookedUp ??= await customers.FetchAsync(
            turn.Playbook,
            new CustomerQuery(conversation.CustomerId, conversation.GivenTier, conversation.GivenRecentTickets)
            {
                // The address lives with the messages alone; the ticket is asked where it has to be known.
                Email = customers.AsksOthers
                    ? store.Database.Read(c => MessageRows.Sender(c, conversation.Id))?.Email : null,
            },
            Recent(turn, store), cancellationToken));
    }

    private static int Recent(Turn turn, ConversationStore store) =>
        turn.Conversation is { CustomerId: { } id, GivenRecentTickets: null }
        ? store.RecentTickets(id, turn.Conversation.Id, turn.Now)
        : 0;

    /// <summary>Both flags are always in the log.</summary>
    private static string Note(CustomerContext context, string? held, KillSwitchState state) =>
        $"customer {EnumWords.Of(context.Lookup)}, tier {context.Tier}"
        + (context.Detail is null ? "" : $" ({context.Detail})")
        + $"; kill switch {(state.On ? $"on, by {state.By}" : "off")}; {(held == "locked" ? "with a person" : "not escalated")}";
}

/// <summary>What the context stage found before any reading.</summary>
/// <param name="Held">Why nothing further happens (<c>kill_switch</c>, <c>locked</c>), or null.</param>
public sealed record CustomerGate(CustomerContext Customer, string? Held);
