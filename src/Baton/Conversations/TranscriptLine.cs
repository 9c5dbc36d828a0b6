namespace Baton.Conversations;

/// <summary>Who wrote a message.</summary>
public enum Author
{
    Customer,

    /// <summary>A person of the support team.</summary>
    Agent,

    Baton,
}

/// <summary>One message with personal data replaced by placeholders.</summary>
public sealed record TranscriptLine(Author From, string Text, DateTimeOffset At);
