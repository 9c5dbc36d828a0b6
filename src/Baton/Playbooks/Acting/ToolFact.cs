using System.Text.Json.Nodes;
using Baton.Playbooks.Rules;

namespace Baton.Playbooks.Acting;

/// <summary>A fact that code computes from what was looked up, for conditions over it.</summary>
/// <param name="Field">Its name and whether it is a number or a word.</param>
public sealed record ToolFact(RuleField Field, FactFormula Formula);

/// <summary>How a fact is computed. What is not there makes it unknown, and no condition over it holds.</summary>
public abstract record FactFormula
{
    private FactFormula() { }

    /// <summary>A number or word at a place.</summary>
    public sealed record Value(string Place) : FactFormula;

    /// <summary>Full days or hours since the time at a place; a time in the future makes it negative.</summary>
    public sealed record Since(string Place, bool InHours) : FactFormula;

    /// <summary>Two operands, each a place or a number, joined by <c>+ - * /</c>.</summary>
    public sealed record Reckoned(string Left, char Operator, string Right) : FactFormula;

    /// <summary>How many items a list has.</summary>
    public sealed record Count(string Place) : FactFormula;

    /// <summary>Sum of the numbers at a place in lists.</summary>
    public sealed record Sum(string Place) : FactFormula;

    private static readonly string[] Words = ["days", "hours", "since", "count", "sum", "word"];

    /// <summary>The formula of a text, or null when it is none.</summary>
    public static FactFormula? Parse(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [("days" or "hours") and var unit, "since", var place] when FactPlace.IsOne(place) =>
                new Since(place, unit == "hours"),
            ["count", var place] when FactPlace.IsOne(place) => new Count(place),
            ["sum", var place] when FactPlace.IsOne(place) => new Sum(place),
            ["word", var place] when FactPlace.IsOne(place) => new Value(place),
            [var place] when FactPlace.IsOne(place) && !Words.Contains(place) => new Value(place),
            [var left, ("+" or "-" or "*" or "/") and var sign, var right] when IsOperand(left) && IsOperand(right) =>
                new Reckoned(left, sign[0], right),
            _ => null,
        };

    /// <summary>The number, NaN when it is not known.</summary>
    /// <param name="data">What was looked up, the inputs under <c>input</c>.</param>
    /// <param name="earlier">A fact that was computed before, or NaN.</param>
    public double Number(JsonObject data, Func<string, double> earlier, DateTimeOffset now) => this switch
    {
        Value value => Operand(value.Place, data, earlier),
        Since since => Passed(FactPlace.Text(data, since.Place), since.InHours, now),
        Reckoned two => Reckon(Operand(two.Left, data, earlier), two.Operator, Operand(two.Right, data, earlier)),
        Count count => FactPlace.Node(data, count.Place) is JsonArray list ? list.Count : double.NaN,
        Sum sum => Total([.. FactPlace.Values(data, sum.Place)]),
        _ => double.NaN,
    };

    private static bool IsOperand(string text) => FactPlace.IsOne(text) || FactPlace.Number(text) is not double.NaN;

    private static double Operand(string text, JsonObject data, Func<string, double> earlier)
    {
        if (FactPlace.Number(text) is var number && !double.IsNaN(number)) return number;
        var known = earlier(text);
        return double.IsNaN(known) ? FactPlace.Number(FactPlace.Text(data, text)) : known;
    }

    private static double Passed(string? time, bool inHours, DateTimeOffset now)
    {
        if (FactPlace.Time(time) is not { } at) return double.NaN;
        var passed = now - at;
        return Math.Floor(inHours ? passed.TotalHours : passed.TotalDays);
    }

    private static double Reckon(double left, char sign, double right)
    {
        if (double.IsNaN(left) || double.IsNaN(right)) return double.NaN;
        var (a, b) = ((decimal)left, (decimal)right);
        return sign switch
        {
            '+' => (double)(a + b),
            '-' => (double)(a - b),
            '*' => (double)(a * b),
            // No share of nothing: not known, so that nothing is allowed because of it.
            _ => b == 0 ? double.NaN : (double)(a / b),
        };
    }

    private static double Total(IReadOnlyList<string> values)
    {
        double[] numbers = [.. values.Select(FactPlace.Number)];
        return numbers.Length == 0 || numbers.Any(double.IsNaN) ? double.NaN : (double)numbers.Sum(n => (decimal)n);
    }
}
