using System.Collections.Concurrent;
using System.Globalization;

namespace Baton.Storage.Sealing;

/// <summary>
/// The keys of customers' texts, in a folder outside the database. A key has a number; who has it is for the database
/// to know. Safe to use from many threads and processes.
/// </summary>
internal sealed class TextKeys(string folder, string? masterKey) : IDisposable
{
    private const int PlaceBits = 20, FirstBlock = 16, LargestBlock = 1_024, Remembered = 20_000;

    private readonly Lock _making = new();
    private readonly ConcurrentDictionary<int, KeyFile> _files = new();
    private readonly BoundedCache<long, byte[]> _keys = new(Remembered);
    private KeyFile? _own;
    private int _next;
    private List<byte[]>? _masters;

    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>The file that holds a key.</summary>
    public static int FileOf(long key) => (int)(key >> PlaceBits);

    /// <summary>The lowest and highest number that a file's keys can have.</summary>
    public static (long First, long Last) RangeOf(int file) =>
        ((long)file << PlaceBits, ((file + 1L) << PlaceBits) - 1);

    /// <summary>A key that nobody has.</summary>
    public long Make()
    {
        lock (_making)
        {
            if (_own is null || _next == 1 << PlaceBits) Begin();
            var count = _own!.Count;
            if (_next == count) _own.Add(Math.Clamp(count, FirstBlock, LargestBlock), Masters()[0]);
            return ((long)_own.Number << PlaceBits) | (long)_next++;
        }
    }

    /// <summary>A key, or null when it was destroyed.</summary>
    /// <exception cref="StorageException">Its file or the master key is missing.</exception>
    public byte[]? Find(long key)
    {
        if (_keys.Find(key) is { } known) return known;
        var (file, place) = (FileAt(key), PlaceOf(key));
        if (file.Read(place, Masters(), out _) is not { } read)
            return file.IsDestroyed(place) ? null : throw file.Closed();
        _keys.Set(key, read);
        return read;
    }

    /// <summary>Destroys a key: what it closed stays closed. On the disk when it returns.</summary>
    public void Destroy(long key)
    {
        // First the note: what is noted is destroyed again when an older copy of the folder comes back in parts.
        lock (_making) File.AppendAllText(Noted, $"{key.ToString(CultureInfo.InvariantCulture)}\n");
        FileAt(key).Destroy(PlaceOf(key));
        _keys.Forget(key);
    }

    /// <summary>Keys that were destroyed.</summary>
    public IReadOnlyList<long> Destroyed() => !File.Exists(Noted) ? [] :
    [
        .. from line in File.ReadAllLines(Noted)
           where line.Length > 0
           select long.Parse(line, CultureInfo.InvariantCulture),
    ];

    /// <summary>Why texts of a database cannot be read, or null.</summary>
    /// <param name="files">The files that it needs.</param>
    public string? Problem(IReadOnlyList<int> files)
    {
        var missing = files.Where(f => !File.Exists(Path.Combine(Folder, KeyFile.NameOf(f)))).ToList();
        if (missing.Count > 0)
            return $"the texts of this database are encrypted, and of its {files.Count} files of keys {missing.Count} are "
                + $"not in {Folder} ({string.Join(", ", missing.Take(3).Select(KeyFile.NameOf))}): put the newest copy of "
                + "that folder there, or name another with BATON__Storage__Keys. When it is lost for good, "
                + "`baton customers accept-loss` lets Baton start without those texts";
        try
        {
            var masters = Masters();
            return files.Select(FileOrNull).FirstOrDefault(f => f is not null && IsClosed(f, masters)) is { } closed
                ? closed.Closed().Message
                : null;
        }
        catch (StorageException error)
        {
            return error.Message;
        }
    }

    /// <summary>
    /// Wraps all keys by the first master key; with those in the folder's file alone, by a new one. What was destroyed
    /// meanwhile is destroyed again. Returns how many were wrapped anew.
    /// </summary>
    public int Rotate()
    {
        var inFile = File.Exists(MasterKeys.PathIn(Folder));
        if (masterKey is null && inFile) MasterKeys.Precede(Folder);
        _masters = null;
        var masters = Masters();
        var changed = 0;
        foreach (var path in Directory.GetFiles(Folder, "*.keys"))
        {
            var number = int.Parse(
                Path.GetFileNameWithoutExtension(path), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            changed += FileOrNull(number)?.Rewrap(masters) ?? 0;
        }
        foreach (var key in Destroyed()) FileOrNull(FileOf(key))?.Destroy(PlaceOf(key));
        if (masterKey is null && inFile) MasterKeys.KeepFirst(Folder);
        else if (inFile) File.Delete(MasterKeys.PathIn(Folder));
        _masters = null;
        return changed;
    }

    public void Dispose()
    {
        foreach (var file in _files.Values) file.Dispose();
    }

    /// <summary>Whether there is a key in it, and no master key for that.</summary>
    private static bool IsClosed(KeyFile file, List<byte[]> masters)
    {
        for (var place = 0; place < file.Count; place++)
            if (!file.IsDestroyed(place)) return file.Read(place, masters, out _) is null;
        return false;
    }

    private string Noted => Path.Combine(Folder, "destroyed");

    private static int PlaceOf(long key) => (int)(key & ((1 << PlaceBits) - 1));

    private void Begin()
    {
        Directory.CreateDirectory(Folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (Masters().Count == 0)
        {
            MasterKeys.Make(Folder);
            _masters = null;
        }
        (_own, _next) = (KeyFile.Make(Folder), 0);
        _files[_own.Number] = _own;
    }

    private List<byte[]> Masters() => _masters ??= MasterKeys.Read(Folder, masterKey);

    private KeyFile FileAt(long key) => _files.GetValueOrDefault(FileOf(key)) ?? FileOrNull(FileOf(key))
        ?? throw new StorageException(
            $"{Path.Combine(Folder, KeyFile.NameOf(FileOf(key)))}: this file of keys is missing, and without it texts of "
            + "customers cannot be read: see docs/operating/erasure.md.", isTransient: false);

    private KeyFile? FileOrNull(int number)
    {
        if (KeyFile.Find(Folder, number) is not { } found) return null;
        var kept = _files.GetOrAdd(number, found);
        if (!ReferenceEquals(kept, found)) found.Dispose();
        return kept;
    }
}
