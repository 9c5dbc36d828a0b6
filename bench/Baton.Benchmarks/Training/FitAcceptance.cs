using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Baton.Decisions;
using Baton.Decisions.Local;
using Baton.Knowledge.Choice;
using Baton.Playbooks;

namespace Baton.Benchmarks.Training;

/// <summary>
/// Fits the probability that a reply made of articles is right, and prints its weights with cross-fitted figures:
/// <c>dotnet run -c Release --project bench/Baton.Benchmarks -- fit-acceptance PLAYBOOK TICKETS.jsonl</c>. Tickets are
/// labelled: <c>expect</c> with outcome, acceptable outcomes, articles and facts that must be said.
/// </summary>
internal static partial class FitAcceptance
{
    private const int Folds = 10;
    private const int Repeats = 5;
    private const double Ridge = 0.02;

    private sealed record Row(string Id, double[] X, bool Right, bool Answerable, bool First, bool Three, bool Facts);

    public static async Task<int> RunAsync(string folder, string[] files)
    {
        if (PlaybookLoader.Load(folder) is not LoadedPlaybook.Valid { Playbook: var playbook })
            throw new ArgumentException(folder);
        var watch = Stopwatch.StartNew();
        using var encoder = new LocalEncoder(new LocalOptions());
        var models = LocalModels.Train(playbook, encoder.Vectors, Path.Combine(Path.GetTempPath(), "baton-fit"));
        Console.WriteLine($"models {watch.Elapsed.TotalSeconds:0.0} s");
        watch.Restart();
        var rows = new List<Row>();
        foreach (var line in files.SelectMany(File.ReadLines))
            rows.Add(await RowAsync(models, JsonDocument.Parse(line).RootElement));
        Console.WriteLine($"{rows.Count} tickets, {watch.Elapsed.TotalMilliseconds / rows.Count:0.0} ms each");
        var articles = rows.Where(r => r.Answerable).ToList();
        Console.WriteLine($"hit@1 {articles.Average(r => r.First ? 1 : 0):0.000}  hit@3 {articles.Average(r => r.Three ? 1 : 0):0.000}  " +
            $"facts shown {articles.Average(r => r.Facts ? 1 : 0):0.000} of {articles.Count}");
        for (var f = 0; f < rows[0].X.Length; f++)
            Console.WriteLine($"  signal {f}: AUROC {Auroc(rows, [.. rows.Select(r => r.X[f])]):0.000}");
        var scores = CrossFit(rows);
        Console.WriteLine($"AUROC {Auroc(rows, scores):0.000}");
        foreach (var threshold in (double[])[0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.87, 0.9, 0.95])
        {
            var answered = rows.Zip(scores).Where(r => r.Second >= threshold).ToList();
            Console.WriteLine($"  P >= {threshold:0.00}: {answered.Count(r => r.First.Right)}/{answered.Count} right");
        }
        foreach (var (row, score) in rows.Zip(scores).Where(r => r.Second >= 0.8 && !r.First.Right))
            Console.WriteLine($"  wrong at {score:0.00}: {row.Id}");
        var (mean, deviation) = Scale(rows);
        Console.WriteLine("mean      " + Join(mean));
        Console.WriteLine("deviation " + Join(deviation));
        Console.WriteLine("weights   " + Join(Fit(rows, mean, deviation)));
        return 0;
    }

    private static async Task<Row> RowAsync(LocalModels models, JsonElement ticket)
    {
        var body = ticket.TryGetProperty("body", out var text) ? text.GetString()!
            : ticket.GetProperty("messages").EnumerateArray().Last(m => m.GetProperty("from").GetString() == "customer")
            .GetProperty("text").GetString()!;
        var subject = ticket.TryGetProperty("subject", out var given) ? given.GetString() ?? "" : "";
        var expect = ticket.GetProperty("expect");
        var choice = await models.ChooseAsync("fit", subject, body, CancellationToken.None)
            ?? throw new InvalidOperationException("no encoder");
        var due = expect.GetProperty("articles").EnumerateArray().Select(a => a.GetString()!).ToHashSet();
        var outcome = expect.GetProperty("outcome").GetString();
        var allowed = outcome == "answer"
            || expect.GetProperty("acceptable").EnumerateArray().Any(a => a.GetString() == "answer");
        var shown = Plain(string.Join("\n\n", choice.Sections.Select(s => s.Plain())));
        var facts = expect.GetProperty("must_say").EnumerateArray()
            .All(group => group.EnumerateArray().Any(a => Says(shown, a.GetString()!)));
        var refuted = expect.GetProperty("must_not_say").EnumerateArray().Any(a => Says(shown, a.GetString()!));
        var some = expect.GetProperty("must_say").GetArrayLength() > 0
            || choice.Sections.Any(s => due.Contains(Name(s)));
        return new Row(
            ticket.GetProperty("id").GetString()!, choice.Evidence, allowed && facts && some && !refuted,
            outcome == "answer" && due.Count > 0, due.Contains(Name(choice.Sections[0])),
            choice.Ranking.Take(3).Any(s => due.Contains(Name(s))), facts);
    }

    private static string Name(ArticleSection section) => $"{section.ArticleId}#{section.Heading}";

    private static string Plain(string text) =>
        White().Replace(text.Replace("*", "").Replace("`", "").Replace('’', '\'').Replace('–', '-'), " ")
        .ToLowerInvariant();

    private static bool Says(string text, string wanted)
    {
        wanted = Plain(wanted);
        var (before, after) =
            (char.IsLetterOrDigit(wanted[0]) ? @"(?<!\w)" : "", char.IsLetterOrDigit(wanted[^1]) ? @"(?!\w)" : "");
        return Regex.IsMatch(text, before + Regex.Escape(wanted) + after);
    }

    /// <summary>Every ticket's score by a fit that has not seen it, mean of several partitions.</summary>
    private static double[] CrossFit(List<Row> rows)
    {
        var scores = new double[rows.Count];
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var order = Enumerable.Range(0, rows.Count).ToArray();
            new Random(repeat).Shuffle(order);
            for (var fold = 0; fold < Folds; fold++)
            {
                var train = order.Where((_, i) => i % Folds != fold).Select(i => rows[i]).ToList();
                var (mean, deviation) = Scale(train);
                var weights = Fit(train, mean, deviation);
                foreach (var i in order.Where((_, i) => i % Folds == fold))
                    scores[i] += Score(weights, rows[i].X, mean, deviation) / Repeats;
            }
        }
        return scores;
    }

    private static (double[] Mean, double[] Deviation) Scale(List<Row> rows)
    {
        var size = rows[0].X.Length;
        var mean = Enumerable.Range(0, size).Select(f => rows.Average(r => r.X[f])).ToArray();
        return (mean, [.. mean.Select(
            (m, f) => Math.Max(1e-6, Math.Sqrt(rows.Average(r => Math.Pow(r.X[f] - m, 2)))))]);
    }

    private static double[] Fit(List<Row> rows, double[] mean, double[] deviation)
    {
        var weights = new double[mean.Length + 1];
        for (var pass = 0; pass < 2_000; pass++)
        {
            var slope = new double[weights.Length];
            foreach (var row in rows)
            {
                var error = (Score(weights, row.X, mean, deviation) - (row.Right ? 1 : 0)) / rows.Count;
                slope[0] += error;
                for (var f = 0; f < mean.Length; f++) slope[f + 1] += error * (row.X[f] - mean[f]) / deviation[f];
            }
            for (var i = 0; i < weights.Length; i++) weights[i] -= 0.5 * (slope[i] + (i == 0 ? 0 : Ridge * weights[i]));
        }
        return weights;
    }

    private static double Score(double[] weights, double[] x, double[] mean, double[] deviation)
    {
        var sum = weights[0];
        for (var f = 0; f < x.Length; f++) sum += weights[f + 1] * (x[f] - mean[f]) / deviation[f];
        return 1 / (1 + Math.Exp(-sum));
    }

    private static double Auroc(List<Row> rows, double[] scores)
    {
        var (right, wrong) =
            (rows.Zip(scores).Where(r => r.First.Right).ToList(), rows.Zip(scores).Where(r => !r.First.Right).ToList());
        return right.Sum(a =>
            wrong.Sum(b => a.Second > b.Second ? 1 : a.Second == b.Second ? 0.5 : 0)) / right.Count / wrong.Count;
    }

    private static string Join(double[] values) =>
        "[" + string.Join(", ", values.Select(v => v.ToString("0.####"))) + "]";

    [GeneratedRegex(@"\s+")]
    private static partial Regex White();
}
