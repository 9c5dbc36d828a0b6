using Baton.Playbooks.Acting;
using Baton.Playbooks.Alerts;
using Baton.Playbooks.Channels;
using Baton.Playbooks.Customers;
using Baton.Playbooks.Gates;
using Baton.Playbooks.Keeping;
using Baton.Playbooks.Macros;
using Baton.Playbooks.Models;
using Baton.Playbooks.Rules;
using Baton.Playbooks.Triggers;
using Baton.Playbooks.Workflows;

namespace Baton.Playbooks;

/// <summary>
/// The policy of one support team: what to answer, when to stop, who gets it. Immutable; loaded and validated as a
/// whole from a folder. See <c>docs/playbook.md</c> for the files and their fields.
/// </summary>
public sealed record Playbook
{
    /// <summary>
    /// SHA-256 of the canonical content, lower-case hex. Every event names the version that was in force.
    /// </summary>
    public required string Version { get; init; }

    /// <summary>Short name, e.g. <c>northwind</c>.</summary>
    public required string Name { get; init; }

    public required Brand Brand { get; init; }
    public required Limits Limits { get; init; }
    public required Thresholds Thresholds { get; init; }

    /// <summary>Weights fitted on the playbook's own labelled tickets; null takes the shipped ones.</summary>
    public AnswerWeights? Answers { get; init; }

    /// <summary>
    /// Probability from which a reply made of articles is sent: <c>thresholds.answer</c>, and never less than the
    /// playbook's own 95 % point. What was learnt from other companies' letters must be surer.
    /// </summary>
    public double AnswerFrom => Math.Max(Thresholds.Answer, LeastAnswer);

    /// <summary>The same for a ticket of a class and a customer's tier.</summary>
    /// <param name="of">Class of the intent that was read; null when there is none.</param>
    public ThresholdInForce AnswerFromFor(IntentClass? of, string tier)
    {
        var own = Thresholds.AnswerBy.For(Thresholds.Answer, of, tier);
        return own.Value >= LeastAnswer ? own : new ThresholdInForce(LeastAnswer, null);
    }

    /// <summary>The lowest probability from which any ticket is answered.</summary>
    public double LowestAnswerFrom =>
        Math.Max(LeastAnswer, Thresholds.AnswerBy.All.Select(t => t.Value).Append(Thresholds.Answer).Min());

    /// <summary>No threshold may be lower: what the labelled tickets allow.</summary>
    public double LeastAnswer => Answers?.Point95 ?? WithoutLabels;

    /// <summary>Where no labelled ticket says how well the probability fits.</summary>
    private const double WithoutLabels = 0.95;

    /// <summary>What figures of it must come to before a change is let in; no part of the version.</summary>
    public IReadOnlyList<FigureGate> Gates { get; init; } = [];

    /// <summary>Whom alerts tell, and when; no part of the version.</summary>
    public AlertPolicy Alerts { get; init; } = new();

    /// <summary>How long data is kept; no part of the version.</summary>
    public RetentionPolicy Retention { get; init; } = new();

    /// <summary>Whether a run over labelled tickets has to pass first.</summary>
    public bool IsGated => Gates.Any(g => g.Source == GateSource.Eval);

    /// <summary>What wrong decisions cost.</summary>
    public DecisionCosts Costs { get; init; } = new();

    /// <summary>Customer tiers from lowest to highest. A customer whose lookup failed gets the last one.</summary>
    public required IReadOnlyList<string> CustomerTiers { get; init; }

    /// <summary>
    /// Tier of a customer whom the directory does not know; the lowest unless the playbook says another.
    /// </summary>
    public string UnknownCustomerTier { get => field ?? CustomerTiers[0]; init; }

    /// <summary>Values a ticket can carry, such as an order number, by name.</summary>
    public required IReadOnlyDictionary<string, TicketField> Fields { get; init; }

    public required IReadOnlyList<Intent> Intents { get; init; }

    /// <summary>Replies to messages that need no thought ("thanks"), tier <c>rules</c>.</summary>
    public required IReadOnlyList<ExactAnswer> ExactAnswers { get; init; }

    /// <summary>How freely automation may answer at most, by channel; others are <c>auto</c>.</summary>
    public IReadOnlyDictionary<string, AutonomyRung> ChannelAutonomy { get; init; } =
        new Dictionary<string, AutonomyRung>();

    /// <summary>How customers are looked up, as far as that is policy.</summary>
    public CustomersPolicy Customers { get; init; } = new();

    /// <summary>What is said of single channels: who speaks there, how, how long and how freely.</summary>
    public IReadOnlyDictionary<string, ChannelPolicy> Channels { get; init; } =
        new Dictionary<string, ChannelPolicy>();

    /// <summary>Rules tried on what is known before any model runs. The first match decides.</summary>
    public required IReadOnlyList<EscalationRule> SkipRules { get; init; }

    public required IReadOnlyList<TriggerPolicy> Triggers { get; init; }

    /// <summary>Rules tried after all stages, in order. The first match decides.</summary>
    public required IReadOnlyList<EscalationRule> Rules { get; init; }

    public required RoutingPolicy Routing { get; init; }

    public required IReadOnlyList<Queue> Queues { get; init; }

    /// <summary>Points of a person's capacity that a ticket takes, by channel; others weigh 1.</summary>
    public IReadOnlyDictionary<string, int> Weights { get; init; } = new Dictionary<string, int>();

    public required IReadOnlyList<SlaPolicy> SlaPolicies { get; init; }

    public required IReadOnlyList<Tool> Tools { get; init; }

    /// <summary>Servers whose tools <see cref="Tools"/> may stand for.</summary>
    public IReadOnlyList<McpServer> McpServers { get; init; } = [];

    public required IReadOnlyList<KnowledgeArticle> Articles { get; init; }

    /// <summary>Words that mean the same to this team: a word and its synonyms, for retrieval.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Synonyms { get; init; }

    /// <summary>The model providers, prices and tiers; null when the playbook has no <c>models.yaml</c>.</summary>
    public ModelsPolicy? Models { get; init; }

    /// <summary>Prompts of the model stages by stage name; a stage without one uses the built-in default.</summary>
    public IReadOnlyDictionary<string, string> Prompts { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<Macro> Macros { get; init; } = [];

    /// <summary>Identities that automation acts as, with their scopes.</summary>
    public IReadOnlyList<AgentIdentity> Agents { get; init; } = [];

    /// <summary>What agents do for customers, step by step.</summary>
    public IReadOnlyList<Workflow> Workflows { get; init; } = [];

    /// <summary>The workflow that serves an intent, or null.</summary>
    public Workflow? WorkflowFor(string intent) => Workflows.FirstOrDefault(w => w.Intents.Contains(intent));

    /// <summary>The intent of that name, or null.</summary>
    public Intent? FindIntent(string name) => Intents.FirstOrDefault(i => i.Name == name);

    /// <summary>The queue of that name, or null.</summary>
    public Queue? FindQueue(string name) => Queues.FirstOrDefault(q => q.Name == name);
}

/// <summary>Hard limits of a conversation. Reaching one is a defined outcome, never a loss.</summary>
public sealed record Limits
{
    /// <summary>
    /// Longest message that models read, characters; the rest is stored and a person is told. 1 to 1,000,000.
    /// </summary>
    public int MessageCharacters { get; init; } = 20_000;

    /// <summary>Customer turns that automation handles before a person takes over. 1 to 10,000.</summary>
    public int TurnsPerConversation { get; init; } = 20;

    /// <summary>Questions automation may ask back in one conversation. 0 to 10.</summary>
    public int QuestionsPerConversation { get; init; } = 2;

    /// <summary>Shortest time between two waiting messages of one conversation.</summary>
    public TimeSpan WaitingTextEvery { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Silence after which an answered conversation counts as resolved (assumed).</summary>
    public TimeSpan AssumeResolvedAfter { get; init; } = TimeSpan.FromHours(72);

    /// <summary>Expected model cost of one ticket, US dollars; three times this hands the ticket to a person.</summary>
    public decimal ExpectedCostUsd { get; init; } = 0.02m;

    /// <summary>Multiple of the expected cost at which the trigger <c>cost_ceiling</c> fires.</summary>
    public double CostCeilingTimes { get; init; } = 3;

    /// <summary>
    /// How often tickets of the lowest customer tier without urgency are worked on while models are configured. Zero
    /// works on them at once. 0 to 1 day.
    /// </summary>
    public TimeSpan LowPriorityEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Share of turns that the next tier reads as well, for comparison. 0 to 1.</summary>
    public double SecondOpinionShare { get; init; } = 0.02;
}

/// <summary>A value a ticket can carry. The pattern is a .NET regular expression run without backtracking.</summary>
/// <param name="Bare">How customers write it without what makes it recognisable; null when there is no such
/// way.</param>
public sealed record TicketField(string Name, string Pattern, string Question, BareField? Bare = null);

/// <summary>A value that only the words before it tell: "order 10051" for NW-10051.</summary>
/// <param name="Pattern">Has one group, <c>value</c>.</param>
/// <param name="As">The value as the field's own pattern wants it, with the hole <c>{value}</c>.</param>
public sealed record BareField(string Pattern, string As);

/// <summary>
/// A fixed reply to any of some fixed messages, compared after lower-casing and dropping punctuation.
/// </summary>
public sealed record ExactAnswer(IReadOnlyList<string> Says, string Reply);

/// <summary>
/// What a wrong decision costs, in one currency: the ground on which thresholds are chosen and runs are compared.
/// </summary>
public sealed record DecisionCosts
{
    /// <summary>
    /// A wrong answer from an article: a customer writes again, or leaves. 21.40 makes 0.87 the probability at which
    /// answering and not answering cost the same. 0 to 1,000,000.
    /// </summary>
    public decimal WrongAnswer { get; init; } = 21.40m;

    /// <summary>A person reads what an article would have answered. 0 to 1,000,000.</summary>
    public decimal NeedlessContact { get; init; } = 3.20m;

    /// <summary>A machine answers what a person was due for. 0 to 1,000,000.</summary>
    public decimal MishandledEscalation { get; init; } = 240m;
}
