using Baton.Gateway.Money;
using Baton.Playbooks;
using Baton.Privacy;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Calls;

/// <summary>Who asks, on whose behalf and on which account.</summary>
public sealed record CallContext
{
    /// <summary>Stage of the playbook whose bounds apply, such as <c>triage</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>Ticket or conversation, for the budget per ticket and for the receipt.</summary>
    public string? Ticket { get; init; }

    /// <summary>Customer, as an id that is not personal data.</summary>
    public string? Customer { get; init; }

    /// <summary>Id of the virtual key of an outside caller; null inside Baton.</summary>
    public string? Key { get; init; }

    /// <summary>Who may share cached answers. Default: all stages inside Baton, or all callers of one key.</summary>
    public string? Tenant { get; init; }

    /// <summary>Charge-back tags, such as business unit, system, environment, cost center.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The placeholders of the conversation when the messages are redacted already. Then they stay in the answer, and
    /// the caller restores them where it is delivered. Null: the gateway redacts and restores by itself.
    /// </summary>
    public Placeholders? Placeholders { get; init; }

    /// <summary>Whether the call may wait for the provider's batch lane at its prices.</summary>
    public bool Batch { get; init; }

    /// <summary>Whether the call goes to the named model as it is, without routing, cache or redaction.</summary>
    public bool Passthrough { get; init; }

    /// <summary>
    /// Whether the words are under a duty of care by law or contract: then only providers are asked that the playbook
    /// allows for such conversations.
    /// </summary>
    public bool Regulated { get; init; }

    /// <summary>Models and tiers the caller may use; empty allows all.</summary>
    public IReadOnlyList<string> AllowedModels { get; init; } = [];

    /// <summary>A budget of the caller's own key.</summary>
    public KeyBudget? KeyBudget { get; init; }

    /// <summary>What all shadows together may spend in a day (UTC); null: the call is production's.</summary>
    internal Usd? ShadowBudget { get; init; }

    /// <summary>Options that carry this context through the chain.</summary>
    public ChatOptions On(ChatOptions? options = null) => (Carried.Of(options) with { Context = this }).On(options);

    /// <summary>The same for embeddings.</summary>
    public EmbeddingGenerationOptions On(EmbeddingGenerationOptions? options) =>
        (Carried.Of(options) with { Context = this }).On(options);
}
