using SQLitePCL;

namespace Baton.Storage.Sqlite;

/// <summary>Turns SQLite's result codes into what a person can act on.</summary>
internal static class SqliteFault
{
    /// <summary>What the triggers of a frozen database say.</summary>
    public const string Frozen = "baton-frozen";

    public static StorageException ToException(int code, string message, string path, Exception? inner = null)
    {
        if (code == raw.SQLITE_CONSTRAINT_TRIGGER && message.Contains(Frozen, StringComparison.Ordinal))
            return StorageException.Frozen(path, inner);
        var (text, transient, reopen) = (code & 0xff) switch
        {
            raw.SQLITE_FULL => ("there is no room left; free space on the disk (or raise the page limit), "
                + "nothing that was confirmed is lost", true, false),
            raw.SQLITE_IOERR => ("the disk could not be read or written; check the disk and its free space, "
                + "nothing that was confirmed is lost", true, true),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => ("another process kept the file locked for too long; "
                + "stop the other writer or raise BusyTimeoutMs", true, false),
            raw.SQLITE_NOMEM => ("there is not enough memory; lower the cache sizes or add memory", true, true),
            raw.SQLITE_CORRUPT => ("the file is damaged; stop Baton, keep the damaged file, restore the last backup "
                + "(docs/operating/backup.md)", false, true),
            raw.SQLITE_NOTADB => ("the file is not a Baton database; check the path, or restore the last backup "
                + "(docs/operating/backup.md)", false, true),
            raw.SQLITE_CANTOPEN => ("the file cannot be opened; check that the folder exists and may be written",
                false, true),
            raw.SQLITE_READONLY =>
                ("the file is read-only; give the account that runs Baton write access", false, true),
            raw.SQLITE_CONSTRAINT => ("a rule of the table was broken; this is a bug in the caller", false, false),
            _ => ("the statement failed; this is a bug in the caller", false, false),
        };
        return new StorageException($"{path}: {message} ({code}): {text}.", transient, inner) { NeedsReopen = reopen };
    }
}
