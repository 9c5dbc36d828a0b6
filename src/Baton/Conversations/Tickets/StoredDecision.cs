using System.Text.Json.Nodes;

namespace Baton.Conversations.Tickets;

/// <summary>A decision as its table holds it.</summary>
internal sealed record StoredDecision(int Turn, string Json)
{
    /// <summary>The decision for somebody who looks at it.</summary>
    public async ValueTask<JsonObject> WithAsync(AddWords words, string ticketId, CancellationToken cancellationToken)
    {
        var decision = JsonNode.Parse(Json)!.AsObject();
        await words(ticketId, Turn, decision, cancellationToken);
        return decision;
    }
}
