using System.Text;

namespace Baton.Decisions;

/// <summary>The part of a message that says what it is about.</summary>
internal static class MessageText
{
    /// <summary>Characters that the classifier and the search read: the matter is stated early.</summary>
    private const int Longest = 2_000;

    /// <summary>Subject and the customer's own lines, without quoted ones.</summary>
    public static string ForIntent(string subject, string body)
    {
        var text = new StringBuilder(subject);
        foreach (var line in body.AsSpan().EnumerateLines())
        {
            if (text.Length >= Longest) break;
            if (line.TrimStart().StartsWith(">")) continue;
            if (text.Length > 0) text.Append('\n');
            text.Append(line);
        }
        if (text.Length > Longest) text.Length = Longest;
        return text.ToString();
    }
}
