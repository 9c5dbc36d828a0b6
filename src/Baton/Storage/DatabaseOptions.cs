using System.ComponentModel.DataAnnotations;

namespace Baton.Storage;

/// <summary>Settings of one database. Sizes and times carry their unit in the name.</summary>
internal sealed record DatabaseOptions
{
    /// <summary>
    /// File of the embedded database, whose folder is created when it does not exist; or
    /// <c>postgresql://user:password@host:5432/database</c>.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>
    /// Folder of customers' keys; null is <c>FILE.keys</c> beside a file, and <c>data/keys</c> with a server. Never in
    /// the backups of the database: see docs/operating/erasure.md.
    /// </summary>
    public string? Keys { get; init; }

    /// <summary>
    /// What wraps those keys: 32 bytes in base64, several with commas between them, of which the first wraps. Null
    /// makes a file in the folder.
    /// </summary>
    public string? MasterKey { get; init; }

    /// <summary>Writes that may wait for the writer; the next caller waits until there is room.</summary>
    [Range(1, 1_000_000)]
    public int WriteQueueLimit { get; init; } = 10_000;

    /// <summary>Writes to a server that run at the same time, each with a connection of its own.</summary>
    [Range(1, 32)]
    public int Writers { get; init; } = 16;

    /// <summary>Writes to a file that share one commit at most.</summary>
    [Range(1, 100_000)]
    public int GroupLimit { get; init; } = 1_000;

    /// <summary>A group takes no further write after this time, so that the first one is not kept waiting.</summary>
    [Range(0, 1_000)]
    public int GroupTimeMs { get; init; } = 20;

    /// <summary>
    /// How long to wait for another process that writes to the same file, or to the same rows of a server.
    /// </summary>
    [Range(0, 600_000)]
    public int BusyTimeoutMs { get; init; } = 15_000;

    /// <summary>Idle read connections that are kept open. More readers than this open one for themselves.</summary>
    [Range(1, 256)]
    public int ReadConnections { get; init; } = 8;

    /// <summary>Page cache of the writer.</summary>
    [Range(64, 4_194_304)]
    public int WriterCacheKb { get; init; } = 32 * 1024;

    /// <summary>Page cache of each reader.</summary>
    [Range(64, 4_194_304)]
    public int ReaderCacheKb { get; init; } = 4 * 1024;

    /// <summary>Bytes of the file mapped into memory; 0 reads through the page cache only.</summary>
    [Range(typeof(long), "0", "1099511627776")]
    public long MmapBytes { get; init; }

    /// <summary>The write-ahead log is folded into the file when it has this many 4 KiB pages.</summary>
    [Range(10, 1_000_000)]
    public int CheckpointPages { get; init; } = 8_000;

    /// <summary>Files up to this size are checked for damage each time they are opened.</summary>
    [Range(typeof(long), "0", "1125899906842624")]
    public long CheckedAtOpenBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>
    /// Files that were not closed cleanly are checked up to this size, because a check reads all of it.
    /// </summary>
    [Range(typeof(long), "0", "1125899906842624")]
    public long CheckedAfterCrashBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>
    /// Opens a file that lacks what its anchor says was written, and a database that was moved or has not arrived;
    /// only to look at it or to mend it.
    /// </summary>
    public bool AllowLoss { get; init; }

    /// <summary>
    /// Brings the tables up to date when the database is opened; false refuses one that is not, for <c>baton db
    /// upgrade</c> to be a step of its own.
    /// </summary>
    public bool UpgradeAtStart { get; init; } = true;

    /// <summary>
    /// Nothing is written by itself: <see cref="Database.Step"/> does it on the caller's thread, and what waited goes
    /// on there. For whoever decides the order of everything, as a simulation does.
    /// </summary>
    public bool Pumped { get; init; }

    /// <summary>Largest number of pages the file may have; 0 is no limit but the disk's.</summary>
    [Range(0, int.MaxValue)]
    public int MaxPages { get; init; }
}
