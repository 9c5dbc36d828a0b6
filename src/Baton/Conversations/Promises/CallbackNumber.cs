using System.Text.RegularExpressions;

namespace Baton.Conversations.Promises;

/// <summary>The number a customer can be called at, as a placeholder of the conversation.</summary>
public static partial class CallbackNumber
{
    /// <summary>
    /// The field <c>phone</c>, else the last number in what the customer wrote; null when there is none.
    /// </summary>
    public static string? Of(Conversation conversation)
    {
        if (conversation.Fields.TryGetValue("phone", out var field) && field.Length > 0) return field;
        return conversation.Transcript.Reverse().Where(line => line.From == Author.Customer)
            .Select(line => Number().Matches(line.Text).LastOrDefault()?.Value)
            .FirstOrDefault(found => found is not null);
    }

    [GeneratedRegex(@"\[PHONE_\d+\]")]
    private static partial Regex Number();
}
