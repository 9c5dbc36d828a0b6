using Baton.Storage.Postgres;
using Baton.Storage.Sqlite;

namespace Baton.Storage.Engines;

/// <summary>
/// A kind of database: how it is opened, and what is said to it in its own words. Everything above speaks the SQL that
/// both kinds understand.
/// </summary>
internal abstract class StorageEngine
{
    /// <summary>The engine for an address: a PostgreSQL URL, or the path of a file.</summary>
    public static StorageEngine Of(DatabaseOptions options) =>
        IsServer(options.Path) ? new PostgresEngine(options) : new SqliteEngine(options);

    /// <summary>Whether an address names a database of a server rather than a file.</summary>
    public static bool IsServer(string address) => PostgresEngine.Knows(address);

    /// <summary>An address for people: the whole path of a file, a URL without its password.</summary>
    public static string Shown(string address) =>
        IsServer(address) ? PostgresUrl.Shown(address) : Path.GetFullPath(address);

    /// <summary>
    /// Opens the writer's connection for the first time and refuses a database that must not be used.
    /// </summary>
    /// <exception cref="StorageException">It is damaged, belongs to another program, or cannot be opened.</exception>
    public abstract StorageSession OpenChecked();

    public abstract StorageSession OpenWriter();

    public abstract StorageSession OpenReader();

    /// <summary>What runs the works: one writer, or several at once.</summary>
    /// <param name="open">Opens a connection of a writer.</param>
    /// <param name="first">Open already; belongs to the writer from now on.</param>
    public abstract StorageWriter Writer(TimeProvider clock, Func<StorageSession> open, StorageSession first);

    /// <summary>A migration's script as this kind writes it.</summary>
    public abstract string Script(string sql);

    /// <summary>Marks a new database as ours.</summary>
    public virtual void Claim(StorageSession session) { }

    /// <summary>Whether what was acknowledged could be gone, and an anchor tells.</summary>
    public virtual bool MayLackEvents => false;

    /// <summary>Who works on the database.</summary>
    public abstract Liveness Liveness();

    /// <summary>How migrations are called that this kind has in its own words; null: it has none.</summary>
    public virtual string? Dialect => null;

    /// <summary>Where the keys of texts are when no setting says it.</summary>
    public abstract string KeyFolder { get; }

    /// <summary>Writes a copy of one moment to a new file, without holding up readers and writers.</summary>
    /// <exception cref="StorageException">The target exists, or this kind is copied by its own tools.</exception>
    public abstract void Backup(string target, DateTimeOffset now);
}
