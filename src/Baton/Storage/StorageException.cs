namespace Baton.Storage;

/// <summary>The database could not do what was asked; the message ends with what to do about it.</summary>
internal sealed class StorageException(string message, bool isTransient, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Whether the same call may succeed later without anybody changing anything in Baton.</summary>
    public bool IsTransient { get; } = isTransient;

    /// <summary>The connection that met this may hold broken state and must be opened again.</summary>
    public bool NeedsReopen { get; init; }

    /// <summary>
    /// How often a work that met this is worth running again at once: it collided with another one.
    /// </summary>
    public int Reruns { get; init; }

    /// <summary>The database is being moved: it can be read, and written again when the move is over.</summary>
    public bool IsFrozen { get; private init; }

    public static StorageException Frozen(string database, Exception? inner) => new(
        $"{database}: the database is being moved or was moved to another one (baton db move): it can be read and not "
        + "written until Baton runs on the new one.", isTransient: true, inner) { IsFrozen = true };
}
