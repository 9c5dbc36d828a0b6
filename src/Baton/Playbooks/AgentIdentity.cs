namespace Baton.Playbooks;

/// <summary>
/// A named holder of scopes that automation acts as: a tool runs only for an identity that holds its scope.
/// </summary>
public sealed record AgentIdentity
{
    /// <summary>Lower-case words joined by underscores, unique in the playbook.</summary>
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Such as <c>orders:read</c>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    public AgentBudget Budget { get; init; } = new();

    /// <summary>Agents that it may pass its task to, by name.</summary>
    public IReadOnlyList<string> HandsTo { get; init; } = [];
}

/// <summary>What an agent may use up in one ticket. Reaching a limit hands the ticket to a person.</summary>
public sealed record AgentBudget
{
    /// <summary>Tool calls, 0 to 1,000.</summary>
    public int Calls { get; init; } = 12;

    /// <summary>Tokens of models, in and out, 0 to 10,000,000.</summary>
    public int Tokens { get; init; } = 60_000;

    /// <summary>Cost of models, US dollars.</summary>
    public decimal Usd { get; init; } = 0.50m;

    /// <summary>Money that its calls move; 0: none.</summary>
    public decimal Amount { get; init; }
}
