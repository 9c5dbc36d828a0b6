using Baton.Conversations.Findings;
using Baton.Customers;
using Baton.Escalation;
using Baton.Playbooks;
using Baton.Playbooks.Rules;
using NodaTime;

namespace Baton.Tests;

/// <summary>Ordinary values of the domain; tests change only what matters to them.</summary>
internal static class Some
{
    /// <summary>Monday to Friday, 9 to 17 in Denver.</summary>
    public static Queue Queue(string name = "l1", string? fallback = null) => new()
    {
        Name = name,
        Description = name,
        TimeZone = DateTimeZoneProviders.Tzdb["America/Denver"],
        Hours = Enumerable.Range(1, 5).ToDictionary(
            day => (IsoDayOfWeek)day,
            IReadOnlyList<StaffedInterval> (_) => [new StaffedInterval(new LocalTime(9, 0), new LocalTime(17, 0))]),
        Fallback = fallback,
    };

    public static Condition Condition(string text) => RuleParser.Parse(text, RuleVocabulary.Open) switch
    {
        ParsedCondition.Parsed parsed => parsed.Condition,
        var rejected => throw new ArgumentException(rejected.ToString(), nameof(text)),
    };

    public static EscalationRule Rule(string name, string when, Route route, Priority? priority = null) =>
        new(name, Condition(when), new RuleOutcome(route, priority));

    public static Intent Intent(string name, IntentClass @class = IntentClass.Knowledge) => new()
    {
        Name = name, Class = @class, Description = name, Category = "billing", ProductArea = "payments",
            Examples = [name],
    };

    public static Playbook Playbook() => new()
    {
        Version = "v1",
        Name = "test",
        Brand = new Brand
        {
            Name = "Test", TimeZone = "America/Denver", Locale = "en", Languages = ["en"], Voice = "", Greeting = "Hi,",
            Signature = "Test", EscalatedText = "{promise} Ticket {ticket}.", WaitingText = "Still with us. {promise}",
            KillSwitchText = "We answer within 4 hours.",
        },
        Limits = new Limits(),
        Thresholds = new Thresholds(),
        CustomerTiers = ["free", "pro", "enterprise"],
        Fields = new Dictionary<string, TicketField>
        {
            ["order_id"] = new("order_id", @"NW-\d{5}", "Which order?"),
        },
        Intents =
        [
            Intent("billing", IntentClass.Knowledge),
            Intent("order_status", IntentClass.Lookup) with { RequiredFields = ["order_id"], Tool = "get_order" },
            Intent("legal", IntentClass.Human), Intent("refund", IntentClass.Agent),
        ],
        ExactAnswers = [],
        SkipRules = [],
        Triggers = [],
        Rules = [Rule("enterprise-urgent", "customer.tier == enterprise and urgency >= 6", Route.L2, Priority.Urgent)],
        Routing = new RoutingPolicy
        {
            Queues = new Dictionary<Route, string>
            {
                [Route.L1] = "l1", [Route.L2] = "l2", [Route.L3] = "l2", [Route.HumanNow] = "l2",
            },
        },
        Queues = [Queue("l1"), Queue("l2")],
        SlaPolicies = [],
        Tools = [],
        Articles = [],
        Synonyms = new Dictionary<string, IReadOnlyList<string>>(),
    };

    public static TriageReading Triage(string intent = "billing", double confidence = 0.84) => new()
    {
        Intent = intent, Class = Playbook().FindIntent(intent)!.Class, Category = "billing", ProductArea = "payments",
        Confidence = confidence, Tier = "local", Language = "en",
    };

    /// <summary>A calm, clear question of a known customer that the articles answer well.</summary>
    public static EscalationFacts Facts() => new()
    {
        Channel = "email",
        Customer = new CustomerContext { Id = "c1", Lookup = CustomerLookup.Found, Tier = "pro", RecentTickets = 0 },
        Triage = Triage(confidence: 0.95),
        Tone = new ToneReading { Sentiment = 6, Urgency = 3, Tone = "neutral" },
        Complexity = new ComplexityReading(2, false, []),
        Answer = new AnswerEvidence(Ready: true, Relevance: 0.9),
    };

    /// <summary>The facts with the triggers that they fire.</summary>
    public static EscalationFacts Triggered(EscalationFacts facts, Playbook? playbook = null) =>
        facts with { Triggers = Baton.Escalation.Triggers.Triggers.Evaluate(playbook ?? Playbook(), facts) };
}
