namespace Baton.Conversations.Findings;

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
