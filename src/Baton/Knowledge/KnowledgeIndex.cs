using Baton.Knowledge.Answers;
using Baton.Knowledge.Indexing;
using Baton.Knowledge.Indexing.Topics;

namespace Baton.Knowledge;

/// <summary>
/// A search index over articles, in memory, that is changed in place. Any number of threads may search; changes wait
/// for searches that are running and are seen by all that start later.
/// </summary>
/// <param name="cacheFolder">Where what takes long to compute is kept, by content; null computes it every time.</param>
public sealed class KnowledgeIndex(
    KnowledgeOptions? options = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? synonyms = null,
    string? cacheFolder = null) : IDisposable
{
    private const int FewestForTopics = 32;

    private static readonly SearchOptions DefaultSearch = new();

    private readonly KnowledgeOptions _options = options ?? new();
    private readonly Synonyms _synonyms = new(synonyms ?? new Dictionary<string, IReadOnlyList<string>>());
    private readonly TermIndex _index = new(options ?? new());
    private readonly Dictionary<string, (Article Article, List<StoredPassage> Passages)> _articles = [];
    private readonly TopicSpaceCache? _cache = cacheFolder is null ? null : new(cacheFolder);
    private readonly ReaderWriterLockSlim _access = new();
    private readonly Lock _changing = new();
    private TopicSpace? _topics;
    private int _fitted;
    private int _changed;

    /// <summary>How many articles are in the index.</summary>
    public int ArticleCount => Read(() => _articles.Count);

    /// <summary>How many passages they were cut into.</summary>
    public int PassageCount => Read(() => _index.Live);

    /// <summary>Adds an article.</summary>
    /// <exception cref="ArgumentException">There is one with this id, or it is too long.</exception>
    public void Add(Article article) => AddRange([article]);

    /// <summary>Adds many articles at once, which is faster than one by one; all or none.</summary>
    /// <exception cref="ArgumentException">An id is there already or occurs twice, or an article is too
    /// long.</exception>
    public void AddRange(IEnumerable<Article> articles) => Change([], [.. articles]);

    /// <summary>Removes an article; false when there is none with this id.</summary>
    public bool Remove(string id)
    {
        lock (_changing)
        {
            if (!_articles.ContainsKey(id)) return false;
            Change([id], []);
            return true;
        }
    }

    /// <summary>
    /// Puts an article in the place of the one with the same id, or adds it. Searches see the one or the other.
    /// </summary>
    public void Replace(Article article)
    {
        lock (_changing)
            Change(_articles.ContainsKey(article.Id) ? [article.Id] : [], [article]);
    }

    /// <summary>The article with this id, or null.</summary>
    public Article? Find(string id) => Read(() => _articles.TryGetValue(id, out var entry) ? entry.Article : null);

    /// <summary>
    /// The passages that fit a question best, best first. Any text is accepted; nothing fits an empty one.
    /// </summary>
    public IReadOnlyList<Passage> Search(string question, SearchOptions? options = null) => Read(() =>
        Ranking.Search(Query.From(question, _index, _synonyms, _options), _index, _topics, _options,
            options ?? DefaultSearch));

    /// <summary>Stops the locks; the index cannot be used afterwards.</summary>
    public void Dispose() => _access.Dispose();

    /// <summary>A question's words with BM25's rarity, unknown ones as the rarest; for weighing answers.</summary>
    internal AskedWords Asked(string question) => Read(() => new AskedWords(question, _index));

    private void Change(IReadOnlyList<string> removed, IReadOnlyList<Article> added)
    {
        lock (_changing)
        {
            Check(removed, added);
            var chunks = added.Select(a => Chunker.Split(a, _options)).ToList();
            _access.EnterWriteLock();
            try
            {
                foreach (var id in removed) Drop(id);
                for (var i = 0; i < added.Count; i++) Put(added[i], chunks[i]);
                _index.Settle();
            }
            finally
            {
                _access.ExitWriteLock();
            }
            FitTopics();
        }
    }

    private void Check(IReadOnlyList<string> removed, IReadOnlyList<Article> added)
    {
        var ids = new HashSet<string>();
        foreach (var article in added)
        {
            if (!ids.Add(article.Id) || (_articles.ContainsKey(article.Id) && !removed.Contains(article.Id)))
                throw new ArgumentException($"There is an article '{article.Id}' already; use Replace to change it.");
            if (article.Body.Length > _options.LongestArticle)
            {
                throw new ArgumentException(
                    $"Article '{article.Id}' has {article.Body.Length:N0} characters; the limit is " +
                    $"{_options.LongestArticle:N0} ({nameof(KnowledgeOptions.LongestArticle)}). Split it.");
            }
        }
    }

    private void Drop(string id)
    {
        if (!_articles.Remove(id, out var entry)) return;
        foreach (var passage in entry.Passages) _index.Remove(passage);
        _changed += entry.Passages.Count;
    }

    private void Put(Article article, List<Chunk> chunks)
    {
        var passages = new List<StoredPassage>(chunks.Count);
        var terms = new List<int>();
        foreach (var chunk in chunks)
        {
            terms.Clear();
            _index.Lexicon.Read(article.Title, terms);
            var title = terms.Count;
            _index.Lexicon.Read(chunk.Heading, terms);
            var heading = terms.Count - title;
            _index.Lexicon.Read(article.Body.AsSpan(chunk.Start, chunk.End - chunk.Start), terms);
            var passage = new StoredPassage(article, chunk, [.. terms], title, heading);
            _index.Add(passage);
            passage.Topics = _topics?.VectorOf(passage, _index, _options);
            passages.Add(passage);
        }
        _articles.Add(article.Id, (article, passages));
        _changed += passages.Count;
    }

    /// <summary>A new topic space when half of the passages are new; searches go on while it is computed.</summary>
    private void FitTopics()
    {
        if (_options.TopicWeight <= 0 || _changed * 2 < _fitted) return;
        var topics = _index.Live < FewestForTopics ? null
            : _cache?.GetOrFit(_index, _options) ?? TopicSpace.Fit(_index, _options);
        var passages = _index.Passages;
        var vectors = new float[passages.Count][];
        if (topics is not null)
            Parallel.For(0, vectors.Length, i => vectors[i] = topics.VectorOf(passages[i], _index, _options));
        _access.EnterWriteLock();
        try
        {
            for (var i = 0; i < vectors.Length; i++) passages[i].Topics = vectors[i];
            (_topics, _fitted, _changed) = (topics, _index.Live, 0);
        }
        finally
        {
            _access.ExitWriteLock();
        }
    }

    private T Read<T>(Func<T> read)
    {
        _access.EnterReadLock();
        try
        {
            return read();
        }
        finally
        {
            _access.ExitReadLock();
        }
    }
}
