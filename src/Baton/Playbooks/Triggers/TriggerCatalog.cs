using System.Collections.Frozen;
using System.Globalization;

namespace Baton.Playbooks.Triggers;

/// <summary>
/// Every trigger of the product, one row each, in the order they are reported. The loader's checks, the flags of the
/// rule language and the tables people read come from here; <c>Escalation/Triggers</c> holds the function of each.
/// </summary>
public static class TriggerCatalog
{
    /// <summary>Fires on the confidence of the decision itself, so after everything else is known.</summary>
    public const string LowDecisionConfidence = "low_decision_confidence";

    /// <summary>The intent of the turn is a guess.</summary>
    public const string LowTriageConfidence = "low_triage_confidence";

    /// <summary>Reaches a person at once, before any rule is asked, and with words of its own.</summary>
    public const string SelfHarm = "self_harm";

    /// <summary>The rows.</summary>
    public static readonly IReadOnlyList<TriggerRow> All =
    [
        Stop(LowTriageConfidence,
            "triage is less sure than the playbook allows") with { SetBy = "thresholds.triage_confidence" },
        Stop("out_of_scope", "the message fits no intent"),
        Stop("model_says_person", "a model would give the turn to a person") with
        {
            Threshold = new("confidence", 0.85, 0.05, 1),
        },
        Note("model_unavailable", "no model that should have been asked could be reached"),
        Note("negative_sentiment",
            "the message is at least this unhappy") with { Threshold = new("sentiment", 4, 1, 9) },
        Stop("negative_trajectory", "so many frustrated messages without a resolution") with
        {
            Threshold = new("messages", 3, 1, 20) { Whole = true },
        },
        Note("positive_turn", "the message is at least this happy") with { Threshold = new("sentiment", 7, 2, 10) },
        Stop("repeated_failure", "so many answers did not settle it") with
        {
            Threshold = new("answers", 2, 1, 20) { Whole = true },
        },
        Stop("repetition", "the customer says again what was said before") with
        {
            Threshold = new("similarity", 0.6, 0.05, 1),
        },
        Words("asked_for_human", "the customer asks for a person"),
        Words("legal", "talk of lawyers, courts, regulators"),
        Words("safety", "somebody was hurt or could be"),
        Words(SelfHarm, "the customer may want to hurt themselves") with { Route = Route.HumanNow },
        Words("security", "somebody else got into an account or its data"),
        Words("data_loss", "data of the customer's is gone"),
        Note("high_order_value", "the order is worth more than this") with
        {
            Threshold = new("account currency", 500, 0, 1_000_000_000),
        },
        Note("customer_tier", "the customer is of the highest tier") with { SetBy = "customer_tiers" },
        Note("unknown_customer", "the directory does not know the customer, or could not be asked"),
        Note("sla_risk", "so much of the first-reply target passed before anybody answered") with
        {
            Threshold = new("share of the target", 0.8, 0.05, 1),
        },
        Stop("unsupported_language", "the message is in a language without answers") with { SetBy = "brand.languages" },
        Stop("instruction_attempt", "the text tries to instruct the machine") with
        {
            Threshold = new("score", 0.5, 0.05, 0.95),
        },
        Stop("cost_ceiling", "models cost more than the ticket may") with
        {
            SetBy = "limits.expected_cost_usd and limits.cost_ceiling_times",
        },
        Stop("turn_limit", "automation has had its turns") with { SetBy = "limits.turns_per_conversation" },
        Stop("message_too_long", "the message was not read to its end") with { SetBy = "limits.message_characters" },
        Note(LowDecisionConfidence, "the decision is less sure than the playbook allows") with
        {
            SetBy = "thresholds.decision_confidence",
        },
    ];

    /// <summary>Names of all triggers, in the order of the rows.</summary>
    public static readonly IReadOnlyList<string> Names = [.. All.Select(row => row.Name)];

    private static readonly FrozenDictionary<string, TriggerRow> ByName = All.ToFrozenDictionary(row => row.Name);

    /// <summary>The row of that name, or null.</summary>
    public static TriggerRow? Find(string name) => ByName.GetValueOrDefault(name);

    private static TriggerRow Note(string name, string what) => new(name, what);

    private static TriggerRow Stop(string name, string what) => new(name, what) { StopsAutomation = true };

    /// <summary>
    /// Names of the triggers on words: what a machine must never answer alone, however calmly it is said.
    /// </summary>
    public static readonly IReadOnlyList<string> Grave =
        [.. All.Where(row => row.TakesPhrases).Select(row => row.Name)];

    private static TriggerRow Words(string name, string what) => Stop(name, what) with { TakesPhrases = true };
}

/// <summary>What there is to know about a trigger before any ticket.</summary>
/// <param name="Name">Its name in playbooks and decisions.</param>
/// <param name="What">When it fires, in words.</param>
public sealed record TriggerRow(string Name, string What)
{
    /// <summary>The number it is held against; null when it has none.</summary>
    public TriggerThreshold? Threshold { get; init; }

    /// <summary>
    /// The setting elsewhere in <c>playbook.yaml</c> that decides when it fires, for triggers without a number.
    /// </summary>
    public string? SetBy { get; init; }

    /// <summary>Whether a playbook may give it further phrases to look for.</summary>
    public bool TakesPhrases { get; init; }

    /// <summary>
    /// Where it sends a ticket before any rule is asked, whatever the playbook says; null leaves that to the playbook.
    /// </summary>
    public Route? Route { get; init; }

    /// <summary>Whether automation may not answer while it fires, even without an outcome.</summary>
    public bool StopsAutomation { get; init; }

    /// <summary>
    /// What it is held against: <c>0.6 (similarity, 0.05 to 1)</c>, the setting that decides, or nothing.
    /// </summary>
    public string ThresholdText => Threshold?.ToString() ?? SetBy ?? "–";
}

/// <summary>
/// The number of a trigger. The range leaves out what would switch the trigger off or fire it always.
/// </summary>
/// <param name="Unit">What is counted.</param>
/// <param name="Default">In force when the playbook gives none.</param>
public sealed record TriggerThreshold(string Unit, double Default, double Min, double Max)
{
    /// <summary>Whether only whole numbers make sense.</summary>
    public bool Whole { get; init; }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Default:#,0.##} ({Unit}, {Min:#,0.##} to {Max:#,0.##})");
}
