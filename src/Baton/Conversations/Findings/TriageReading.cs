using Baton.Playbooks;

namespace Baton.Conversations.Findings;

/// <summary>What a turn is about (agent 1).</summary>
public sealed record TriageReading
{
    /// <summary>The intent when nothing of the playbook fits; also the category and the product area of none.</summary>
    public const string None = "none";

    /// <summary>Name of the intent; <see cref="None"/> when nothing of the playbook fits.</summary>
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

    /// <summary>What the message asks for, one by one; null when it was read as a whole only.</summary>
    public IReadOnlyList<RequestReading>? Requests { get; init; }

    /// <summary>Words that carried the prediction, strongest first; empty where nobody has looked yet.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Language of the message, ISO 639-1, <c>und</c> when too short to tell.</summary>
    public string Language { get; init; } = "und";

    /// <summary>Values found in the ticket by name, such as the order number.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>Nobody has read what it is about: the text is in a language without examples.</summary>
    internal static TriageReading Unread(
        string tier, string language, IReadOnlyDictionary<string, string> fields) => new()
    {
        Intent = None, Class = IntentClass.Human, Category = None, ProductArea = None, Confidence = 0, Tier = tier,
        Language = language, Fields = fields,
    };
}

/// <summary>One request of a message, in the customer's words, redacted.</summary>
/// <param name="Confidence">Calibrated probability that the intent is right, 0 to 1.</param>
public sealed record RequestReading(string Text, string Intent, double Confidence);
