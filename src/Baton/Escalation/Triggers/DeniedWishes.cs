using System.Text;

namespace Baton.Escalation.Triggers;

/// <summary>
/// "I don't want to talk to a human, just tell me where my parcel is": what a customer says they do not want is not
/// what they write about. A classifier hears its words all the same, so it is not given them.
/// </summary>
internal static class DeniedWishes
{
    /// <summary>With less left, there is nothing else that the message could be about.</summary>
    private const int FewestWords = 3;

    /// <summary>
    /// The text without the clauses that say a person is not wanted; whole when it says nothing else.
    /// </summary>
    public static string Without(string text)
    {
        if (!IsDenied(text, anywhere: true)) return text;
        var rest = new StringBuilder(text.Length);
        for (int start = 0, at = 0; at < text.Length; at++)
        {
            if (!Ends(text, at) && at < text.Length - 1) continue;
            var clause = text[start..(at + 1)];
            if (!IsDenied(clause, anywhere: false)) rest.Append(clause);
            start = at + 1;
        }
        var left = rest.ToString().Trim();
        return CustomerWords.Of("", left).Count < FewestWords ? text : left;
    }

    private static bool IsDenied(string text, bool anywhere) =>
        WordTriggers.DeniesPerson(CustomerWords.Of("", text), anywhere);

    /// <summary>A clause ends at a mark that a space follows, so that numbers and addresses stay whole.</summary>
    private static bool Ends(string text, int at) => text[at] is '\n'
        || (text[at] is '.' or '!' or '?' or ',' or ';' or ':' && at + 1 < text.Length
            && char.IsWhiteSpace(text[at + 1]));
}
