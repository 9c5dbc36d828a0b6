using Baton.Knowledge;

namespace Baton.Tests.Knowledge;

/// <summary>What an index computed once it does not compute again.</summary>
public sealed class TopicSpaceCacheTests : IDisposable
{
    private const string Question = "how long until the parcel with boots arrives";

    private readonly string _folder = Directory.CreateTempSubdirectory("baton-topics-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Ranks_the_same_from_the_file_as_freshly_fitted()
    {
        var fresh = Search(null);

        Assert.Equal(fresh, Search(_folder));
        var written = File.GetLastWriteTimeUtc(Assert.Single(Files()));
        Assert.Equal(fresh, Search(_folder));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Assert.Single(Files())));
    }

    [Fact]
    public void Two_hosts_of_one_program_may_fit_the_same_space_at_once()
    {
        Parallel.For(0, 8, new() { MaxDegreeOfParallelism = 8 }, _ => Assert.NotEmpty(Search(_folder)));

        Assert.Single(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(200)]
    [InlineData(-1)]
    public void Fits_again_when_a_byte_of_the_file_is_wrong(int at)
    {
        var fresh = Search(_folder);
        var file = Assert.Single(Files());
        var bytes = File.ReadAllBytes(file);
        bytes[at < 0 ? bytes.Length - 1 : at] ^= 0x10;
        File.WriteAllBytes(file, bytes);

        Assert.Equal(fresh, Search(_folder));
        Assert.NotEqual(bytes, File.ReadAllBytes(Assert.Single(Files())));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(100)]
    public void Fits_again_when_the_file_is_cut_off(int length)
    {
        var fresh = Search(_folder);
        var file = Assert.Single(Files());
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..length]);

        Assert.Equal(fresh, Search(_folder));
    }

    [Fact]
    public void Has_a_file_for_every_content_and_every_setting()
    {
        Search(_folder);
        Search(_folder, articles: 41);
        Search(_folder, options: new KnowledgeOptions { Seed = 2 });

        Assert.Equal(3, Files().Length);
    }

    [Fact]
    public void Writes_nothing_where_too_few_passages_make_no_space()
    {
        Search(_folder, articles: 3);

        Assert.Empty(Files());
    }

    private string[] Files() => Directory.GetFiles(_folder);

    private static List<(string, double)> Search(string? folder, int articles = 40, KnowledgeOptions? options = null)
    {
        using var index = new KnowledgeIndex(options, cacheFolder: folder);
        index.AddRange(Enumerable.Range(0, articles).Select(i => Articles.New($"a{i}", $"Parcel {Word(i)}",
            $"A parcel with {Word(i)} and {Word(i / 3)} arrives in {i} days. Boots need {Word(i / 5)} days more.")));
        return [.. index.Search(Question).Select(p => (p.ArticleId, p.Score))];
    }

    private static string Word(int i) =>
        ((string[])["boots", "tents", "ropes", "stoves", "maps", "lamps", "skis"])[i % 7];
}
