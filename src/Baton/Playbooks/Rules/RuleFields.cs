using System.Collections.Frozen;
using Baton.Playbooks.Triggers;

namespace Baton.Playbooks.Rules;

/// <summary>The closed set of fields that rule conditions may use.</summary>
public static class RuleFields
{
    private static readonly List<RuleField> Fields = [];

    public static readonly RuleField CustomerTier = Word("customer.tier", "tier of the customer");
    public static readonly RuleField CustomerKnown = Flag("customer.known", "whether the directory knows the customer");
    public static readonly RuleField RecentTickets = Number("customer.recent_tickets", "tickets of the last 30 days");
    public static readonly RuleField OrderValue =
        Number("order.value", "value of the order in question, account currency");
    public static readonly RuleField Urgency = Number("urgency", "1 to 10, 10 is an outage", 1, 10);
    public static readonly RuleField Sentiment = Number("sentiment", "1 furious to 10 delighted", 1, 10);
    public static readonly RuleField Complexity = Number("complexity", "1 to 10, 10 crosses several systems", 1, 10);
    public static readonly RuleField Tone = Word("tone", "word for the customer's tone");
    public static readonly RuleField Trajectory = Word("trajectory", "rising, steady or falling");
    public static readonly RuleField CrossSystem = Flag("cross_system", "whether several systems are involved");
    public static readonly RuleField Intent = Word("intent", "name of the intent");
    public static readonly RuleField IntentClass = Word("intent.class", "lookup, knowledge, agent or human");
    public static readonly RuleField Category = Word("category", "category of the intent");
    public static readonly RuleField ProductArea = Word("product_area", "product area of the intent");
    public static readonly RuleField TriageConfidence = Share("triage.confidence", "0 to 1");
    public static readonly RuleField DecisionConfidence = Share("decision.confidence", "0 to 1");
    public static readonly RuleField AnswerRelevance = Share("answer.relevance", "0 to 1");
    public static readonly RuleField Opinion =
        Word("model.opinion", "a model's word on who should answer: answer, ask or person");
    public static readonly RuleField Channel = Word("channel", "channel the message came through");
    public static readonly RuleField Language = Word("language", "ISO 639-1 code of the message");
    public static readonly RuleField Turn =
        Number("turn", "number of the customer's message in the conversation, from 1", 1);
    public static readonly RuleField Questions = Number("questions", "questions already asked back");
    public static readonly RuleField MessageLength = Number("message.length", "characters of the message");
    public static readonly RuleField AfterHours =
        Flag("after_hours", "whether the queue of the intent is unstaffed now");
    public static readonly RuleField CostUsd = Number("cost_usd", "model cost of the conversation so far", step: 0.01);
    public static readonly RuleField Subject = Text("subject", "subject of the ticket");
    public static readonly RuleField Body = Text("body", "text of the customer's message");

    /// <summary>The flags of the triggers, by name of the trigger.</summary>
    internal static readonly FrozenDictionary<string, RuleField> Triggers = TriggerCatalog.All.ToFrozenDictionary(
        row => row.Name, row => Flag("trigger." + row.Name, row.What));

    /// <summary>Every field, by index.</summary>
    public static IReadOnlyList<RuleField> All => Fields;

    /// <summary>The field of that name, or null.</summary>
    public static RuleField? Find(string name) => Fields.FirstOrDefault(f => f.Name == name);

    /// <summary>The flag of a trigger.</summary>
    public static RuleField Trigger(string name) =>
        Triggers.GetValueOrDefault(name) ?? throw new ArgumentException($"no trigger is called '{name}'", nameof(name));

    private static RuleField Number(
        string name, string what, double min = 0, double max = double.PositiveInfinity, double step = 1) =>
        Add(name, RuleFieldKind.Number, what, step, min, max);

    private static RuleField Share(string name, string what) => Number(name, what, 0, 1, step: 0.01);

    private static RuleField Word(string name, string what) => Add(name, RuleFieldKind.Word, what);

    private static RuleField Flag(string name, string what) => Add(name, RuleFieldKind.Flag, what);

    private static RuleField Text(string name, string what) => Add(name, RuleFieldKind.Text, what);

    private static RuleField Add(string name, RuleFieldKind kind, string what, double step = 1,
        double min = double.NegativeInfinity, double max = double.PositiveInfinity)
    {
        var field = new RuleField(Fields.Count, name, kind, what, step) { Minimum = min, Maximum = max };
        Fields.Add(field);
        return field;
    }
}
