using System.Text;

namespace Baton.Evaluation.Learning.Suggesting;

/// <summary>
/// A change of a text file as <c>git apply</c> and <c>patch -p1</c> take it: one hunk from the first line that differs
/// to the last.
/// </summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <param name="before">Null for a new file.</param>
    /// <returns>Empty where nothing changes.</returns>
    public static string Of(string path, string? before, string after)
    {
        if (before == after) return "";
        var (old, now) = (Lines(before ?? ""), Lines(after));
        var first = 0;
        while (first < old.Count && first < now.Count && old[first] == now[first]) first++;
        var same = 0;
        while (same < old.Count - first && same < now.Count - first && old[^(same + 1)] == now[^(same + 1)]) same++;
        var from = Math.Max(0, first - Context);
        var behind = Math.Min(Context, same);
        var (removed, added) = (old.Count - same - first, now.Count - same - first);
        var (oldCount, newCount) = (first - from + removed + behind, first - from + added + behind);
        var hunk = new StringBuilder()
            .Append(before is null ? "--- /dev/null\n" : $"--- a/{path}\n").Append($"+++ b/{path}\n")
            .Append($"@@ -{Start(from, oldCount)},{oldCount} +{Start(from, newCount)},{newCount} @@\n");
        foreach (var line in old.Take(first).Skip(from)) Append(hunk, ' ', line);
        foreach (var line in old.Skip(first).Take(removed)) Append(hunk, '-', line);
        foreach (var line in now.Skip(first).Take(added)) Append(hunk, '+', line);
        foreach (var line in old.Skip(old.Count - same).Take(behind)) Append(hunk, ' ', line);
        return hunk.ToString();
    }

    private static int Start(int from, int count) => count == 0 ? from : from + 1;

    private static void Append(StringBuilder hunk, char mark, string line)
    {
        hunk.Append(mark).Append(line);
        if (!line.EndsWith('\n')) hunk.Append("\n\\ No newline at end of file\n");
    }

    /// <summary>Each with its end, so that a file without one at its end differs.</summary>
    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var at ? at + 1 : text.Length;
            lines.Add(text[start..end]);
            start = end;
        }
        return lines;
    }
}
