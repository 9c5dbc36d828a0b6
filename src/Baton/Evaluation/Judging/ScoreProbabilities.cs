using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Baton.Evaluation.Judging;

/// <summary>
/// How probable each score was where the judge wrote its own, out of the token probabilities of an OpenAI-compatible
/// answer (<c>choices[0].logprobs.content[]</c>).
/// </summary>
internal static class ScoreProbabilities
{
    private const int Lowest = 1, Highest = 5;

    /// <summary>Below it most of the mass lies on what is no score, and says nothing.</summary>
    private const double LeastMass = 0.5;

    /// <summary>The scores weighed by their probability; null where the provider gives none.</summary>
    public static JudgedAnswerScore? Read(ChatResponse response)
    {
        if (response.RawRepresentation is not ReadOnlyMemory<byte> raw) return null;
        try
        {
            using var document = JsonDocument.Parse(raw);
            return Tokens(document.RootElement) is { } tokens && Of(tokens) is { } alternatives
                ? Weighed(alternatives) : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // What a provider sends is untrusted: without probabilities the sample itself counts.
            return null;
        }
    }

    private static List<JsonElement>? Tokens(JsonElement root) =>
        root.GetProperty("choices") is { ValueKind: JsonValueKind.Array } choices && choices.GetArrayLength() > 0
        && choices[0].TryGetProperty("logprobs", out var given) && given.ValueKind == JsonValueKind.Object
        && given.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array
            ? [.. content.EnumerateArray()] : null;

    /// <summary>What else could have stood where the score does, after the last name of it.</summary>
    private static List<JsonElement>? Of(List<JsonElement> tokens)
    {
        var texts = tokens.ConvertAll(t => t.GetProperty("token").GetString() ?? "");
        var whole = string.Concat(texts);
        var name = whole.LastIndexOf("\"score\"", StringComparison.Ordinal);
        var at = name < 0 ? -1 : whole.AsSpan(name).IndexOfAnyInRange('0', '9') + name;
        if (at < name) return null;
        for (var (i, end) = (0, 0); i < tokens.Count; i++)
        {
            end += texts[i].Length;
            if (end <= at) continue;
            return tokens[i].TryGetProperty("top_logprobs", out var top) && top.ValueKind == JsonValueKind.Array
                ? [.. top.EnumerateArray()] : null;
        }
        return null;
    }

    private static JudgedAnswerScore? Weighed(List<JsonElement> alternatives)
    {
        var mass = new double[Highest + 1];
        foreach (var one in alternatives)
        {
            var digits = (one.GetProperty("token").GetString() ?? "").Where(char.IsAsciiDigit).ToList();
            if (digits is [var digit] && digit - '0' is >= Lowest and <= Highest and var score)
                mass[score] += Math.Exp(Math.Min(0, one.GetProperty("logprob").GetDouble()));
        }
        var all = mass.Sum();
        if (all < LeastMass) return null;
        var mean = mass.Select((p, score) => p * score).Sum() / all;
        var variance = mass.Select((p, score) => p * (score - mean) * (score - mean)).Sum() / all;
        return new JudgedAnswerScore(mean, Math.Sqrt(variance), 1);
    }
}
