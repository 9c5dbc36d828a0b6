using System.Text.Json;
using Baton.Conversations;
using Baton.Customers;
using Baton.Operations;

namespace Baton.Decisions.Stages;

/// <summary>Who is this, is the kill switch on, is a person already on it.</summary>
internal sealed class ContextStage(CustomerContexts customers, KillSwitch killSwitch, ConversationStore store) : IStage
{
    public string Name => "context";

    /// <summary>A switch that was thrown, or a person who took over, while the turn rested counts.</summary>
    public bool AlwaysRuns => true;

    public async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var conversation = turn.Conversation;
        // Fetched once per conversation: a later turn decides on the same customer as the first.
        var known = conversation.Customer;
        var context = await CustomerAsync(turn, customers, store, cancellationToken);
        var state = killSwitch.Read();
        var held = conversation.Locked ? "locked" : state.On ? "kill_switch" : null;
        return new StageReport
        {
            Output = ConversationJson.Element(new StageOutput.Gate(context, held)),
            Tier = "rules",
            Note = Note(context, held, state) + (turn.Batch ? "; low-priority lane" : ""),
            Facts = known is null ? [new ConversationEvent.CustomerContextFetched(context)] : [],
        };
    }

    public void Apply(Turn turn, JsonElement output) => turn.Gate = ConversationJson.Read<StageOutput.Gate>(output);

    /// <summary>The customer the conversation has, or what the directory says now.</summary>
    internal static ValueTask<CustomerContext> CustomerAsync(
        Turn turn, CustomerContexts customers, ConversationStore store, CancellationToken cancellationToken)
    {
        var conversation = turn.Conversation;
        return conversation.Customer is { } known ? new(known) : customers.FetchAsync(
            turn.Playbook,
            new CustomerQuery(conversation.CustomerId, conversation.GivenTier, conversation.GivenRecentTickets),
            Recent(turn, store), cancellationToken);
    }

    private static int Recent(Turn turn, ConversationStore store) => turn.Conversation is { CustomerId: { } id, GivenRecentTickets: null }
        ? store.RecentTickets(id, turn.Conversation.Id, turn.Now)
        : 0;

    /// <summary>Both flags are always in the log.</summary>
    private static string Note(CustomerContext context, string? held, KillSwitchState state) =>
        $"customer {context.Lookup.ToString().ToLowerInvariant()}, tier {context.Tier}"
        + (context.Detail is null ? "" : $" ({context.Detail})")
        + $"; kill switch {(state.On ? $"on, by {state.By}" : "off")}; {(held == "locked" ? "with a person" : "not escalated")}";
}
