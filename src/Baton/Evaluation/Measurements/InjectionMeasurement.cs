namespace Baton.Evaluation.Measurements;

/// <summary>A text, whether it is an attempt to instruct a model, and where it comes from.</summary>
public sealed record InjectionExample(string Text, bool IsAttempt, string Source);

/// <summary>How many attempts a detector finds, and how many harmless texts it takes for attempts.</summary>
public static class InjectionMeasurement
{
    /// <summary>
    /// Recall over the attempts, false-positive rate over the rest, both with Wilson intervals; the same per source
    /// under <c>sources</c>, where only what the source has examples for is given.
    /// </summary>
    public static Figures Measure(IReadOnlyList<InjectionExample> examples, Func<string, bool> isAttempt,
        Figures? into = null)
    {
        var judged = examples.Select(e => (Example: e, Flagged: isAttempt(e.Text))).ToList();
        var figures = into ?? new Figures();
        Add(figures, judged);
        var sources = figures.Group("sources");
        foreach (var group in judged.GroupBy(j => j.Example.Source).OrderBy(g => g.Key, StringComparer.Ordinal))
            Add(sources.Group(group.Key), [.. group]);
        return figures;
    }

    private static void Add(Figures figures, List<(InjectionExample Example, bool Flagged)> judged)
    {
        figures.Add("count", judged.Count);
        Rate(figures, "recall", [.. judged.Where(j => j.Example.IsAttempt).Select(j => j.Flagged)]);
        Rate(figures, "false_positive_rate", [.. judged.Where(j => !j.Example.IsAttempt).Select(j => j.Flagged)]);
    }

    private static void Rate(Figures figures, string name, List<bool> flagged)
    {
        if (flagged.Count == 0) return;
        var count = flagged.Count(f => f);
        figures.Add(name, (double)count / flagged.Count, Interval.Wilson(count, flagged.Count));
    }
}
