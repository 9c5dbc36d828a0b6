using System.Text.Json;
using Baton.Knowledge.Grounding;

namespace Baton.Benchmarks.Training;

/// <summary>
/// Fits the weights of the grounding check on the training sets and prints them as code, with cross-validated figures:
/// <c>dotnet run -c Release --project bench/Baton.Benchmarks -- fit-grounding ../shared/data</c>.
/// </summary>
internal static class FitGrounding
{
    private const int Folds = 5;

    /// <summary>Strength of the pull towards zero, chosen by cross-validation.</summary>
    private const double Ridge = 60;

    private static readonly double[] Thresholds = [0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7];

    public static int Run(string data)
    {
        var sets = Sets(data).ToList();
        foreach (var (name, scored) in CrossValidate(sets))
        {
            var accuracies = Thresholds.Select(t => $"{t:0.00}: {BalancedAccuracy(scored, t):F3}");
            Console.Error.WriteLine(
                $"{name}: AUROC {Auroc(scored):F3}; balanced accuracy at {string.Join(", ", accuracies)}");
        }
        var (weights, bias) = Train(sets.SelectMany(s => s.Rows));
        Console.WriteLine("# Weights of the grounding check, the first one is the bias. Made by: dotnet run -c Release");
        Console.WriteLine("# --project bench/Baton.Benchmarks -- fit-grounding ../shared/data. Trained on SummEdits (Laban et al.");
        Console.WriteLine("# 2023, Apache-2.0), Q2 (Honovich et al. 2021, Apache-2.0, MIT), BEGIN (Dziri et al. 2022, CC BY 4.0).");
        Console.WriteLine(bias.ToString("G5"));
        foreach (var weight in weights) Console.WriteLine(weight.ToString("G5"));
        return 0;
    }

    private sealed record Row(double[] X, double Y, string Group, double Weight);

    private static IEnumerable<(string Name, List<Row> Rows)> Sets(string data)
    {
        var documents = Lines($"{data}/summedits/documents_train.jsonl")
            .ToDictionary(d => Text(d, "id"), d => Text(d, "text"));
        yield return ("summedits", Rows(Lines($"{data}/summedits/samples_train.jsonl"),
            d => (documents[Text(d, "doc_id")], Text(d, "summary"), Text(d, "doc_id")), 1));
        yield return ("q2_wow", Rows(Lines($"{data}/q2_wow/train.jsonl"),
            d => (Text(d, "knowledge"), Text(d, "response"), Text(d, "topic")), 3));
        foreach (var name in new[] { "wow_validation", "cmu_train", "topicalchat_train" })
        {
            yield return ("begin_" + name, Rows(Lines($"{data}/begin/{name}.jsonl"),
                d => (Text(d, "knowledge"), Text(d, "response"), Text(d, "knowledge")), 1.5));
        }
    }

    private static List<Row> Rows(
        IEnumerable<JsonElement> lines, Func<JsonElement, (string Source, string Answer, string Group)> read,
        double weight)
    {
        var labelled = lines.Where(l => l.GetProperty("label").ValueKind == JsonValueKind.Number).ToList();
        var cache = new Dictionary<string, SourceText>();
        return [.. labelled.Select(l =>
        {
            var (source, answer, group) = read(l);
            if (!cache.TryGetValue(source, out var text)) cache[source] = text = new SourceText([source], 200_000);
            return new Row(Features.Of(new AnswerText(answer), text), l.GetProperty("label").GetInt32(), group,
                weight / labelled.Count);
        })];
    }

    private static IEnumerable<(string Name, List<(double Score, double Y)> Scored)> CrossValidate(
        List<(string Name, List<Row> Rows)> sets)
    {
        var scores = sets.Select(s => new double[s.Rows.Count]).ToArray();
        for (var fold = 0; fold < Folds; fold++)
        {
            var training = sets.SelectMany(s => s.Rows.Where(r => FoldOf(r) != fold)).ToList();
            var (weights, bias) = Train(training);
            for (var s = 0; s < sets.Count; s++)
                for (var i = 0; i < sets[s].Rows.Count; i++)
                    if (FoldOf(sets[s].Rows[i]) == fold)
                        scores[s][i] = 1 / (1 + Math.Exp(-bias - Dot(weights, sets[s].Rows[i].X)));
        }
        for (var s = 0; s < sets.Count; s++)
            yield return (sets[s].Name, [.. scores[s].Zip(sets[s].Rows, (score, row) => (score, row.Y))]);
    }

    private static int FoldOf(Row row) => (int)(row.Group.Aggregate(17u, (h, c) => h * 31 + c) % Folds);

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    /// <summary>
    /// Weighted logistic regression by Newton's method on standardised features; every set weighs the same.
    /// </summary>
    private static (double[] Weights, double Bias) Train(IEnumerable<Row> rows)
    {
        var data = rows.ToList();
        var n = data[0].X.Length;
        var total = data.Sum(r => r.Weight);
        var mean = new double[n];
        var sd = new double[n];
        for (var j = 0; j < n; j++)
        {
            mean[j] = data.Sum(r => r.Weight * r.X[j]) / total;
            sd[j] = Math.Sqrt(data.Sum(r => r.Weight * Math.Pow(r.X[j] - mean[j], 2)) / total) + 1e-6;
        }
        var scaled = data.Select(r => (
            X: r.X.Select((x, j) => (x - mean[j]) / sd[j]).Append(1).ToArray(),
            r.Y,
            W: r.Weight / total * data.Count)).ToList();
        var beta = new double[n + 1];
        for (var iteration = 0; iteration < 25; iteration++)
        {
            var gradient = new double[n + 1];
            var hessian = new double[n + 1, n + 1];
            foreach (var (x, y, w) in scaled)
            {
                var p = 1 / (1 + Math.Exp(-Dot(beta, x)));
                for (var a = 0; a <= n; a++)
                {
                    gradient[a] += w * (y - p) * x[a];
                    for (var b = 0; b <= a; b++) hessian[a, b] += w * p * (1 - p) * x[a] * x[b];
                }
            }
            for (var a = 0; a < n; a++)
            {
                gradient[a] -= Ridge * beta[a];
                hessian[a, a] += Ridge;
            }
            Solve(hessian, gradient, beta);
        }
        var weights = beta.Take(n).Select((b, j) => b / sd[j]).ToArray();
        return (weights, beta[n] - Dot(weights, mean));
    }

    private static void Solve(double[,] h, double[] g, double[] beta)
    {
        var n = g.Length;
        for (var j = 0; j < n; j++)
        {
            for (var i = j; i < n; i++)
            {
                var sum = h[i, j];
                for (var k = 0; k < j; k++) sum -= h[i, k] * h[j, k];
                h[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / h[j, j];
            }
        }
        var z = new double[n];
        for (var i = 0; i < n; i++)
        {
            z[i] = g[i];
            for (var k = 0; k < i; k++) z[i] -= h[i, k] * z[k];
            z[i] /= h[i, i];
        }
        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++) z[i] -= h[k, i] * z[k];
            z[i] /= h[i, i];
            beta[i] += z[i];
        }
    }

    private static double Auroc(List<(double Score, double Y)> scored)
    {
        var positives = scored.Where(s => s.Y > 0.5).ToList();
        var negatives = scored.Where(s => s.Y <= 0.5).ToList();
        return positives.Sum(p => negatives.Sum(n => p.Score > n.Score ? 1.0 : p.Score == n.Score ? 0.5 : 0))
            / ((double)positives.Count * negatives.Count);
    }

    private static double BalancedAccuracy(List<(double Score, double Y)> scored, double threshold) =>
        (scored.Where(s => s.Y > 0.5).Average(s => s.Score >= threshold ? 1 : 0)
            + scored.Where(s => s.Y <= 0.5).Average(s => s.Score < threshold ? 1.0 : 0)) / 2;

    private static IEnumerable<JsonElement> Lines(string file) =>
        File.ReadLines(file).Select(l => JsonSerializer.Deserialize<JsonElement>(l));

    private static string Text(JsonElement line, string field) => line.GetProperty(field).GetString() ?? "";
}
