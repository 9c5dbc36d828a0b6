namespace Baton.Server.Cli;

/// <summary>
/// Text of customers, models and systems on its way to a terminal: without the characters that would steer it. A line
/// may
/// not clear the screen, change its title or pretend to be another line.
/// </summary>
internal static class TerminalText
{
    /// <summary>Writes one line of such text.</summary>
    public static void WriteLine(string line) => Console.WriteLine(Clean(line));

    /// <summary>Writes one line of such text to the error stream.</summary>
    public static void WriteErrorLine(string line) => Console.Error.WriteLine(Clean(line));

    /// <summary>The text with every control character, line break and change of direction as a space.</summary>
    public static string Clean(string text)
    {
        if (!text.Any(Steers)) return text;
        return string.Create(text.Length, text, static (clean, from) =>
        {
            for (var i = 0; i < from.Length; i++) clean[i] = Steers(from[i]) ? ' ' : from[i];
        });
    }

    private static bool Steers(char c) =>
        char.IsControl(c)
        || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
