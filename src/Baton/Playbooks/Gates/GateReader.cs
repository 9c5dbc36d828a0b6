using Baton.Playbooks.Loading.Source;

namespace Baton.Playbooks.Gates;

/// <summary>Reads the list <c>gates</c> of <c>evals/gates.yaml</c>; other fields of the file are left alone.</summary>
internal static class GateReader
{
    /// <summary>The gates of a file of its own.</summary>
    /// <exception cref="FormatException">It has none, or one that cannot be held; the message says where.</exception>
    public static IReadOnlyList<FigureGate> Read(string path)
    {
        var limits = new LoadLimits();
        if (new FileInfo(path).Length > limits.FileBytes)
            throw new FormatException($"{path}: at most {limits.FileBytes} bytes are read");
        var problems = new ProblemList(limits.Problems);
        var source = new SourceFile(path, File.ReadAllText(path).ReplaceLineEndings("\n"));
        var file = Section.Open(source, limits, problems);
        var gates = file is null ? [] : Read(file, problems);
        if (problems.Problems is [var first, ..]) throw new FormatException(first.ToString());
        return gates.Count > 0 ? gates : throw new FormatException(
            $"{path}: names no gates; write 'gates: [{{ metric: of_answered_right, at_least: 0.93 }}]'");
    }

    public static IReadOnlyList<FigureGate> Read(Section file, ProblemList problems) =>
        [.. file.Children("gates", "gate").Select(gate => One(gate, problems))];

    private static FigureGate One(Section gate, ProblemList problems)
    {
        var read = new FigureGate(
            gate.Text("metric", "of_answered_right"), (double?)gate.Number("at_least", 0, 1),
            (double?)gate.Number("at_most", 0, 1));
        if (!gate.Has("at_least") && !gate.Has("at_most"))
            problems.Add(gate.Here, $"gate '{read.Metric}': holds nothing; add 'at_least: 0.9' or 'at_most: 0.05'");
        gate.Close();
        return read;
    }
}
