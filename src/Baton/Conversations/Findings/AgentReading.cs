namespace Baton.Conversations.Findings;

/// <summary>What an agent with tools has done in a turn: a part of the output of the stage <c>agent</c>.</summary>
/// <param name="Actions">Null in what was written before they were kept.</param>
public sealed record AgentReading(IReadOnlyList<TicketAction>? Actions);
