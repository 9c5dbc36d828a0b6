using System.Text.Json.Nodes;

namespace Baton.Conversations.Tickets;

/// <summary>
/// Adds to a decision's JSON the words that carried its triage: no turn works them out, only somebody who looks.
/// </summary>
/// <param name="decision">As it is stored.</param>
internal delegate ValueTask AddWords(
    string ticketId, int turn, JsonObject decision, CancellationToken cancellationToken);
