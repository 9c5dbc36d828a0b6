using Baton.Gateway.Calls;
using Baton.Gateway.Chain;
using Baton.Playbooks.Models;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Reuse;

/// <summary>A request whose answer may also serve a similar one.</summary>
/// <param name="Group">Everything about the request but its question.</param>
internal sealed record SimilarRequest(byte[] Group, string Text, Question Question)
{
    /// <summary>In a longer text one different word no longer shows in the cosine.</summary>
    private const int MostCharacters = 400;

    /// <summary>
    /// Stages of Baton's own that neither classify nor answer from knowledge: their text is about one case.
    /// </summary>
    private static readonly string[] Never =
        [ModelStages.Escalation, ModelStages.Check, ModelStages.Final, ModelStages.Summary];

    /// <summary>The request as one that may be answered like a similar one; null when it may not.</summary>
    public static SimilarRequest? Of(CallState call, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        if (call.Stage.Cache != CacheMode.Semantic || !call.Policy.Cache.Semantic || Never.Contains(call.Stage.Name))
            return null;
        if (messages is not [.., { Contents: [TextContent { Text: { Length: > 0 and <= MostCharacters } text }] } last]
            || last.Role != ChatRole.User)
            return null;
        var group = CacheKey.Of(
            call, messages.SkipLast(1).Append(new ChatMessage(ChatRole.User, "") { AuthorName = last.AuthorName }),
            options);
        return new SimilarRequest(group, text, Question.Of(text));
    }
}
