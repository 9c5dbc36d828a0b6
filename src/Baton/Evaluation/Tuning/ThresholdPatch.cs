using System.Globalization;
using System.Text.RegularExpressions;

namespace Baton.Evaluation.Tuning;

/// <summary>A threshold of <c>playbook.yaml</c> changed where it stands, as text and as a patch.</summary>
/// <param name="Text">The whole file, changed.</param>
/// <param name="Patch">A unified diff that <c>git apply</c> and <c>patch -p1</c> take.</param>
internal sealed record ThresholdPatch(string Text, string Patch)
{
    private const string File = "playbook.yaml", Section = "thresholds:";

    private const int Context = 2;

    /// <summary>Null when the value stands in a way that only a person should change.</summary>
    public static ThresholdPatch? Of(string yaml, string threshold, double value)
    {
        var lines = yaml.ReplaceLineEndings("\n").Split('\n').ToList();
        var section = lines.FindIndex(l => l.TrimEnd() == Section);
        if (section < 0) return null;
        var written = value.ToString("0.##", CultureInfo.InvariantCulture);
        var at = section + 1;
        for (; at < lines.Count && (lines[at].Length == 0 || lines[at][0] is ' ' or '#'); at++)
            if (lines[at].TrimStart().StartsWith(threshold + ":", StringComparison.Ordinal))
                return Changed(lines, at, Regex.Replace(lines[at],
                    @"(?<=^\s+\w+:\s*(?:\{[^}]*?\bdefault:\s*)?)[0-9]+(?:\.[0-9]+)?", written, RegexOptions.None,
                    TimeSpan.FromSeconds(1)));
        return Added(lines, section + 1, $"  {threshold}: {written}");
    }

    private static ThresholdPatch? Changed(List<string> lines, int at, string line)
    {
        if (lines[at] == line) return null;
        var (from, to) = (Math.Max(0, at - Context), Math.Min(Last(lines), at + Context));
        string[] hunk =
        [
            .. lines[from..at].Select(l => " " + l), "-" + lines[at], "+" + line,
            .. lines[(at + 1)..(to + 1)].Select(l => " " + l),
        ];
        var count = to - from + 1;
        List<string> changed = [.. lines[..at], line, .. lines[(at + 1)..]];
        return Made(changed, $"@@ -{from + 1},{count} +{from + 1},{count} @@", hunk);
    }

    private static ThresholdPatch Added(List<string> lines, int at, string line)
    {
        var (from, to) = (Math.Max(0, at - Context), Math.Min(Last(lines), at + Context - 1));
        string[] hunk =
        [
            .. lines[from..at].Select(l => " " + l), "+" + line, .. lines[at..(to + 1)].Select(l => " " + l),
        ];
        var count = to - from + 1;
        return Made([.. lines[..at], line, .. lines[at..]], $"@@ -{from + 1},{count} +{from + 1},{count + 1} @@", hunk);
    }

    private static ThresholdPatch Made(List<string> lines, string where, string[] hunk) => new(
        string.Join('\n', lines), $"--- a/{File}\n+++ b/{File}\n{where}\n{string.Join('\n', hunk)}\n");

    /// <summary>What stands behind the last line feed is no line.</summary>
    private static int Last(List<string> lines) => lines[^1].Length == 0 ? lines.Count - 2 : lines.Count - 1;
}
