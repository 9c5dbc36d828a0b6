namespace Baton.Storage.Engines;

/// <summary>Which processes work on this database, and which of them have died.</summary>
internal abstract class Liveness : IDisposable
{
    /// <summary>Names this process as the holder of leases.</summary>
    public abstract string Owner { get; }

    /// <summary>Processes that work now, this one included: what all may do together is divided by it.</summary>
    public abstract int Workers { get; }

    /// <summary>Begins to say that this process lives; more than once is as good as once.</summary>
    public abstract void Start();

    /// <summary>Whether whoever holds a lease has died. In doubt, not: a lease that is not renewed ends.</summary>
    public abstract bool HasDied(ReadConnection connection, string owner);

    public abstract void Dispose();
}
