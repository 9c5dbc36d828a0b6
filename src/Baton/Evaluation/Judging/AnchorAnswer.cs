using System.Text.Json;

namespace Baton.Evaluation.Judging;

/// <summary>An answer that people have scored.</summary>
/// <param name="Score">1 to 5.</param>
internal sealed record AnchorAnswer(
    string Id, string Criterion, string Question, string Answer, IReadOnlyList<string> Sources, double Score)
{
    /// <summary>Lines of <c>evals/anchor.jsonl</c>.</summary>
    /// <exception cref="FormatException">A line is none; the message says which.</exception>
    public static IReadOnlyList<AnchorAnswer> Read(string file)
    {
        var (anchors, number) = (new List<AnchorAnswer>(), 0);
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            try
            {
                var json = JsonSerializer.Deserialize<JsonElement>(line);
                var score = json.GetProperty("score").GetDouble();
                if (score is < 1 or > 5) throw new FormatException("'score' is not from 1 to 5");
                anchors.Add(new AnchorAnswer(
                    $"{number}", json.GetProperty("criterion").GetString()!, json.GetProperty("question").GetString()!,
                    json.GetProperty("answer").GetString()!,
                    json.TryGetProperty("sources", out var s) ? [.. s.EnumerateArray().Select(t => t.GetString()!)] : [],
                    score));
            }
            catch (Exception error) when (error is JsonException or KeyNotFoundException or FormatException
                or InvalidOperationException)
            {
                throw new FormatException($"{file}:{number}: {error.Message}; write "
                    + """{"criterion": "tone", "question": "…", "answer": "…", "sources": [], "score": 4}""");
            }
        }
        return anchors;
    }
}
