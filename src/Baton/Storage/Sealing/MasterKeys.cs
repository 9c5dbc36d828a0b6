using System.Security.Cryptography;

namespace Baton.Storage.Sealing;

/// <summary>
/// The keys that wrap the keys of customers: the first one wraps, all of them open. They come from a setting, and from
/// a file beside the customers' keys, which is made where there is no setting.
/// </summary>
internal static class MasterKeys
{
    public const int Bytes = 32;

    public static string PathIn(string folder) => Path.Combine(folder, "master.key");

    /// <summary>Those of the setting, then those of the file; none where there are none yet.</summary>
    /// <param name="given">The setting: base64, several with commas or blanks between them.</param>
    /// <exception cref="StorageException">One of them is no key.</exception>
    public static List<byte[]> Read(string folder, string? given)
    {
        var keys = Parse(given, "setting BATON__Storage__MasterKey");
        var path = PathIn(folder);
        if (File.Exists(path)) keys.AddRange(Parse(File.ReadAllText(path), path));
        return keys;
    }

    /// <summary>Makes the file; another process that does so at once has made it for both.</summary>
    public static void Make(string folder)
    {
        // Whole under its own name: who reads it now reads all of it or none.
        var unfinished = Path.Combine(folder, Path.GetRandomFileName());
        Write(unfinished, New());
        try
        {
            File.Move(unfinished, PathIn(folder), overwrite: false);
        }
        catch (IOException) when (File.Exists(PathIn(folder)))
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Puts a new key before those of the file.</summary>
    public static void Precede(string folder)
    {
        var unfinished = Path.Combine(folder, Path.GetRandomFileName());
        Write(unfinished, New() + File.ReadAllText(PathIn(folder)));
        File.Move(unfinished, PathIn(folder), overwrite: true);
    }

    /// <summary>Leaves the first key of the file, and writes over the others.</summary>
    public static void KeepFirst(string folder)
    {
        var path = PathIn(folder);
        var first = File.ReadAllLines(path)[0] + "\n";
        using var file = KeyFile.Open(path, FileMode.Open);
        var old = new byte[RandomAccess.GetLength(file)];
        old.AsSpan().Fill((byte)'\n');
        System.Text.Encoding.ASCII.GetBytes(first, old);
        RandomAccess.Write(file, old, 0);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Tells keys apart without telling them.</summary>
    public static string Name(ReadOnlySpan<byte> key) => Convert.ToHexStringLower(SHA256.HashData(key))[..8];

    private static string New() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)) + "\n";

    private static void Write(string path, string text)
    {
        using var file = KeyFile.Open(path, FileMode.CreateNew);
        RandomAccess.Write(file, System.Text.Encoding.ASCII.GetBytes(text), 0);
        RandomAccess.FlushToDisk(file);
    }

    private static List<byte[]> Parse(string? text, string place)
    {
        var keys = new List<byte[]>();
        foreach (var word in (text ?? "").Split([',', ' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            var key = new byte[Bytes];
            if (!Convert.TryFromBase64String(word, key, out var written) || written != Bytes)
                throw new StorageException(
                    $"{place}: key {keys.Count + 1} is not {Bytes} bytes in base64; `openssl rand -base64 {Bytes}` makes "
                    + "one.", isTransient: false);
            keys.Add(key);
        }
        return keys;
    }
}
