using System.Runtime.InteropServices;
using Baton.Storage;

namespace Baton.Archive.Places;

/// <summary>A folder of this machine, or one that is mounted.</summary>
internal sealed partial class FolderPlace(string folder) : ArchivePlace
{
    private const string Unfinished = ".part";

    public override async Task<string?> PutAsync(
        string name, string path, DateTimeOffset keepUntil, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var unfinished = Path.Combine(folder, name + Unfinished);
        await using (var from = File.OpenRead(path))
        await using (var to = File.Create(unfinished))
        {
            await from.CopyToAsync(to, cancellationToken).ConfigureAwait(false);
            to.Flush(flushToDisk: true);
        }
        File.Move(unfinished, Path.Combine(folder, name), overwrite: true);
        Sync();
        return null;
    }

    public override Task<bool> GetAsync(
        string name, string? version, string path, CancellationToken cancellationToken)
    {
        var kept = Path.Combine(folder, name);
        if (!File.Exists(kept)) return Task.FromResult(false);
        File.Copy(kept, path, overwrite: true);
        return Task.FromResult(true);
    }

    public override Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder)) File.Delete(Path.Combine(folder, name));
        return Task.CompletedTask;
    }

    /// <summary>
    /// The name of a file is in its folder: without this it may be gone after a power cut that the database survives.
    /// </summary>
    private void Sync()
    {
        // Elsewhere a name is on the disk with its file, or there is no way to ask for it.
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS()) return;
        var handle = Open(folder, 0);
        if (handle < 0) throw Refused();
        try
        {
            if (Fsync(handle) != 0) throw Refused();
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private StorageException Refused() => new(
        $"{folder}: the folder does not go to the disk: {Marshal.GetLastPInvokeErrorMessage()}.", isTransient: true);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
