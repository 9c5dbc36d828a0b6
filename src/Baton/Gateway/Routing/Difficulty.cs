using Microsoft.Extensions.AI;

namespace Baton.Gateway.Routing;

/// <summary>Estimates from 0 (easy) to 1 (hard) how much of a model a request needs.</summary>
public delegate double EstimateDifficulty(IEnumerable<ChatMessage> messages, ChatOptions? options);

/// <summary>
/// The built-in estimate: a few counts that anyone can check, no model. It knows length, questions, connectives,
/// numbers, code and tools; it does not understand. Replace it by a trained one when there are labels.
/// </summary>
public static class Difficulty
{
    private static readonly string[] Hard =
    [
        "why", "explain", "compare", "analyse", "analyze", "step by step", "prove", "calculate", "refactor", "debug",
        "because", "however", "although", "unless", "except", "between", "warum", "vergleiche", "erkläre", "pourquoi",
    ];

    public static double Estimate(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var users = messages.Where(m => m.Role == ChatRole.User).ToList();
        if (users.Count == 0) return 0;
        var text = users[^1].Text;
        var score = Math.Min(0.35, text.Length / 4000.0)
            + Math.Min(0.2, 0.07 * Math.Max(0, text.Count(c => c == '?') - 1))
            + Math.Min(0.3, 0.1 * Hard.Count(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))
            + Math.Min(0.1, 0.02 * text.Count(char.IsDigit) / 4)
            + (text.Contains("```", StringComparison.Ordinal) ? 0.25 : 0)
            + (options?.Tools is { Count: > 0 } tools ? Math.Min(0.3, 0.1 * tools.Count) : 0)
            + Math.Min(0.2, 0.03 * (users.Count - 1));
        return Math.Clamp(score, 0, 1);
    }
}
