namespace Baton.Playbooks.Models;

/// <summary>
/// What <c>models.yaml</c> says: which servers there are, which models they run at which price, which stage may use
/// which, and how much may be spent. Policy only: secrets are named by environment variable and never held here.
/// </summary>
public sealed record ModelsPolicy
{
    /// <summary>No provider at all: the local tier does everything. This is the default.</summary>
    public static ModelsPolicy None { get; } = new();

    /// <summary>Model servers, by unique name.</summary>
    public IReadOnlyList<ProviderPolicy> Providers { get; init; } = [];

    /// <summary>Models, by unique name of ours; what the server calls them is <see cref="ModelPolicy.Id"/>.</summary>
    public IReadOnlyList<ModelPolicy> Models { get; init; } = [];

    /// <summary>Tiers from weakest to strongest; "the next tier" is the next in this list.</summary>
    public IReadOnlyList<TierPolicy> Tiers { get; init; } = [];

    /// <summary>Which tier each stage asks, and within which bounds.</summary>
    public IReadOnlyList<StagePolicy> Stages { get; init; } = [];

    /// <summary>What may be spent.</summary>
    public BudgetPolicy Budgets { get; init; } = new();

    /// <summary>Who may see conversations that a rule flags as regulated.</summary>
    public RegulatedPolicy Regulated { get; init; } = new();

    /// <summary>How <c>model: auto</c> chooses a tier; null when <c>auto</c> is not offered.</summary>
    public AutoPolicy? Auto { get; init; }

    /// <summary>The answer cache.</summary>
    public CachePolicy Cache { get; init; } = new();

    /// <summary>The model of this name, or null.</summary>
    public ModelPolicy? Model(string name) => Models.FirstOrDefault(m => m.Name == name);

    /// <summary>The provider of this name, or null.</summary>
    public ProviderPolicy? Provider(string name) => Providers.FirstOrDefault(p => p.Name == name);

    /// <summary>The tier of this name, or null.</summary>
    public TierPolicy? Tier(string name) => Tiers.FirstOrDefault(t => t.Name == name);

    /// <summary>The stage of this name, or null.</summary>
    public StagePolicy? Stage(string name) => Stages.FirstOrDefault(s => s.Name == name);
}

/// <summary>Models that are good for the same work, in the declared order of preference.</summary>
/// <param name="Name">Such as <c>commodity</c> or <c>reasoning</c>.</param>
/// <param name="Models">Names of models, best first.</param>
public sealed record TierPolicy(string Name, IReadOnlyList<string> Models);

/// <summary><c>model: auto</c>: a local estimate of difficulty from 0 to 1 decides between two tiers.</summary>
/// <param name="Easy">Tier below the threshold.</param>
/// <param name="Hard">Tier at and above the threshold.</param>
/// <param name="Threshold">From 0 to 1; default 0.5.</param>
public sealed record AutoPolicy(string Easy, string Hard, double Threshold = 0.5);

/// <summary>Settings of the answer cache.</summary>
public sealed record CachePolicy
{
    /// <summary>Exact answers may be reused for this long. Default 1 hour; zero switches the cache off.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Largest number of entries; the oldest goes first. Default 10,000.</summary>
    public int MaxEntries { get; init; } = 10_000;

    /// <summary>Largest answer that is kept, in bytes. Default 64 KiB.</summary>
    public int MaxEntryBytes { get; init; } = 64 * 1024;

    /// <summary>Whether stages that allow it may reuse answers to similar questions. Off by default.</summary>
    public bool Semantic { get; init; }

    /// <summary>
    /// Least cosine for a similar question, from 0 to 1. Default 0.9; calibrate it on questions of your own with
    /// <c>baton measure reuse</c>.
    /// </summary>
    public double SemanticThreshold { get; init; } = 0.9;
}
