using Baton.Evaluation.Metrics;

namespace Baton.Server.Cli.Measuring;

/// <summary>What a run over labelled tickets came to, in words and shares.</summary>
internal static class FiguresOfTickets
{
    /// <param name="labelled">Labels in the file.</param>
    /// <param name="all">Tickets that were run.</param>
    public static void Print(TicketFigures figures, int labelled, int all)
    {
        Console.WriteLine();
        Console.WriteLine($"compared with what {labelled} of {all} tickets expect (95 % intervals):");
        foreach (var (name, rate) in figures.Rates)
            Console.WriteLine($"  {name.Replace('_', ' '),-34} {Show(rate)}");
        foreach (var (reason, count) in figures.EscalatedReasons)
            Console.WriteLine($"  escalated {count,3}: {TerminalText.Clean(reason)}");
        foreach (var (kind, good, answered) in figures.ByKind())
            Console.WriteLine(
                $"  {TerminalText.Clean(kind.Length == 0 ? "(no kind)" : kind),-13} good {Show(good)}   answered {Show(answered)}");
    }

    /// <summary>Thresholds with what they answer and cost.</summary>
    public static void Print(IReadOnlyList<CurvePoint> curve, double inForce)
    {
        var cheapest = AnswerCurve.Cheapest(curve);
        Console.WriteLine("  threshold   answered from articles, right            expected cost");
        foreach (var point in curve)
            Console.WriteLine($"  {point.Threshold:0.00}        {Show(point.Right),-38} {point.ExpectedCost,12:N2}");
        Console.WriteLine($"  in force: {inForce:0.00}; lowest expected cost: {cheapest.Threshold:0.00}");
    }

    /// <summary>Each gate with what was measured.</summary>
    public static void Print(IReadOnlyList<GateVerdict> verdicts)
    {
        foreach (var verdict in verdicts)
            Console.WriteLine($"  gate {(verdict.Passed ? "passed" : "FAILED")}  "
                + $"{verdict.Gate.Metric.Replace('_', ' '),-28} {verdict.Bar,-14} {Show(verdict.Measured)}");
    }

    internal static string Show(Rate rate) => rate.Interval is not { } interval ? "none"
        : $"{rate.Hits,3}/{rate.Of,-3} {rate.Share,6:P1}  ({interval.Low:P1} to {interval.High:P1})";
}
