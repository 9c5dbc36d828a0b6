using System.Security.Cryptography;
using Baton.Storage;
using Baton.Storage.Sealing;

namespace Baton.Tests.Storage.Sealing;

/// <summary>The keys of customers' texts, in files outside the database.</summary>
public sealed class TextKeysTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-keys-").FullName;

    private string Folder => Path.Combine(_folder, "keys");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Gives_every_key_once_and_finds_it_after_a_restart()
    {
        Dictionary<long, byte[]> made;
        using (var keys = Open())
        {
            var numbers = Enumerable.Range(0, 3_000).Select(_ => keys.Make()).ToList();
            made = numbers.ToDictionary(n => n, n => keys.Find(n)!);
        }

        using var again = Open();
        Assert.Equal(3_000, made.Count);
        Assert.Equal(3_000, made.Values.Select(Convert.ToHexString).Distinct().Count());
        Assert.All(made, key => Assert.Equal(key.Value, again.Find(key.Key)));
        Assert.DoesNotContain(again.Make(), made.Keys);
        Assert.Null(again.Problem([.. made.Keys.Select(TextKeys.FileOf).Distinct()]));
    }

    [Fact]
    public void Serves_two_processes_on_one_folder()
    {
        using var one = Open();
        using var other = Open();
        var (a, b) = (one.Make(), other.Make());

        Assert.NotEqual(a, b);
        Assert.Equal(one.Find(a), other.Find(a));
        Assert.Equal(other.Find(b), one.Find(b));
    }

    [Fact]
    public void Destroys_a_key_for_every_process_and_for_good()
    {
        long kept, gone;
        using (var keys = Open())
        {
            (kept, gone) = (keys.Make(), keys.Make());
            keys.Destroy(gone);
            Assert.Null(keys.Find(gone));
        }

        using var again = Open();
        Assert.Null(again.Find(gone));
        Assert.NotNull(again.Find(kept));
        Assert.Equal([gone], again.Destroyed());
    }

    [Fact]
    public void Wraps_keys_with_the_master_key_of_the_setting()
    {
        long key;
        using (var keys = Open(Master(1))) key = keys.Make();

        Assert.False(File.Exists(MasterKeys.PathIn(Folder)));
        using var wrong = Open(Master(2));
        Assert.Contains("BATON__Storage__MasterKey", wrong.Problem([TextKeys.FileOf(key)]), StringComparison.Ordinal);
        Assert.Throws<StorageException>(() => wrong.Find(key));
        using var both = Open($"{Master(2)},{Master(1)}");
        Assert.Null(both.Problem([TextKeys.FileOf(key)]));
        Assert.NotNull(both.Find(key));
    }

    [Fact]
    public void Says_what_is_missing_when_the_master_key_is_lost()
    {
        long key;
        using (var keys = Open()) key = keys.Make();
        File.Delete(MasterKeys.PathIn(Folder));

        using var lost = Open();
        Assert.Contains("master.key", lost.Problem([TextKeys.FileOf(key)]), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_what_is_missing_when_the_folder_is_lost()
    {
        long key;
        using (var keys = Open()) key = keys.Make();
        Directory.Delete(Folder, recursive: true);

        using var lost = Open();
        var problem = lost.Problem([TextKeys.FileOf(key)]);
        Assert.Contains(Folder, problem, StringComparison.Ordinal);
        Assert.Contains("accept-loss", problem, StringComparison.Ordinal);
        Assert.Throws<StorageException>(() => lost.Find(key));
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("c2hvcnQ=")]
    public void Refuses_a_master_key_that_is_none(string given)
    {
        using var keys = Open(given);

        Assert.Contains("32 bytes", Assert.Throws<StorageException>(() => keys.Make()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_the_master_key_of_the_folder_so_that_older_copies_open_nothing()
    {
        long key, gone;
        byte[] before;
        using (var keys = Open())
        {
            (key, gone) = (keys.Make(), keys.Make());
            before = keys.Find(key)!;
        }
        var copy = Path.Combine(_folder, "copy");
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(Folder)) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));

        using (var keys = Open())
        {
            keys.Destroy(gone);
            Assert.True(keys.Rotate() > 0);
            Assert.Equal(before, keys.Find(key));
            Assert.Null(keys.Find(gone));
        }

        using var again = Open();
        Assert.Equal(before, again.Find(key));
        File.Copy(MasterKeys.PathIn(Folder), MasterKeys.PathIn(copy), overwrite: true);
        using var old = new TextKeys(copy, null);
        Assert.Throws<StorageException>(() => old.Find(gone));
        Assert.Single(File.ReadAllLines(MasterKeys.PathIn(Folder)), line => line.Length > 0);
    }

    [Fact]
    public void Moves_from_the_folder_to_the_setting()
    {
        long key;
        using (var keys = Open()) key = keys.Make();

        using (var keys = Open(Master(1))) Assert.True(keys.Rotate() > 0);

        Assert.False(File.Exists(MasterKeys.PathIn(Folder)));
        using var again = Open(Master(1));
        Assert.NotNull(again.Find(key));
    }

    [Fact]
    public void Opens_a_text_only_where_it_was_closed_and_unchanged()
    {
        using var keys = Open();
        var key = keys.Find(keys.Make())!;
        var closed = Seal.Close(key, "hello"u8, "T-1/1");

        Assert.Equal("hello"u8.ToArray(), Seal.Open(key, closed, "T-1/1"));
        Assert.Throws<StorageException>(() => Seal.Open(key, closed, "T-1/2"));
        Assert.Throws<StorageException>(() => Seal.Open(keys.Find(keys.Make())!, closed, "T-1/1"));
        closed[^1] ^= 1;
        Assert.Throws<StorageException>(() => Seal.Open(key, closed, "T-1/1"));
        Assert.Throws<StorageException>(() => Seal.Open(key, closed.AsSpan(0, 20), "T-1/1"));
    }

    private TextKeys Open(string? master = null) => new(Folder, master);

    private static string Master(byte seed) =>
        Convert.ToBase64String(SHA256.HashData([seed]));
}
