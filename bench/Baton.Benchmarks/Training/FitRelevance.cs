using System.Text.Json;
using Baton.Knowledge;
using Baton.Playbooks;

namespace Baton.Benchmarks.Training;

/// <summary>
/// Fits the weights of an answer's relevance and prints them with cross-validated figures:
/// <c>dotnet run -c Release --project bench/Baton.Benchmarks -- fit-relevance ../shared/data</c>. Right answers are
/// questions of StackFAQ whose own article was chosen, and northwind's examples with an article of their intent. Wrong
/// ones look like them: the same questions without their article, and examples with the articles of the most similar
/// other intent.
/// </summary>
internal static class FitRelevance
{
    private const int Folds = 5;
    private const int Passes = 3_000;
    private const double Ridge = 1e-3;
    private const int Searched = 20;

    private sealed record Row(double[] X, int Y, string Group);

    public static int Run(string data)
    {
        var sets = new[] { ("stackfaq", StackFaq(data)), ("northwind", Northwind()) };
        foreach (var (name, rows) in sets)
            Console.WriteLine($"{name}: {rows.Count} answers, {rows.Count(r => r.Y == 1)} right");
        var scores = sets.Select(s => new double[s.Item2.Count]).ToArray();
        for (var fold = 0; fold < Folds; fold++)
        {
            var weights = Fit([.. sets.Select(s => s.Item2.Where(r => FoldOf(r) != fold).ToList())]);
            for (var s = 0; s < sets.Length; s++)
                for (var i = 0; i < scores[s].Length; i++)
                    if (FoldOf(sets[s].Item2[i]) == fold) scores[s][i] = Score(weights, sets[s].Item2[i].X);
        }
        for (var s = 0; s < sets.Length; s++) Report(sets[s].Item1, sets[s].Item2, scores[s]);
        Console.WriteLine("bias, weights: "
            + string.Join(", ", Fit([.. sets.Select(s => s.Item2)]).Select(w => w.ToString("0.###"))));
        return 0;
    }

    private static List<Row> StackFaq(string data)
    {
        using var index = new KnowledgeIndex();
        index.AddRange(Lines($"{data}/stackfaq/documents.jsonl").Select(d => new Article
        {
            Id = Text(d, "id"), Title = Text(d, "question"),
            Body = string.Join("\n\n", d.GetProperty("answers").EnumerateArray().Select(a => a.GetString())),
        }));
        var composer = new AnswerComposer(index);
        var rows = new List<Row>();
        foreach (var query in Lines($"{data}/stackfaq/queries_train.jsonl"))
        {
            var (question, gold) = (Text(query, "text"), query.GetProperty("relevant")[0].GetString()!);
            var found = index.Search(question, new SearchOptions { Top = Searched });
            if (found.Count == 0) continue;
            Add(rows, composer, question, found, found[0].ArticleId == gold ? 1 : 0, gold);
            Add(rows, composer, question, [.. found.Where(p => p.ArticleId != gold)], 0, gold);
        }
        return rows;
    }

    private static List<Row> Northwind()
    {
        if (PlaybookLoader.Load("playbooks/northwind") is not LoadedPlaybook.Valid { Playbook: var playbook })
            throw new InvalidOperationException("run it in the folder of the repository");
        using var index = new KnowledgeIndex(synonyms: playbook.Synonyms);
        index.AddRange(playbook.Articles.Select(
            a => new Article { Id = a.Id, Title = a.Title, Body = a.Body, Tags = a.Tags }));
        var composer = new AnswerComposer(index);
        var rows = new List<Row>();
        foreach (var intent in playbook.Intents.Where(i => i.Class == IntentClass.Knowledge && i.Articles.Count > 0))
        {
            foreach (var example in intent.Examples)
            {
                var found = index.Search(example, new SearchOptions { Top = 100 });
                Add(rows, composer, example, [.. found.Where(p => intent.Articles.Contains(p.ArticleId))], 1,
                    intent.Name);
                // The mistake that happens: another intent was recognised, one whose articles share words with this.
                var other = found.Select(p => p.ArticleId).FirstOrDefault(id => !intent.Articles.Contains(id));
                Add(rows, composer, example, [.. found.Where(p => p.ArticleId == other)], 0, intent.Name);
            }
        }
        return rows;
    }

    private static void Add(
        List<Row> rows, AnswerComposer composer, string question, IReadOnlyList<Passage> passages, int right,
        string group)
    {
        if (composer.Signals(question, passages) is { } signals) rows.Add(new Row(signals, right, group));
    }

    /// <summary>Logistic regression; every set weighs the same.</summary>
    private static double[] Fit(IReadOnlyList<List<Row>> sets)
    {
        var weights = new double[sets[0][0].X.Length + 1];
        for (var pass = 0; pass < Passes; pass++)
        {
            var slope = new double[weights.Length];
            foreach (var rows in sets)
            {
                foreach (var row in rows)
                {
                    var error = (Score(weights, row.X) - row.Y) / rows.Count / sets.Count;
                    slope[0] += error;
                    for (var i = 0; i < row.X.Length; i++) slope[i + 1] += error * row.X[i];
                }
            }
            for (var i = 0; i < weights.Length; i++) weights[i] -= 1.0 * (slope[i] + (i == 0 ? 0 : Ridge * weights[i]));
        }
        return weights;
    }

    private static double Score(double[] weights, double[] x)
    {
        var sum = weights[0];
        for (var i = 0; i < x.Length; i++) sum += weights[i + 1] * x[i];
        return 1 / (1 + Math.Exp(-sum));
    }

    private static void Report(string name, List<Row> rows, double[] scores)
    {
        var all = scores.Zip(rows, (score, row) => (Score: score, row.Y)).OrderBy(s => s.Score).ToList();
        var (rank, sum, right) = (0, 0.0, all.Count(s => s.Y == 1));
        foreach (var (_, y) in all) { rank++; if (y == 1) sum += rank; }
        var auroc = (sum - right * (right + 1.0) / 2) / ((double)right * (all.Count - right));
        Console.WriteLine($"{name}: AUROC {auroc:0.000}; " + string.Join("; ", new[] { 0.5, 0.6, 0.7, 0.8 }.Select(t =>
        {
            var above = all.Where(s => s.Score >= t).ToList();
            return $"from {t:0.0}: {above.Count(s => s.Y == 1) / (double)right:0.00} of the right, {above.Count(s => s.Y == 1) / Math.Max(1.0, above.Count):0.00} right";
        })));
    }

    private static int FoldOf(Row row) => (int)(row.Group.Aggregate(17u, (h, c) => h * 31 + c) % Folds);

    private static IEnumerable<JsonElement> Lines(string file) =>
        File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement);

    private static string Text(JsonElement line, string name) => line.GetProperty(name).GetString()!;
}
