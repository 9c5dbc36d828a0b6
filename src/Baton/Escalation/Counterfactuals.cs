using System.Globalization;
using Baton.Playbooks;

namespace Baton.Escalation;

/// <summary>
/// What would have changed a decision: the smallest change of one field that gives another route, found by asking the
/// policy again. Candidates come from the rules' own comparisons and, for the scales, from scored routing.
/// </summary>
public static class Counterfactuals
{
    /// <summary>Most lines one decision carries.</summary>
    private const int Most = 6;

    private static readonly RuleField[] Scales = [RuleFields.Urgency, RuleFields.Sentiment, RuleFields.Complexity];

    private static readonly HashSet<RuleField> About =
        [RuleFields.Intent, RuleFields.IntentClass, RuleFields.Category, RuleFields.ProductArea];

    /// <summary>Sentences such as <c>urgency 5 → 6: enterprise-urgent would route to l2</c>, smallest change first.</summary>
    public static IReadOnlyList<string> Of(Playbook playbook, EscalationFacts facts, PolicyVerdict verdict)
    {
        var values = facts.ToRuleFacts().Set(RuleFields.DecisionConfidence, verdict.Confidence);
        var found = new List<(double Size, string Text)>();
        foreach (var (field, candidates) in Candidates(playbook, values))
            Nearest(playbook, facts, values, verdict.Route, field, candidates, found);
        return [.. found.OrderBy(f => f.Size).ThenBy(f => f.Text, StringComparer.Ordinal).Take(Most).Select(f => f.Text)];
    }

    private static Dictionary<RuleField, List<RuleValue>> Candidates(Playbook playbook, RuleFacts values)
    {
        var all = new Dictionary<RuleField, List<RuleValue>>();
        foreach (var rule in playbook.Rules)
            foreach (var comparison in rule.When.Comparisons)
                Around(comparison, values, all);
        foreach (var scale in Scales)
            for (var v = 1; v <= 10; v++) Add(all, scale, new RuleValue(v, null));
        Add(all, RuleFields.TriageConfidence, new RuleValue(playbook.Thresholds.TriageConfidence, null));
        return all;
    }

    private static void Around(Comparison comparison, RuleFacts values, Dictionary<RuleField, List<RuleValue>> all)
    {
        var field = comparison.Field;
        switch (field.Kind)
        {
            case RuleFieldKind.Number when !double.IsNaN(values.Number(field)):
                foreach (var value in comparison.Values)
                    foreach (var delta in (ReadOnlySpan<double>)[-field.Step, 0, field.Step])
                        Add(all, field, new RuleValue(Math.Round(value.Number + delta, 4), null));
                break;
            case RuleFieldKind.Flag:
                Add(all, field, new RuleValue(values.Number(field) == 1 ? 0 : 1, null));
                break;
            // Another intent would be another ticket, not a change of this one.
            case RuleFieldKind.Word when !About.Contains(field):
                foreach (var value in comparison.Values) Add(all, field, value);
                break;
        }
    }

    private static void Add(Dictionary<RuleField, List<RuleValue>> all, RuleField field, RuleValue value)
    {
        if (!all.TryGetValue(field, out var list)) all[field] = list = [];
        if (!list.Contains(value)) list.Add(value);
    }

    /// <summary>For numbers the nearest change upward and the nearest downward; for words and flags each one.</summary>
    private static void Nearest(
        Playbook playbook, EscalationFacts facts, RuleFacts values, Route route, RuleField field,
        List<RuleValue> candidates, List<(double, string)> found)
    {
        var now = values.Number(field);
        double above = double.MaxValue, below = double.MaxValue;
        string? up = null, down = null;
        foreach (var candidate in candidates)
        {
            var distance = field.Kind == RuleFieldKind.Number ? Math.Abs(candidate.Number - now) / field.Step : 1;
            var isUp = candidate.Number > now;
            if (distance == 0 || Same(field, values, candidate)) continue;
            if (field.Kind == RuleFieldKind.Number && distance >= (isUp ? above : below)) continue;
            var other = Ask(playbook, facts, values, field, candidate);
            if (other.Route == route) continue;

            var text = Sentence(field, values, candidate, other);
            if (field.Kind != RuleFieldKind.Number) found.Add((Weight(field), text));
            else if (isUp) (above, up) = (distance, text);
            else (below, down) = (distance, text);
        }
        if (up is not null) found.Add((above, up));
        if (down is not null) found.Add((below, down));
    }

    private static PolicyChoice Ask(
        Playbook playbook, EscalationFacts facts, RuleFacts values, RuleField field, RuleValue candidate)
    {
        var changed = values.Copy();
        if (field.Kind == RuleFieldKind.Word) changed.Set(field, candidate.Word);
        else changed.Set(field, candidate.Number);
        return PolicyChoice.Final(playbook, facts, changed).Choice;
    }

    private static bool Same(RuleField field, RuleFacts values, RuleValue candidate) =>
        field.Kind == RuleFieldKind.Word
            ? string.Equals(values.Word(field), candidate.Word, StringComparison.OrdinalIgnoreCase)
            : values.Number(field).Equals(candidate.Number);

    /// <summary>A word or flag counts as a larger change than one step of a scale.</summary>
    private static double Weight(RuleField field) => field.Name.StartsWith("trigger.", StringComparison.Ordinal) ? 3 : 2;

    private static string Sentence(RuleField field, RuleFacts values, RuleValue to, PolicyChoice choice)
    {
        var change = field.Kind switch
        {
            RuleFieldKind.Word => $"{field.Name} {values.Word(field) ?? "unknown"} → {to.Word}",
            RuleFieldKind.Flag => to.Number == 1 ? $"{field.Name} true" : $"{field.Name} false",
            _ => $"{field.Name} {Text(values.Number(field))} → {Text(to.Number)}",
        };
        return $"{change}: {choice.By} would route to {EscalationPolicy.Word(choice.Route)}";
    }

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
