using System.IO.Compression;
using System.Security.Cryptography;
using Baton.Storage;
using Baton.Storage.Backups;
using Baton.Storage.Events;

namespace Baton.Operations.Backups;

/// <summary>What a backup holds, found by restoring it.</summary>
/// <param name="Digest">SHA-256 of the restored database, in hex.</param>
/// <param name="LedgerDigest">What <c>ledger verify</c> prints.</param>
internal sealed record BackupContent(long Events, string Digest, string LedgerDigest);

/// <summary>A backup that was made, with what was removed after it.</summary>
internal sealed record MadeBackup(BackupFile File, BackupContent Content, IReadOnlyList<string> Removed);

/// <summary>
/// Makes a backup while Baton runs: a copy of one moment, compressed and encrypted, restored into a scratch database
/// whose ledger is verified, and only then given its name. Whatever ends it early leaves nothing under such a name.
/// </summary>
internal sealed class BackupRun(Database database)
{
    private const string Unfinished = ".part", Scratch = ".baton-scratch-", Held = "held";

    private static readonly UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>How a file is begun; a test lets the disk be full.</summary>
    internal Func<string, Stream> Begin { get; init; } = Private;

    /// <param name="keyFile">May not lie in the folder: who finds one would have the other.</param>
    /// <exception cref="BackupException">It was not made; the message says why.</exception>
    public async Task<MadeBackup> MakeAsync(
        string folder, string keyFile, BackupOptions keep, string by, CancellationToken cancellationToken)
    {
        if (Path.GetFullPath(Path.GetDirectoryName(Path.GetFullPath(keyFile))!) == Path.GetFullPath(folder))
            throw new BackupException($"{keyFile}: the key lies in the folder of the backups; keep it elsewhere");
        var (key, at) = (BackupFile.Key(keyFile), database.Clock.GetUtcNow());
        var path = Path.Combine(folder, BackupFile.NameOf(at));
        var part = path + Unfinished;
        Stream? file = null;
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var left in Directory.GetFiles(folder, "*" + Unfinished))
                if (IsLeft(left)) File.Delete(left);
            // Open until it has its name: a run beside this one would take it for left over.
            file = Begin(part);
            var content = await WriteAsync(file, part, key, cancellationToken).ConfigureAwait(false);
            File.Move(part, path, overwrite: false);
            part = null;
            var made = new BackupFile(path, at, new FileInfo(path).Length);
            var gone = BackupFile.Superfluous(BackupFile.In(folder), keep);
            foreach (var old in gone) File.Delete(old.Path);
            await NoteAsync(made, content, gone, by, cancellationToken).ConfigureAwait(false);
            return new MadeBackup(made, content, [.. gone.Select(f => f.Path)]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // What this run has not begun is another's.
            if (file is not null && part is not null) File.Delete(part);
            throw new BackupException(
                $"{path}: {error.Message}: no backup was made; free space there, or name another folder", error);
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>Restores a backup into a new file, and verifies its ledger.</summary>
    /// <exception cref="BackupException">It is not whole, the key is another, or the target exists.</exception>
    public static async Task<BackupContent> RestoreAsync(
        string file, string keyFile, string into, TimeProvider clock, CancellationToken cancellationToken)
    {
        var key = BackupFile.Key(keyFile);
        if (File.Exists(into)) throw new BackupException($"{into}: exists already; name a new file");
        var unfinished = into + Unfinished;
        try
        {
            var digest = Unpack(file, key, unfinished);
            var content = await ReadAsync(unfinished, digest, clock).ConfigureAwait(false);
            File.Move(unfinished, into, overwrite: false);
            return content;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException
            or StorageException)
        {
            throw new BackupException($"{file}: {error.Message}", error);
        }
        finally
        {
            foreach (var left in (string[])["", "-wal", "-shm", ".anchor"]) File.Delete(unfinished + left);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<BackupContent> WriteAsync(
        Stream file, string path, byte[] key, CancellationToken cancellationToken)
    {
        // Beside the database, not beside the backups: what lies there is no better protected than the database is.
        var home = database.IsShared ? Path.GetFullPath(Path.GetDirectoryName(database.Keys.Folder) ?? ".")
            : Path.GetDirectoryName(Path.GetFullPath(database.Path))!;
        foreach (var left in Directory.GetDirectories(home, Scratch + "*"))
            if (IsLeft(Path.Combine(left, Held))) Directory.Delete(left, recursive: true);
        var scratch = Directory.CreateDirectory(Path.Combine(home, Scratch + Path.GetRandomFileName())).FullName;
        using var held = new FileStream(
            Path.Combine(scratch, Held), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        try
        {
            var copy = Path.Combine(scratch, "copy.db");
            await SnapshotCopy.MakeAsync(database, copy, cancellationToken).ConfigureAwait(false);
            var digest = Pack(copy, key, file);
            File.Delete(copy);
            var restored = Path.Combine(scratch, "restored.db");
            if (Unpack(path, key, restored) != digest)
                throw new InvalidDataException("what was read back is not what was written");
            return await ReadAsync(restored, digest, database.Clock).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static string Pack(string copy, byte[] key, Stream file)
    {
        using var from = File.OpenRead(copy);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var closed = new SealingStream(file, key);
        using (var packed = new GZipStream(closed, CompressionLevel.Fastest, leaveOpen: true)) Copy(from, packed, hash);
        closed.End();
        if (file is FileStream disk) disk.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Unpack(string path, byte[] key, string into)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Who made it may have it open still.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var open = new OpeningStream(file, key);
        using var plain = new GZipStream(open, CompressionMode.Decompress);
        using var target = Private(into);
        Copy(plain, target, hash);
        // The packed stream may end before the closed one does: its last piece must be there, too.
        if (open.ReadByte() >= 0) throw new InvalidDataException("something was added behind its end");
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task<BackupContent> ReadAsync(string file, string digest, TimeProvider clock)
    {
        await using var restored = Database.Open(new DatabaseOptions { Path = file, AllowLoss = true }, clock);
        var report = restored.Read(LedgerVerifier.Verify);
        return report.Problems.Count == 0 ? new BackupContent(report.Events, digest, report.Digest)
            : throw new InvalidDataException($"its ledger is not whole: {report.Problems[0].What}");
    }

    private Task NoteAsync(
        BackupFile made, BackupContent content, List<BackupFile> gone, string by,
        CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            var now = database.Clock.GetUtcNow();
            AccessRecord.Append(transaction, now, "BackupMade", ("file", Path.GetFileName(made.Path)), ("by", by),
                ("bytes", $"{made.Bytes}"), ("events", $"{content.Events}"), ("digest", content.Digest));
            foreach (var file in gone)
                AccessRecord.Append(transaction, now, "BackupRemoved", ("file", Path.GetFileName(file.Path)), ("by", by));
        }, cancellationToken);

    /// <summary>Whether nobody has it open: a backup that runs beside this one goes on.</summary>
    private static bool IsLeft(string path)
    {
        try
        {
            if (File.Exists(path)) new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void Copy(Stream from, Stream to, IncrementalHash hash)
    {
        var buffer = new byte[256 * 1024];
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            hash.AppendData(buffer.AsSpan(0, read));
            to.Write(buffer.AsSpan(0, read));
        }
    }

    private static Stream Private(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Read | FileShare.Delete,
            // What is written comes in large pieces, and nothing may be left to write when it is closed.
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Mine;
        return new FileStream(path, options);
    }
}
