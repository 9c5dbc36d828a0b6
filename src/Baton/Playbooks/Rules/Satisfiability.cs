namespace Baton.Playbooks.Rules;

/// <summary>
/// Whether some facts make conditions hold while others do not. Works on the set of values that each field may still
/// take, and tries the alternatives of <c>or</c> one after the other. Exact for single fields; it knows of no
/// relation between fields. After <see cref="MaxSteps"/> it answers "yes", so that it never reports wrongly.
/// </summary>
internal sealed class Satisfiability
{
    private const int MaxSteps = 20_000;

    private readonly RuleVocabulary _vocabulary;
    private int _steps;

    private Satisfiability(RuleVocabulary vocabulary) => _vocabulary = vocabulary;

    /// <summary>
    /// Whether all of <paramref name="hold"/> and none of <paramref name="fail"/> can be true at once.
    /// </summary>
    public static bool CanHold(
        IReadOnlyList<Condition> hold, IReadOnlyList<Condition> fail, RuleVocabulary vocabulary)
    {
        Goal? goals = null;
        foreach (var condition in fail) goals = new Goal(condition, false, goals);
        foreach (var condition in hold) goals = new Goal(condition, true, goals);
        return new Satisfiability(vocabulary).Search(goals, FieldSets.Everything);
    }

    private bool Search(Goal? goals, FieldSets sets)
    {
        if (++_steps > MaxSteps || goals is null) return true;
        var (condition, wanted, rest) = goals;
        switch (condition)
        {
            case Leaf leaf:
                return sets.Restrict(leaf.Comparison, wanted, _vocabulary) is { } narrower && Search(rest, narrower);
            case Not not:
                return Search(new Goal(not.Part, !wanted, rest), sets);
            case AllOf all:
                return wanted ? Search(Push(all.Parts, true, rest), sets) : Any(all.Parts, false, rest, sets);
            case AnyOf any:
                return wanted ? Any(any.Parts, true, rest, sets) : Search(Push(any.Parts, false, rest), sets);
            default:
                return true;
        }
    }

    private bool Any(IReadOnlyList<Condition> parts, bool wanted, Goal? rest, FieldSets sets) =>
        parts.Any(part => Search(new Goal(part, wanted, rest), sets));

    // Pushed in reverse, so that the first part is looked at first.
    private static Goal? Push(IReadOnlyList<Condition> parts, bool wanted, Goal? rest)
    {
        foreach (var part in parts.Reverse()) rest = new Goal(part, wanted, rest);
        return rest;
    }

    private sealed record Goal(Condition Condition, bool Wanted, Goal? Rest);
}
