namespace Baton.Playbooks.Rules;

/// <summary>A union of number intervals, and whether "not known" belongs to it.</summary>
internal sealed record NumberSet(IReadOnlyList<NumberInterval> Intervals, bool NotKnown)
{
    public bool IsEmpty => !NotKnown && Intervals.Count == 0;

    /// <summary>Everything a field can hold.</summary>
    public static NumberSet All(RuleField field) =>
        new([new NumberInterval(field.Minimum, true, field.Maximum, true)], NotKnown: true);

    /// <summary>The values for which a comparison holds.</summary>
    public static NumberSet Of(Comparison comparison)
    {
        var all = All(comparison.Field).Intervals[0];
        var value = comparison.Values[0].Number;
        IEnumerable<NumberInterval> intervals = comparison.Operator switch
        {
            "<" => [all with { High = value, HighIn = false }],
            "<=" => [all with { High = value, HighIn = true }],
            ">" => [all with { Low = value, LowIn = false }],
            ">=" => [all with { Low = value, LowIn = true }],
            "==" or "in" => comparison.Values.Select(v => new NumberInterval(v.Number, true, v.Number, true)),
            _ => Gaps(comparison.Values, all),
        };
        return new([.. intervals.Select(i => i.And(all)).Where(i => !i.IsEmpty)], NotKnown: false);
    }

    /// <summary>Everything the field can hold and this set does not.</summary>
    public NumberSet Complement(RuleField field)
    {
        List<NumberInterval> rest = [All(field).Intervals[0]];
        foreach (var taken in Intervals) rest = [.. rest.SelectMany(r => r.Without(taken)).Where(i => !i.IsEmpty)];
        return new(rest, !NotKnown);
    }

    public NumberSet And(NumberSet other)
    {
        var both = from a in Intervals from b in other.Intervals select a.And(b);
        return new([.. both.Where(i => !i.IsEmpty)], NotKnown && other.NotKnown);
    }

    private static IEnumerable<NumberInterval> Gaps(IReadOnlyList<RuleValue> values, NumberInterval all)
    {
        IEnumerable<NumberInterval> rest = [all];
        foreach (var value in values.Select(v => new NumberInterval(v.Number, true, v.Number, true)))
            rest = [.. rest.SelectMany(r => r.Without(value)).Where(i => !i.IsEmpty)];
        return rest;
    }
}

/// <summary>Numbers between two ends, each belonging to it or not.</summary>
internal readonly record struct NumberInterval(double Low, bool LowIn, double High, bool HighIn)
{
    public bool IsEmpty => Low > High || (Low == High && !(LowIn && HighIn));

    public NumberInterval And(NumberInterval other)
    {
        var (low, lowIn) = Low > other.Low ? (Low, LowIn)
            : Low < other.Low ? (other.Low, other.LowIn) : (Low, LowIn && other.LowIn);
        var (high, highIn) = High < other.High ? (High, HighIn)
            : High > other.High ? (other.High, other.HighIn) : (High, HighIn && other.HighIn);
        return new(low, lowIn, high, highIn);
    }

    /// <summary>What is left below and above <paramref name="taken"/>; either part may be empty.</summary>
    public IEnumerable<NumberInterval> Without(NumberInterval taken)
    {
        yield return And(new(double.NegativeInfinity, true, taken.Low, !taken.LowIn));
        yield return And(new(taken.High, !taken.HighIn, double.PositiveInfinity, true));
    }
}
