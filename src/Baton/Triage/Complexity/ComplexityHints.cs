namespace Baton.Triage.Complexity;

/// <summary>What is known about a ticket besides its text.</summary>
public sealed record ComplexityHints
{
    /// <summary>Nothing is known.</summary>
    public static ComplexityHints None { get; } = new();

    /// <summary>Files that came with the message.</summary>
    public int Attachments { get; init; }

    /// <summary>Customer messages in this conversation before this one.</summary>
    public int EarlierTurns { get; init; }

    /// <summary>Intents found in the message; more than one adds.</summary>
    public int Intents { get; init; }
}

/// <summary>Limits of reading complexity.</summary>
public sealed record ComplexityOptions
{
    /// <summary>How many characters of a message are read; default 20,000.</summary>
    public int MaxCharacters { get; init; } = 20_000;
}
