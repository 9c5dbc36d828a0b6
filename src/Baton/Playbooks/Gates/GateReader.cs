using System.Globalization;
using System.Text.RegularExpressions;
using Baton.Playbooks.Loading.Source;

namespace Baton.Playbooks.Gates;

/// <summary>Reads <c>evals/gates.yaml</c>: the list <c>gates</c>, and the flat keys that were before it.</summary>
internal static partial class GateReader
{
    private const decimal Most = 1_000_000;

    private static readonly string[] OtherUnits = ["_usd", "_ms", "_seconds", "_change", "_score"];

    /// <summary>The gates of a file of its own.</summary>
    /// <param name="migrations">How each flat key is written now.</param>
    /// <exception cref="FormatException">It has none, or one that cannot be held; the message says where.</exception>
    public static IReadOnlyList<FigureGate> Read(string path, out IReadOnlyList<string> migrations)
    {
        var limits = new LoadLimits();
        if (new FileInfo(path).Length > limits.FileBytes)
            throw new FormatException($"{path}: at most {limits.FileBytes} bytes are read");
        var problems = new ProblemList(limits.Problems);
        var source = new SourceFile(path, File.ReadAllText(path).ReplaceLineEndings("\n"));
        var file = Section.Open(source, limits, problems);
        var gates = file is null ? [] : Read(file, problems);
        migrations = [.. problems.Warnings.Select(w => w.ToString())];
        if (problems.Problems is [var first, ..]) throw new FormatException(first.ToString());
        return gates.Count > 0 ? gates : throw new FormatException(
            $"{path}: names no gates; write 'gates: [{{ metric: of_answered_right, at_least: 0.93 }}]'");
    }

    public static IReadOnlyList<FigureGate> Read(Section file, ProblemList problems)
    {
        List<FigureGate> gates = [.. file.Children("gates", "gate").Select(gate => One(gate, problems))];
        foreach (var entry in file.Entries)
        {
            if (entry.Key is "gates") continue;
            var here = new Located(entry.Key, file.File, entry.Line, entry.Column);
            if (FlatGates.Of(entry.Key) is not { } flat)
                problems.Warn(here, $"'{entry.Key}' holds nothing{Suggestion.Hint(entry.Key, ["gates", .. FlatGates.Keys])}");
            else if (file.Number(entry.Key, -Most, Most) is { } bar)
            {
                gates.Add(flat.With((double)bar));
                problems.Warn(here, $"'{entry.Key}: {bar}' is written under 'gates:' now: {flat.Written((double)bar)}");
            }
        }
        return gates;
    }

    private static FigureGate One(Section gate, ProblemList problems)
    {
        var metric = gate.Text("metric", "of_answered_right");
        var (least, most) = IsShare(metric) ? (0m, 1m) : (-Most, Most);
        var read = new FigureGate(
            metric, (double?)gate.Number("at_least", least, most), (double?)gate.Number("at_most", least, most))
        {
            Source = gate.Choice<GateSource>("source") ?? GateSource.Eval,
            Rule = gate.Choice<GateRule>("rule") ?? GateRule.Point,
            Slice = gate.OptionalText("slice"), WorseBy = Worse(gate, problems),
        };
        if (read is { AtLeast: null, AtMost: null, WorseBy: null })
            problems.Add(gate.Here, $"gate '{read.Metric}': holds nothing; add 'at_least: 0.9', 'at_most: 0.05' "
                + "or 'no_worse_than: current by 2 points'");
        gate.Close();
        return read;
    }

    /// <summary>Names of money and times tell their unit; everything else is a share.</summary>
    private static bool IsShare(string metric) => !OtherUnits.Any(u => metric.Contains(u, StringComparison.Ordinal));

    private static double? Worse(Section gate, ProblemList problems)
    {
        if (gate.OptionalText("no_worse_than") is not { } text) return null;
        var match = Margin().Match(text);
        if (!match.Success)
        {
            problems.Add(gate.Entry("no_worse_than") ?? gate.Here,
                $"no_worse_than: '{text}' is no margin; write 'current by 2 points' or 'current by 0.05'");
            return null;
        }
        if (!match.Groups[1].Success) return 0;
        var by = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Success ? by / 100 : by;
    }

    /// <summary>Points are hundredths; without the word it is the metric's own unit.</summary>
    [GeneratedRegex(@"^current(?: by ([0-9]{1,6}(?:\.[0-9]{1,6})?)( points?)?)?$")]
    private static partial Regex Margin();
}
