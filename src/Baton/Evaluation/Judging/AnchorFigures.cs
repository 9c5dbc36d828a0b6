using System.Text.Json.Nodes;

namespace Baton.Evaluation.Judging;

/// <summary>A judge held against people on the anchor set.</summary>
/// <param name="Bias">Mean of judge minus people, in steps of the scale.</param>
/// <param name="Scores">Its own scores by anchor, to be compared with those of the next run.</param>
internal sealed record AnchorFigures(
    string Criterion, int N, double Bias, Interval BiasBetween, IReadOnlyDictionary<string, double> Scores)
{
    private const double Z = 1.959963984540054;

    public static async Task<AnchorFigures> OfAsync(
        ModelJudge judge, string criterion, IReadOnlyList<AnchorAnswer> anchors, CancellationToken cancellationToken)
    {
        var scores = new Dictionary<string, double>();
        foreach (var anchor in anchors.Where(a => a.Criterion == criterion))
            if (await judge.JudgeAsync(anchor.Question, anchor.Answer, anchor.Sources, cancellationToken) is { } judged)
                scores[anchor.Id] = judged.Score;
        var people = anchors.ToDictionary(a => a.Id, a => a.Score);
        var (bias, between) = Mean([.. scores.Select(s => s.Value - people[s.Key])]);
        return new AnchorFigures(criterion, scores.Count, bias, between, scores);
    }

    /// <summary>
    /// A falling score is ambiguous: it is the judge's when the same anchors are scored otherwise than before, by a
    /// paired interval; else the system's. One comparison of two runs: a rolling test alarms on steady streams.
    /// </summary>
    /// <param name="before">Scores of the same anchors in an earlier run.</param>
    /// <param name="systemChanged">Whether the judged metric itself changed by more than its interval.</param>
    public static string Drift(
        IReadOnlyDictionary<string, double> before, IReadOnlyDictionary<string, double> now, bool systemChanged)
    {
        double[] differences = [.. now.Where(n => before.ContainsKey(n.Key)).Select(n => n.Value - before[n.Key])];
        if (differences.Length < 2) return "unknown";
        var (_, between) = Mean(differences);
        return between.Low > 0 || between.High < 0 ? "judge" : systemChanged ? "system" : "none";
    }

    /// <summary>By criterion, the scores of anchors in the JSON of a run.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> ScoresIn(JsonObject run) =>
        (run["judges"] as JsonObject ?? []).Where(j => j.Value?["anchor"]?["scores"] is JsonObject)
            .ToDictionary(j => j.Key, j => (IReadOnlyDictionary<string, double>)j.Value!["anchor"]!["scores"]!.AsObject()
                .ToDictionary(s => s.Key, s => s.Value!.GetValue<double>()));

    public JsonObject ToJson() => new()
    {
        ["criterion"] = Criterion, ["n"] = N, ["bias"] = Number(Bias), ["low"] = Number(BiasBetween.Low),
        ["high"] = Number(BiasBetween.High),
        ["scores"] = new JsonObject(Scores.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)Math.Round(s.Value, 4)))),
    };

    private static (double Mean, Interval Between) Mean(double[] values)
    {
        if (values.Length == 0) return (double.NaN, new Interval(double.NaN, double.NaN));
        var mean = values.Average();
        var margin = values.Length < 2 ? double.PositiveInfinity
            : Z * Math.Sqrt(values.Sum(v => Math.Pow(v - mean, 2)) / (values.Length - 1) / values.Length);
        return (mean, new Interval(mean - margin, mean + margin));
    }

    private static JsonValue? Number(double value) =>
        double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 4)) : null;
}
