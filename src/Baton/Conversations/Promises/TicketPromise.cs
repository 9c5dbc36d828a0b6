namespace Baton.Conversations.Promises;

/// <summary>What became of a promise. Words in tables are the snake-case names.</summary>
public enum PromiseState
{
    Open,

    /// <summary>A person was in touch before the time.</summary>
    Kept,

    Broken,

    /// <summary>
    /// Nobody owes it any more: the customer says that it is solved, or automation has the ticket again.
    /// </summary>
    Over,
}

/// <summary>A time by which the customer was told to hear from a person.</summary>
public sealed record TicketPromise(
    DateTimeOffset MadeAt, DateTimeOffset By, string Queue, PromiseState State, DateTimeOffset? SettledAt);
