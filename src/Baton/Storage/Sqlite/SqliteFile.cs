using Baton.Storage.Engines;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Baton.Storage.Sqlite;

/// <summary>Opens connections to one file with the settings that durability and speed ask for.</summary>
internal static class SqliteFile
{
    /// <summary>Marks a file as Baton's in its header ("BATN").</summary>
    public const int ApplicationId = 0x4241544E;

    private const int WalAttempts = 20;

    /// <summary>Opens the writer's connection for the first time and refuses a file that must not be used.</summary>
    public static SqliteSession OpenChecked(DatabaseOptions options)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(options.Path));
        if (!string.IsNullOrEmpty(folder)) Directory.CreateDirectory(folder);
        var size = File.Exists(options.Path) ? new FileInfo(options.Path).Length : 0;
        var clean = !File.Exists(options.Path + "-wal");
        if (size == 0) CreatePrivate(options.Path);
        var session = OpenWriter(options);
        try
        {
            RefuseOthers(session, options.Path);
            if (size <= (clean ? options.CheckedAtOpenBytes : options.CheckedAfterCrashBytes))
                RefuseDamage(session, options.Path);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public static SqliteSession OpenWriter(DatabaseOptions options) => Open(options, $"""
        pragma synchronous = full;
        pragma foreign_keys = on;
        pragma temp_store = memory;
        pragma cache_size = -{options.WriterCacheKb};
        pragma mmap_size = {options.MmapBytes};
        pragma wal_autocheckpoint = {options.CheckpointPages};
        pragma journal_size_limit = {4096L * options.CheckpointPages};
        {(options.MaxPages > 0 ? $"pragma max_page_count = {options.MaxPages};" : "")}
        """);

    public static SqliteSession OpenReader(DatabaseOptions options) => Open(options, $"""
        pragma query_only = on;
        pragma cache_size = -{options.ReaderCacheKb};
        pragma mmap_size = {options.MmapBytes};
        """);

    /// <summary>The copy is consistent and compact, and it is checked.</summary>
    public static void Backup(DatabaseOptions options, string target, DateTimeOffset now)
    {
        if (File.Exists(target))
            throw new StorageException($"{target}: exists already; name a new file.", isTransient: false);
        CreatePrivate(target);
        using (var session = Open(options, "pragma synchronous = full;"))
        {
            using var run = session.Start("vacuum into $1", [target]);
            run.Step();
        }
        using var copy = OpenWriter(options with { Path = target });
        RefuseDamage(copy, target);
        Mark(copy, now);
    }

    private static void Mark(SqliteSession copy, DateTimeOffset now)
    {
        var transaction = new WriteTransaction(copy);
        // One that is copied before it is brought up to date may not have the table yet.
        if (transaction.Number("select 1 from sqlite_schema where name = 'copied'") != 1) return;
        transaction.Execute(
        """
        insert into copied (id, copied_at_ms, seq) select 1, $1, coalesce(max(seq), 0) from events where true
        on conflict (id) do update set copied_at_ms = excluded.copied_at_ms, seq = excluded.seq
        """, SqlValue.Ms(now));
    }

    /// <summary>
    /// Customers' words are for the account that runs Baton alone. SQLite gives its journal files the mode of the file.
    /// </summary>
    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        try
        {
            new FileStream(path, options).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // SQLite meets the same obstacle next and says which file and why.
        }
    }

    private static SqliteSession Open(DatabaseOptions options, string settings)
    {
        SqliteLibrary.Load();
        // Our own pool knows which connection may write; the driver's pool would hide a connection that is broken.
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = options.Path, Pooling = false }.ToString());
        SqliteSession? session = null;
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, options.BusyTimeoutMs);
            session = new SqliteSession(connection);
            UseWal(session);
            session.Script(settings);
            return session;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw SqliteFault.ToException(error.SqliteExtendedErrorCode, error.Message, options.Path, error);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Switches to the write-ahead log. SQLite refuses the switch at once, busy timeout or not, while another process
    /// creates the same file; an empty transaction waits for that one with the timeout.
    /// </summary>
    private static void UseWal(SqliteSession session)
    {
        for (var left = WalAttempts; ; left--)
        {
            try
            {
                session.Script("pragma journal_mode = wal;");
                return;
            }
            catch (StorageException error) when (error.IsTransient && left > 1)
            {
                session.Script("begin immediate; commit;");
            }
        }
    }

    public static void Claim(StorageSession session) => session.Script($"pragma application_id = {ApplicationId}");

    private static void RefuseOthers(SqliteSession session, string path)
    {
        var connection = new ReadConnection(session);
        var id = connection.Number("pragma application_id") ?? 0;
        var tables = connection.Number("select count(*) from sqlite_schema") ?? 0;
        if (id == ApplicationId || (id == 0 && tables == 0)) return;
        throw new StorageException(
            $"{path}: this database belongs to another program (application id {id}, {tables} tables and indexes); "
            + "give Baton a file of its own.", isTransient: false);
    }

    private static void RefuseDamage(SqliteSession session, string path)
    {
        var found = new ReadConnection(session).First("pragma quick_check(1)", row => row.Text(0));
        if (found is "ok") return;
        throw new StorageException(
            $"{path}: the file is damaged ({found}); stop Baton, keep the damaged file, restore the last backup "
            + "(docs/operating/backup.md).", isTransient: false);
    }
}
