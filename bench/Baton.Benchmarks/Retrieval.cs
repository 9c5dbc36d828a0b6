using Baton.Knowledge;
using BenchmarkDotNet.Attributes;

namespace Baton.Benchmarks;

/// <summary>
/// How long a search takes as the knowledge base grows, on made-up articles whose words follow Zipf's law. A question
/// has eight words; the long one sixty, as a pasted e-mail has.
/// </summary>
[MemoryDiagnoser]
public class Retrieval : IDisposable
{
    private const int PassagesPerArticle = 10;
    private const int WordsPerPassage = 80;
    private const int Vocabulary = 60_000;

    private KnowledgeIndex _index = null!;
    private string[] _short = [];
    private string[] _long = [];
    private int _next;

    [Params(10_000, 200_000)]
    public int Passages { get; set; }

    [GlobalSetup]
    public void Build()
    {
        var random = new Random(1);
        _index = new KnowledgeIndex();
        _index.AddRange(Enumerable.Range(0, Passages / PassagesPerArticle).Select(i => new Article
        {
            Id = $"a{i}",
            Title = Words(random, 5),
            Body = string.Join("\n\n", Enumerable.Range(0, PassagesPerArticle)
                .Select(_ => $"## {Words(random, 3)}\n\n{Words(random, WordsPerPassage)}.")),
        }));
        _short = [.. Enumerable.Range(0, 64).Select(_ => Words(random, 8))];
        _long = [.. Enumerable.Range(0, 64).Select(_ => Words(random, 60))];
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _index.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public IReadOnlyList<Passage> Short_question() => _index.Search(_short[_next++ & 63]);

    [Benchmark]
    public IReadOnlyList<Passage> Long_question() => _index.Search(_long[_next++ & 63]);

    private static string Words(Random random, int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ =>
        // The inverse of a continuous Zipf distribution: rank r with a probability of about 1 / r.
        $"w{(int)Math.Exp(random.NextDouble() * Math.Log(Vocabulary))}"));
}
