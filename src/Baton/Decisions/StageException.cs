namespace Baton.Decisions;

/// <summary>A stage could not do its work.</summary>
public sealed class StageException(string message, bool isTransient, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Whether running the turn again may help.</summary>
    public bool IsTransient { get; } = isTransient;

    /// <summary>
    /// What may be written down about an error: a message of ours, or the type of a foreign one, whose message may quote
    /// the customer.
    /// </summary>
    internal static string Describe(Exception error) =>
        error is StageException or Storage.StorageException ? error.Message : error.GetType().Name;
}

/// <summary>How often a turn is tried.</summary>
internal static class TurnLimits
{
    /// <summary>Attempts of a turn whose tool fails in a way that may pass; then a person gets it.</summary>
    public const int ToolAttempts = 3;

    /// <summary>Attempts of a turn that fails in any other way that may pass; then a person gets it.</summary>
    public const int Attempts = 4;
}
