using Baton.Escalation.Triggers;
using Baton.Text;
using Baton.Text.Words;

namespace Baton.Decisions;

/// <summary>The part of a message that says what it is about.</summary>
internal static class MessageText
{
    /// <summary>Characters that the classifier and the search read: the matter is stated early.</summary>
    private const int Longest = 2_000;

    /// <summary>Subject and the customer's own words, without what is quoted or forwarded.</summary>
    public static string ForIntent(string subject, string body)
    {
        // "[PERSON_1]" under a letter is our word, and no wish for a person.
        var own = PlaceholderMarks.Without(DeniedWishes.Without(OwnWords.Of(body).Trim())).Trim();
        var text = subject.Length == 0 ? own : PlaceholderMarks.Without(subject) + "\n" + own;
        return CutText.Of(text, Longest);
    }
}
