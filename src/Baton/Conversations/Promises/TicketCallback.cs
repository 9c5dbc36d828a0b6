namespace Baton.Conversations.Promises;

/// <summary>Where a promised call stands.</summary>
public enum CallbackState
{
    Open,

    /// <summary>Not made in time; it is owed all the same.</summary>
    Missed,

    Done,
}

/// <summary>How a call went.</summary>
public enum CallOutcome
{
    Reached,
    NoAnswer,
    WrongNumber,
}

/// <summary>A call that was promised.</summary>
/// <param name="Number">As a placeholder; people see the number itself.</param>
public sealed record TicketCallback(
    string Number, string Queue, DateTimeOffset DueAt, int Attempts, CallbackState State)
{
    /// <summary>Whether it is to be made.</summary>
    public bool IsOwed => State != CallbackState.Done;

    internal TicketCallback After(CallOutcome outcome) => this with
    {
        Attempts = Attempts + 1, State = outcome == CallOutcome.Reached ? CallbackState.Done : State,
    };

    internal TicketCallback Missed() => IsOwed ? this with { State = CallbackState.Missed } : this;

    internal TicketCallback Ended() => this with { State = CallbackState.Done };
}
