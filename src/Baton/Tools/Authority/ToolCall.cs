using System.Text.Json.Nodes;

namespace Baton.Tools.Authority;

/// <summary>One call that somebody wants to make: nothing has happened yet.</summary>
internal sealed record ToolCall
{
    public required string Tool { get; init; }

    /// <summary>The identity that makes it.</summary>
    public required string Agent { get; init; }

    /// <summary>Inputs by name, as the tool's schema types them.</summary>
    public required JsonObject Inputs { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>The customer's message that it belongs to.</summary>
    public int Turn { get; init; }

    /// <summary>
    /// Inputs that code filled with what it had looked up, as a workflow does. All others count as chosen by a model.
    /// </summary>
    public IReadOnlySet<string> FromCode { get; init; } = new HashSet<string>();

    /// <summary>
    /// Whether text of a customer, a document or a tool stood before the model that chose the inputs. Only a call that
    /// no model had a part in is not tainted.
    /// </summary>
    public bool Tainted { get; init; } = true;

    /// <summary>Whether a person typed the inputs: what is wrong with them is no attempt of the agent.</summary>
    public bool ByPerson { get; init; }
}
