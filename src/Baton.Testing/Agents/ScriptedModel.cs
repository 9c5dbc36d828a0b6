using Microsoft.Extensions.AI;

namespace Baton.Testing.Agents;

/// <summary>
/// A model that says what it was told to say, one answer after the other, and remembers what it was asked.
/// </summary>
internal sealed class ScriptedModel(params IReadOnlyList<Func<IReadOnlyList<ChatMessage>, ChatResponse>> answers)
    : IChatClient
{
    private int _next;

    /// <summary>Messages of each call.</summary>
    public List<IReadOnlyList<ChatMessage>> Asked { get; } = [];

    /// <summary>Names of the tools that were offered with each call.</summary>
    public List<IReadOnlyList<string>> Offered { get; } = [];

    /// <summary>An answer that says something and ends the run.</summary>
    public static Func<IReadOnlyList<ChatMessage>, ChatResponse> Says(string text) =>
        _ => Response(new TextContent(text));

    /// <summary>An answer that asks for calls.</summary>
    public static Func<IReadOnlyList<ChatMessage>, ChatResponse> Calls(
        params (string Tool, Dictionary<string, object?> Inputs)[] calls) => _ => Response(
            [.. calls.Select(AIContent (c, i) => new FunctionCallContent($"call_{i}_{c.Tool}", c.Tool, c.Inputs))]);

    public static ChatResponse Response(params AIContent[] contents) =>
        new(new ChatMessage(ChatRole.Assistant, [.. contents]))
        {
            ModelId = "scripted", Usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = 10 },
        };

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> asked = [.. messages];
        Asked.Add(asked);
        Offered.Add([.. options?.Tools?.Select(t => t.Name) ?? []]);
        return Task.FromResult(answers[Math.Min(_next++, answers.Count - 1)](asked));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }
}
