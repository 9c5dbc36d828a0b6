using System.Diagnostics;
using System.Text.Json;
using Baton.Knowledge;

namespace Baton.Benchmarks;

/// <summary>
/// How long a search and a change take as the knowledge base grows. Articles are made of sentences drawn at random from
/// real product documentation, one word in five exchanged for another one of the same collection, so that word
/// frequencies and lengths are real and no two articles are alike. The questions are real.
/// </summary>
internal static class RetrievalLatency
{
    private const int SectionsPerArticle = 8;
    private const int SentencesPerSection = 5;
    private const int QuestionCount = 400;

    public static int Run(string data)
    {
        var corpus = Corpus.Read(data);
        Console.WriteLine("| passages | index, s | memory, MB | short questions, p50 / p99 ms | long questions, p50 / p99 ms | replace one article, ms |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var passages in new[] { 10_000, 200_000 }) Measure(corpus, passages);
        return 0;
    }

    private static void Measure(Corpus corpus, int passages)
    {
        var random = new Random(1);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var articles = Enumerable.Range(0, passages / SectionsPerArticle).Select(i => Article(corpus, random, i))
            .ToList();
        using var index = new KnowledgeIndex();
        var watch = Stopwatch.StartNew();
        index.AddRange(articles);
        var seconds = watch.Elapsed.TotalSeconds;
        var memory = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;
        var questions = Latency(index, corpus.Questions);
        var letters = Latency(index, corpus.Letters);
        watch.Restart();
        for (var i = 0; i < 50; i++) index.Replace(Article(corpus, random, i * 7));
        var replace = watch.Elapsed.TotalMilliseconds / 50;
        Console.WriteLine($"| {index.PassageCount:N0} | {seconds:0.0} | {memory:0} | {questions} | {letters} | {replace:0.00} |");
    }

    /// <summary>The best of five runs of each question, so that pauses of other programs do not count.</summary>
    private static string Latency(KnowledgeIndex index, IReadOnlyList<string> questions)
    {
        foreach (var question in questions) index.Search(question);
        var best = questions.Select(question => Enumerable.Range(0, 5).Min(_ =>
        {
            var started = Stopwatch.GetTimestamp();
            index.Search(question);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        })).Order().ToList();
        return $"{best[best.Count / 2]:0.00} / {best[best.Count * 99 / 100]:0.00}";
    }

    private static Article Article(Corpus corpus, Random random, int number)
    {
        string Sentences(int count) =>
            string.Join(' ', Enumerable.Range(0, count).Select(_ => corpus.Sentence(random)));
        return new Article
        {
            Id = $"a{number}",
            Title = corpus.Words(random, 6),
            Body = string.Join("\n\n", Enumerable.Range(0, SectionsPerArticle)
                .Select(_ => $"## {corpus.Words(random, 3)}\n\n{Sentences(SentencesPerSection)}")),
        };
    }

    private sealed record Corpus(string[][] Parts, string[] Vocabulary, string[] Questions, string[] Letters)
    {
        public static Corpus Read(string data)
        {
            IEnumerable<string> Texts(string file, string field) => File.ReadLines(Path.Combine(data, file))
                .Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty(field).GetString()!);
            var sentences = Texts("aws_docs_qa/documents.jsonl", "text")
                .Concat(Texts("tau2/banking_documents.jsonl", "content"))
                .SelectMany(text => text.Split(['.', '\n'], StringSplitOptions.RemoveEmptyEntries))
                .Select(s => s.Split([' ', '#', '*', '|', '`'], StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words.Length is >= 5 and <= 30).ToArray();
            var asked = Texts("aws_docs_qa/queries_train.jsonl", "text")
                .Concat(Texts("stackfaq/queries_train.jsonl", "text"))
                .Concat(Texts("banking77/train.jsonl", "text").Where((_, i) => i % 50 == 0)).ToArray();
            var letters = Texts("multilang_tickets/train.jsonl", "body").Where(t => t.Contains(" the "))
                .Take(QuestionCount);
            return new Corpus(sentences, [.. sentences.SelectMany(s => s)],
                [.. asked.Where((_, i) => i % (asked.Length / QuestionCount + 1) == 0)], [.. letters]);
        }

        public string Sentence(Random random) => string.Join(' ', Parts[random.Next(Parts.Length)]
            .Select(word => random.Next(5) == 0 ? Vocabulary[random.Next(Vocabulary.Length)] : word)) + ".";

        public string Words(Random random, int count) => string.Join(' ',
            Enumerable.Range(0, count).Select(_ => Vocabulary[random.Next(Vocabulary.Length)]));
    }
}
