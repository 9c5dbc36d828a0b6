using Microsoft.Extensions.AI;

namespace Baton.Gateway.Routing;

/// <summary>Estimates from 0 (easy) to 1 (hard) how much of a model a request needs.</summary>
public delegate double EstimateDifficulty(IEnumerable<ChatMessage> messages, ChatOptions? options);

/// <summary>
/// The built-in estimate: a local classifier reads the last question; tools, code and a long conversation raise what it
/// says by rule, because no data with labels was there to learn that from.
/// </summary>
public static class Difficulty
{
    private const double PerTool = 0.1, MostForTools = 0.3, ForCode = 0.25, PerTurn = 0.03, MostForTurns = 0.2;

    public static double Estimate(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var users = messages.Where(m => m.Role == ChatRole.User).ToList();
        if (users.Count == 0) return 0;
        var text = users[^1].Text;
        var raised = Math.Min(MostForTools, PerTool * (options?.Tools?.Count ?? 0))
            + (text.Contains("```", StringComparison.Ordinal) ? ForCode : 0)
            + Math.Min(MostForTurns, PerTurn * (users.Count - 1));
        return Math.Clamp(DifficultyModel.Default.Of(text) + raised, 0, 1);
    }
}
