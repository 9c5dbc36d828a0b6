using Microsoft.Extensions.AI;

namespace Baton.Gateway.Providers;

/// <summary>A refusal is an outcome of its own: neither an answer nor a failure, and it is paid for.</summary>
public static class Refusals
{
    private const string Code = "refusal";

    /// <summary>The finish reason of a refused answer, whichever provider gave it.</summary>
    public static ChatFinishReason Reason { get; } = new(Code);

    /// <summary>Whether the model refused.</summary>
    public static bool IsRefusal(this ChatResponse response) => response.FinishReason == Reason;

    /// <summary>What the model said when it refused, or null.</summary>
    public static string? Text(IEnumerable<AIContent> contents)
    {
        var said = contents.OfType<ErrorContent>().Where(c => c.ErrorCode == Code).Select(c => c.Message).ToList();
        return said.Count == 0 ? null : string.Concat(said);
    }

    internal static ErrorContent Content(string text) => new(text) { ErrorCode = Code };
}
