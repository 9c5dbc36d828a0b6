using Baton.Playbooks;

namespace Baton.Conversations;

/// <summary>What a turn is about (agent 1).</summary>
public sealed record TriageReading
{
    /// <summary>Name of the intent; <c>none</c> when nothing of the playbook fits.</summary>
    public required string Intent { get; init; }

    public required IntentClass Class { get; init; }

    public required string Category { get; init; }

    public required string ProductArea { get; init; }

    /// <summary>Calibrated probability that the intent is right, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Tier that gave the answer: <c>rules</c>, <c>local</c>, <c>commodity</c>, <c>reasoning</c>.</summary>
    public required string Tier { get; init; }

    /// <summary>Probability of the best intent minus that of the second.</summary>
    public double Margin { get; init; }

    /// <summary>How foreign the text is to every intent, 0 to 1.</summary>
    public double OutOfScope { get; init; }

    public bool IsOutOfScope { get; init; }

    /// <summary>Other intents heard in the same message.</summary>
    public IReadOnlyList<string> AlsoHeard { get; init; } = [];

    /// <summary>Words that carried the prediction, strongest first.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Language of the message, ISO 639-1, <c>und</c> when too short to tell.</summary>
    public string Language { get; init; } = "und";

    /// <summary>Values found in the ticket by name, such as the order number.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();
}

/// <summary>How the customer sounds and how pressing it is (agent 2).</summary>
public sealed record ToneReading
{
    /// <summary>1 furious to 10 delighted.</summary>
    public required int Sentiment { get; init; }

    /// <summary>1 to 10; 10 is an outage.</summary>
    public required int Urgency { get; init; }

    /// <summary>One word, e.g. <c>frustrated</c>.</summary>
    public required string Tone { get; init; }

    /// <summary><c>rising</c>, <c>steady</c> or <c>falling</c> over the customer's messages.</summary>
    public string Trajectory { get; init; } = "steady";

    /// <summary>Customer messages that sounded frustrated, up to and with this one.</summary>
    public int FrustratedMessages { get; init; }

    /// <summary>What carried the scores, for the trace.</summary>
    public IReadOnlyList<string> Signals { get; init; } = [];
}

/// <summary>How hard the turn is (agent 3).</summary>
/// <param name="Score">1 to 10; 10 crosses several systems.</param>
public sealed record ComplexityReading(int Score, bool CrossSystem, IReadOnlyList<string> Reasons);

/// <summary>An answer that could be sent, with what it rests on.</summary>
public sealed record DraftAnswer
{
    /// <summary>The text with placeholders for personal data, without greeting and signature.</summary>
    public required string Text { get; init; }

    /// <summary><c>article</c>, <c>tool</c> or <c>exact</c>.</summary>
    public required string Source { get; init; }

    public IReadOnlyList<Citation> Citations { get; init; } = [];

    /// <summary>How well the sources answer the question, 0 to 1; 1 for a tool's own data.</summary>
    public required double Relevance { get; init; }

    /// <summary>Tier that wrote it.</summary>
    public required string Tier { get; init; }

    /// <summary>Whether a model wrote it, as opposed to a template or sentences of the articles.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsWritten => Tier is not ("rules" or "local");
}

/// <summary>A passage of an article that an answer rests on.</summary>
public sealed record Citation(string ArticleId, string Title, string Heading, string Quote);

/// <summary>A trigger that fired, with the value that fired it.</summary>
/// <param name="Detail">For people: what was seen, against which threshold.</param>
public sealed record TriggerFinding(string Name, string Detail, double? Value = null, double? Threshold = null);
