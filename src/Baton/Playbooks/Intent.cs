namespace Baton.Playbooks;

/// <summary>How tickets of an intent are handled.</summary>
public enum IntentClass
{
    /// <summary>A function answers: order status.</summary>
    Lookup,

    /// <summary>Retrieve, answer, cite.</summary>
    Knowledge,

    /// <summary>Tools and several steps.</summary>
    Agent,

    /// <summary>Never automated: legal, safety, bereavement, an explicit request for a person.</summary>
    Human,
}

/// <summary>How freely automation answers, lowest first: of several the lowest holds.</summary>
public enum AutonomyRung
{
    /// <summary>A person has it from the start.</summary>
    Off,

    /// <summary>Automation writes, a person sends.</summary>
    Draft,

    /// <summary>Automation sends.</summary>
    Auto,
}

/// <summary>One thing customers write about, with the examples the local classifier is trained on.</summary>
public sealed record Intent
{
    /// <summary>Lower-case words joined by underscores, unique in the playbook.</summary>
    public required string Name { get; init; }

    public required IntentClass Class { get; init; }

    public required string Description { get; init; }

    /// <summary>What the ticket is about in the team's reports, e.g. <c>billing</c>.</summary>
    public required string Category { get; init; }

    /// <summary>Part of the product or business, e.g. <c>payments</c>.</summary>
    public required string ProductArea { get; init; }

    /// <summary>Utterances as customers write them; at least one, the more varied the better.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>Queue that gets tickets of this intent; null means the queue of the route.</summary>
    public string? Queue { get; init; }

    /// <summary>Skills that whoever takes it must have, as <c>refunds</c> or <c>refunds:5</c> for a level.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>Skills that are waited for some time, and then no longer.</summary>
    public IReadOnlyList<string> PreferredSkills { get; init; } = [];

    /// <summary>Agent that works on an <see cref="IntentClass.Agent"/> intent; null: a person does.</summary>
    public string? Agent { get; init; }

    /// <summary>Tool that a <see cref="IntentClass.Lookup"/> intent calls.</summary>
    public string? Tool { get; init; }

    /// <summary>
    /// Whether another intent is the same matter: two lookups that ask one tool about one number, where a parcel is and
    /// when it comes.
    /// </summary>
    internal bool Covers(Intent? other) => other is { Class: IntentClass.Lookup, Tool: { } tool }
        && tool == Tool && other.RequiredFields.All(RequiredFields.Contains);

    /// <summary>
    /// Answer of a lookup, with <c>{field}</c> holes filled from the tool's result (dotted paths) and lines that are
    /// left out when a hole of theirs has no value.
    /// </summary>
    public string? Answer { get; init; }

    /// <summary>Names of <see cref="Playbook.Fields"/> that must be known before the intent can be handled.</summary>
    public IReadOnlyList<string> RequiredFields { get; init; } = [];

    /// <summary>The only articles that answer this intent, by id; empty searches all of them.</summary>
    public IReadOnlyList<string> Articles { get; init; } = [];

    /// <summary>
    /// Systems that handling touches (orders, payments, warehouse …); more than one raises complexity.
    /// </summary>
    public IReadOnlyList<string> Systems { get; init; } = [];

    /// <summary>How freely automation may answer it at most; people may set less while it runs.</summary>
    public AutonomyRung Autonomy { get; init; } = AutonomyRung.Auto;

    /// <summary>
    /// Of its conversations, the share that automation may answer by itself; the rest get a draft. 0 to 1.
    /// </summary>
    public double AutoShare { get; init; } = 1;

    /// <summary>Route of a <see cref="IntentClass.Human"/> intent; the default is <c>human_now</c>.</summary>
    public Route? Route { get; init; }
}
