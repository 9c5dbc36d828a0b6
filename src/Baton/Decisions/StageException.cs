namespace Baton.Decisions;

/// <summary>A stage could not do its work.</summary>
public sealed class StageException(string message, bool isTransient, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Whether running the turn again may help.</summary>
    public bool IsTransient { get; } = isTransient;

    /// <summary>
    /// What may be written down about an error: a message of ours, or the type of a foreign one, whose message may
    /// quote the customer.
    /// </summary>
    internal static string Describe(Exception error) =>
        error is StageException or Storage.StorageException ? error.Message : error.GetType().Name;
}
