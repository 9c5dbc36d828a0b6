namespace Baton.Playbooks.Rules;

/// <summary><c>a and b and …</c></summary>
internal sealed class AllOf(Condition[] parts) : Condition
{
    public IReadOnlyList<Condition> Parts => parts;

    public override IReadOnlyList<Comparison> Comparisons { get; } = [.. parts.SelectMany(p => p.Comparisons)];

    public override bool Holds(RuleFacts facts)
    {
        foreach (var part in parts)
        {
            if (!part.Holds(facts)) return false;
        }
        return true;
    }

    internal override bool? Judge(RuleFacts facts)
    {
        bool? all = true;
        foreach (var part in parts)
        {
            var one = part.Judge(facts);
            if (one == false) return false;
            all = one is null ? null : all;
        }
        return all;
    }
}

/// <summary><c>a or b or …</c></summary>
internal sealed class AnyOf(Condition[] parts) : Condition
{
    public IReadOnlyList<Condition> Parts => parts;

    public override IReadOnlyList<Comparison> Comparisons { get; } = [.. parts.SelectMany(p => p.Comparisons)];

    public override bool Holds(RuleFacts facts)
    {
        foreach (var part in parts)
        {
            if (part.Holds(facts)) return true;
        }
        return false;
    }

    internal override bool? Judge(RuleFacts facts)
    {
        bool? any = false;
        foreach (var part in parts)
        {
            var one = part.Judge(facts);
            if (one == true) return true;
            any = one is null ? null : any;
        }
        return any;
    }
}

/// <summary><c>not a</c></summary>
internal sealed class Not(Condition part) : Condition
{
    public Condition Part => part;

    public override IReadOnlyList<Comparison> Comparisons => part.Comparisons;

    public override bool Holds(RuleFacts facts) => !part.Holds(facts);

    internal override bool? Judge(RuleFacts facts) => !part.Judge(facts);
}
