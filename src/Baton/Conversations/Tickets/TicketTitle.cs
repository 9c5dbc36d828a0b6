namespace Baton.Conversations.Tickets;

/// <summary>
/// What a list and a page call a ticket: its subject, or else the first sentence of what the customer wrote.
/// </summary>
internal static class TicketTitle
{
    /// <summary>Longest title made of a message, characters.</summary>
    private const int Longest = 90;

    private const string Ends = ".!?…。！？";

    /// <param name="message">First message of the customer; null when it was erased.</param>
    public static string? Of(string? subject, string? message)
    {
        if (!string.IsNullOrWhiteSpace(subject)) return subject.Trim();
        var line = (message ?? "").Split('\n', StringSplitOptions.TrimEntries)
            .FirstOrDefault(l => l.Any(char.IsLetterOrDigit));
        if (line is null) return null;
        var end = Enumerable.Range(1, Math.Min(line.Length, Longest) - 1).FirstOrDefault(i => EndsAt(line, i), -1);
        if (end > 0 && !IsGreeting(line[..end])) return line[..(end + 1)];
        if (line.Length <= Longest) return line;
        var cut = line.LastIndexOf(' ', Longest - 1);
        return line[..(cut > Longest / 2 ? cut : Longest - (char.IsHighSurrogate(line[Longest - 1]) ? 1 : 0))] + "…";
    }

    /// <summary>A full stop inside a number or an address ends nothing.</summary>
    private static bool EndsAt(string line, int at) =>
        Ends.Contains(line[at], StringComparison.Ordinal) && (at + 1 == line.Length || char.IsWhiteSpace(line[at + 1]));

    /// <summary>"Hello!" says nothing of the matter.</summary>
    private static bool IsGreeting(string sentence) => sentence.Count(char.IsWhiteSpace) < 2;
}
