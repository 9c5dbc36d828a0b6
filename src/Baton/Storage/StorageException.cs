namespace Baton.Storage;

/// <summary>The database could not do what was asked; the message ends with what to do about it.</summary>
internal sealed class StorageException(string message, bool isTransient, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Whether the same call may succeed later without anybody changing anything in Baton.</summary>
    public bool IsTransient { get; } = isTransient;

    /// <summary>The connection that met this may hold broken state and must be opened again.</summary>
    public bool NeedsReopen { get; init; }
}
