using Baton.Conversations.Findings;

namespace Baton.Triage.Tone;

/// <summary>One word, phrase or rule that carried a reading, for the trace.</summary>
/// <param name="Kind"><c>sentiment</c>, <c>urgency</c> or <c>tone</c>.</param>
/// <param name="Text">The customer's words, or the rule's name.</param>
/// <param name="Meaning">What was read into them, such as <c>data loss</c> or <c>negative</c>.</param>
/// <param name="Weight">How much it counted; negative speaks for anger or against urgency.</param>
public sealed record ToneSignal(string Kind, string Text, string Meaning, double Weight);

/// <summary>How a customer's message sounds and how soon it needs somebody.</summary>
public sealed record ToneScore
{
    /// <summary>From −1 (fury) to 1 (delight); 0 is neutral.</summary>
    public required double SentimentScore { get; init; }

    /// <summary>From 1 (furious) to 10 (delighted); 5 and 6 are neutral.</summary>
    public required int Sentiment { get; init; }

    /// <summary>From 1 (whenever) to 10 (an outage, or danger to people).</summary>
    public required int Urgency { get; init; }

    /// <summary>One of <see cref="ToneWords.All"/>.</summary>
    public required string Tone { get; init; }

    /// <summary>From 0 to 1: how much evidence there was, and how well it agreed.</summary>
    public required double Confidence { get; init; }

    /// <summary>What carried the reading, strongest first, at most 12.</summary>
    public required IReadOnlyList<ToneSignal> Signals { get; init; }

    /// <summary>The reading as the ledger and the decision keep it, with the mood of the whole conversation.</summary>
    public ToneReading InConversation(ToneTrajectory trajectory) => new()
    {
        Sentiment = Sentiment,
        Urgency = Urgency,
        Tone = Tone,
        Trajectory = trajectory.Word,
        FrustratedMessages = trajectory.Frustrated,
        Signals = [.. Signals.Select(s => $"{s.Kind}: {s.Text} ({s.Meaning})")],
    };

    /// <summary>True when this message counts as frustrated: a negative reading, or a word that says so.</summary>
    public bool IsFrustrated => Sentiment <= 4 || Tone is ToneWords.Furious or ToneWords.Angry or ToneWords.Frustrated;
}
