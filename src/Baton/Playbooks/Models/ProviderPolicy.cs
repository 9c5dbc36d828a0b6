using System.Collections.Frozen;

namespace Baton.Playbooks.Models;

/// <summary>Which wire protocol a model server speaks.</summary>
public enum ProviderKind
{
    /// <summary>Any OpenAI-compatible server: OpenAI, Azure OpenAI's v1 endpoint, vLLM, Ollama.</summary>
    OpenAi,

    /// <summary>The Anthropic messages protocol.</summary>
    Anthropic,

    /// <summary>In this process; no endpoint and no key.</summary>
    Local,
}

/// <summary>The words people know the protocols by, in playbooks and in telemetry.</summary>
public static class ProviderKinds
{
    /// <summary>One word for each kind.</summary>
    public static readonly FrozenDictionary<string, ProviderKind> ByWord = new Dictionary<string, ProviderKind>
    {
        ["openai"] = ProviderKind.OpenAi,
        ["anthropic"] = ProviderKind.Anthropic,
        ["local"] = ProviderKind.Local,
    }.ToFrozenDictionary();

    /// <summary>The word of a kind.</summary>
    public static string Word(ProviderKind kind) => ByWord.Single(word => word.Value == kind).Key;
}

/// <summary>How Baton proves who it is to a model server.</summary>
public enum ProviderAuth
{
    /// <summary>A key from the environment variable <see cref="ProviderPolicy.KeyVariable"/>.</summary>
    Key,

    /// <summary>No authentication, for a server on the same machine.</summary>
    None,

    /// <summary>A token of the machine's Azure identity for <see cref="ProviderPolicy.TokenScope"/>.</summary>
    AzureIdentity,
}

/// <summary>One model server.</summary>
public sealed record ProviderPolicy
{
    public required string Name { get; init; }

    public required ProviderKind Kind { get; init; }

    /// <summary>
    /// Base address, used exactly as written: nothing such as <c>/v1</c> is added or removed. Required unless the
    /// kind is <see cref="ProviderKind.Local"/>.
    /// </summary>
    public string? Endpoint { get; init; }

    public ProviderAuth Auth { get; init; } = ProviderAuth.Key;

    /// <summary>
    /// Name of the environment variable that holds the key. Required when <see cref="Auth"/> is a key.
    /// </summary>
    public string? KeyVariable { get; init; }

    /// <summary>Scope of the token when <see cref="Auth"/> is the Azure identity.</summary>
    public string TokenScope { get; init; } = "https://ai.azure.com/.default";

    /// <summary>
    /// What this provider calls its cheaper lane in <c>service_tier</c>, such as <c>flex</c>. Without it batch prices
    /// are never used here, whatever the models say.
    /// </summary>
    public string? BatchServiceTier { get; init; }

    /// <summary>
    /// Send the output limit as <c>max_tokens</c>, which Ollama and older servers want, instead of
    /// <c>max_completion_tokens</c>. Default false.
    /// </summary>
    public bool LegacyMaxTokens { get; init; }

    /// <summary>
    /// Where it keeps what it is sent, as a word such as <c>eu</c> or <c>us</c>; null when that is not known.
    /// </summary>
    public string? Residency { get; init; }

    /// <summary>Whether there is an agreement with it about the data of customers. Default false.</summary>
    public bool DataAgreement { get; init; }

    /// <summary>Calls in flight at one time; more wait. Default 32, range 1–10,000.</summary>
    public int MaxConcurrent { get; init; } = 32;

    /// <summary>Calls that may wait for a free place; more are refused. Default 256, range 0–100,000.</summary>
    public int MaxQueued { get; init; } = 256;

    /// <summary>Attempts at one model before the next candidate, the first included. Default 2, range 1–5.</summary>
    public int MaxAttempts { get; init; } = 2;

    /// <summary>Longest wait for <c>Retry-After</c>; after a longer one the next candidate. Default 5 s.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(5);
}
