using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Baton.Storage.Sealing;

/// <summary>
/// A file of customers' keys, each wrapped by a master key. One process adds to a file, the one that made it; every
/// process reads it and may destroy keys in it.
/// </summary>
/// <remarks>
/// Places of 64 bytes, so that no write of one crosses a sector. Each holds a key (nonce, key, tag), or zeros where it
/// was destroyed. File and place are bound into the wrap: keys cannot change places.
/// </remarks>
internal sealed class KeyFile(string path, int number, SafeFileHandle handle) : IDisposable
{
    private const int Place = 64;

    private const int Nonce = 12, Tag = 16, Wrapped = Nonce + MasterKeys.Bytes + Tag;

    public int Number { get; } = number;

    public string Path { get; } = path;

    /// <summary>Keys it holds, those that were destroyed included.</summary>
    public int Count => (int)(RandomAccess.GetLength(handle) / Place);

    public static string NameOf(int number) => $"{number:x8}.keys";

    /// <summary>A new file under a number that nobody has.</summary>
    public static KeyFile Make(string folder)
    {
        while (true)
        {
            var number = RandomNumberGenerator.GetInt32(1, int.MaxValue);
            var path = System.IO.Path.Combine(folder, NameOf(number));
            if (File.Exists(path)) continue;
            return new KeyFile(path, number, Open(path, FileMode.CreateNew));
        }
    }

    /// <summary>A file that is there, or null.</summary>
    public static KeyFile? Find(string folder, int number)
    {
        var path = System.IO.Path.Combine(folder, NameOf(number));
        return File.Exists(path) ? new KeyFile(path, number, Open(path, FileMode.Open)) : null;
    }

    public static SafeFileHandle Open(string path, FileMode mode)
    {
        const FileShare All = FileShare.ReadWrite | FileShare.Delete;
        var file = File.OpenHandle(path, mode, FileAccess.ReadWrite, All);
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    /// <summary>Adds so many new keys, on the disk when it returns.</summary>
    public void Add(int count, byte[] master)
    {
        var first = Count;
        var places = new byte[count * Place];
        for (var i = 0; i < count; i++)
            Wrap(RandomNumberGenerator.GetBytes(MasterKeys.Bytes), first + i, master, places.AsSpan(i * Place, Place));
        RandomAccess.Write(handle, places, Offset(first));
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>The key of a place.</summary>
    /// <param name="by">Which master key opened it; -1 when none did.</param>
    /// <returns>Null when it was destroyed or none opens it.</returns>
    public byte[]? Read(int place, IReadOnlyList<byte[]> masters, out int by)
    {
        Span<byte> wrapped = stackalloc byte[Place];
        by = -1;
        if (RandomAccess.Read(handle, wrapped, Offset(place)) < Place || !wrapped.ContainsAnyExcept((byte)0))
            return null;
        var key = new byte[MasterKeys.Bytes];
        for (var i = 0; i < masters.Count; i++)
            if (TryOpen(wrapped, place, masters[i], key))
            {
                by = i;
                return key;
            }
        return null;
    }

    /// <summary>Whether the key of a place was destroyed.</summary>
    public bool IsDestroyed(int place)
    {
        Span<byte> wrapped = stackalloc byte[Place];
        return RandomAccess.Read(handle, wrapped, Offset(place)) == Place && !wrapped.ContainsAnyExcept((byte)0);
    }

    /// <summary>Writes zeros over a key, on the disk when it returns.</summary>
    public void Destroy(int place)
    {
        RandomAccess.Write(handle, new byte[Place], Offset(place));
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Wraps every key that another master key wrapped by the first; returns how many.</summary>
    /// <exception cref="StorageException">No master key opens one of them.</exception>
    public int Rewrap(IReadOnlyList<byte[]> masters)
    {
        var (count, changed, wrapped) = (Count, 0, new byte[Place]);
        for (var place = 0; place < count; place++)
        {
            if (Read(place, masters, out var by) is not { } key)
            {
                if (!IsDestroyed(place)) throw Closed();
                continue;
            }
            if (by == 0) continue;
            wrapped.AsSpan().Clear();
            Wrap(key, place, masters[0], wrapped);
            RandomAccess.Write(handle, wrapped, Offset(place));
            changed++;
        }
        RandomAccess.FlushToDisk(handle);
        return changed;
    }

    public StorageException Closed() => new(
        $"{Path}: no master key opens it; the one that wraps it is missing or another (setting BATON__Storage__MasterKey, "
        + $"or {MasterKeys.PathIn(System.IO.Path.GetDirectoryName(Path)!)}): see docs/operating/erasure.md.",
        isTransient: false);

    public void Dispose() => handle.Dispose();

    private static long Offset(int place) => (long)place * Place;

    private void Wrap(byte[] key, int place, byte[] master, Span<byte> into)
    {
        RandomNumberGenerator.Fill(into[..Nonce]);
        using var cipher = new AesGcm(master, Tag);
        cipher.Encrypt(
            into[..Nonce], key, into.Slice(Nonce, key.Length), into.Slice(Nonce + key.Length, Tag), Where(place));
    }

    private bool TryOpen(ReadOnlySpan<byte> wrapped, int place, byte[] master, byte[] key)
    {
        using var cipher = new AesGcm(master, Tag);
        try
        {
            cipher.Decrypt(
                wrapped[..Nonce], wrapped.Slice(Nonce, key.Length), wrapped[(Nonce + key.Length)..Wrapped], key,
                Where(place));
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    private byte[] Where(int place)
    {
        var where = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(where, Number);
        BinaryPrimitives.WriteInt32BigEndian(where.AsSpan(4), place);
        return where;
    }
}
