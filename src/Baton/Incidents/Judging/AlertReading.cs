namespace Baton.Incidents.Judging;

/// <summary>How an alert stands.</summary>
internal enum AlertState
{
    /// <summary>As usual.</summary>
    Quiet,

    /// <summary>It holds now.</summary>
    Holds,

    /// <summary>It held and has not gone back far enough to say that it is over.</summary>
    Lingers,

    /// <summary>Too little has happened, or is known of before, to say anything.</summary>
    TooFew,

    /// <summary>Switched off in <c>alerts.yaml</c>.</summary>
    Off,
}

/// <summary>What an alert was held against, and what came of it.</summary>
/// <param name="Value">What was found.</param>
/// <param name="Usual">What is usual or allowed; null: nothing is known.</param>
/// <param name="Text">In a sentence, for people; without personal data.</param>
internal sealed record AlertReading(AlertState State, double Value, double? Usual, string Text);
