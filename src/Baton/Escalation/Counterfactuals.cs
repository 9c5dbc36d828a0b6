using System.Globalization;
using Baton.Playbooks;
using Baton.Playbooks.Rules;

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

    /// <summary>Which rules hold after one value has changed, given which held before.</summary>
    internal delegate RuleMatches AskAgain(RuleMatches before, RuleField field, RuleFacts changed);

    /// <summary>
    /// Sentences such as <c>urgency 5 → 6: enterprise-urgent would route to l2</c>, smallest change first.
    /// </summary>
    public static IReadOnlyList<string> Of(Playbook playbook, EscalationFacts facts, PolicyVerdict verdict) =>
        Of(playbook, facts, verdict, (before, field, changed) => before.Again(field, changed));

    /// <inheritdoc cref="Of(Playbook, EscalationFacts, PolicyVerdict)"/>
    /// <param name="again">Asks the rules again; tests ask all of them.</param>
    internal static IReadOnlyList<string> Of(
        Playbook playbook, EscalationFacts facts, PolicyVerdict verdict, AskAgain again)
    {
        var values = facts.ToRuleFacts().Set(RuleFields.DecisionConfidence, verdict.Confidence);
        var asking = new Asking(
            new PolicyQuestion(playbook, facts), values, RuleMatches.Of(playbook.Rules, values), verdict.Route, again);
        foreach (var (field, candidates) in Candidates(playbook, values, facts.TriageFrom(playbook)))
            asking.Nearest(field, candidates);
        return [.. asking.Found.OrderBy(f => f.Size).ThenBy(f => f.Text, StringComparer.Ordinal).Take(Most)
            .Select(f => f.Text)];
    }

    private static Dictionary<RuleField, List<RuleValue>> Candidates(
        Playbook playbook, RuleFacts values, double triageFrom)
    {
        var all = new Dictionary<RuleField, List<RuleValue>>();
        foreach (var rule in playbook.Rules)
            foreach (var comparison in rule.When.Comparisons)
                Around(comparison, values, all);
        foreach (var scale in Scales)
            for (var v = 1; v <= 10; v++) Add(all, scale, new RuleValue(v, null));
        Add(all, RuleFields.TriageConfidence, new RuleValue(triageFrom, null));
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

    /// <summary>
    /// The facts of one turn, asked with one value changed at a time; the value is put back afterwards.
    /// </summary>
    private sealed class Asking(
        PolicyQuestion question, RuleFacts values, RuleMatches matches, Route route, AskAgain again)
    {
        public List<(double Size, string Text)> Found { get; } = [];

        /// <summary>
        /// For numbers the nearest change upward and the nearest downward; for words and flags each one.
        /// </summary>
        public void Nearest(RuleField field, List<RuleValue> candidates)
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
                var other = Ask(field, candidate);
                if (other.Route == route) continue;

                var text = Sentence(field, values, candidate, other);
                if (field.Kind != RuleFieldKind.Number) Found.Add((Weight(field), text));
                else if (isUp) (above, up) = (distance, text);
                else (below, down) = (distance, text);
            }
            if (up is not null) Found.Add((above, up));
            if (down is not null) Found.Add((below, down));
        }

        private PolicyChoice Ask(RuleField field, RuleValue candidate)
        {
            var (number, word) = (values.Number(field), values.Word(field));
            if (field.Kind == RuleFieldKind.Word) values.Set(field, candidate.Word);
            else values.Set(field, candidate.Number);
            var choice = question.Final(values, again(matches, field, values)).Choice;
            values.Set(field, number).Set(field, word);
            return choice;
        }
    }

    private static bool Same(RuleField field, RuleFacts values, RuleValue candidate) =>
        field.Kind == RuleFieldKind.Word
            ? string.Equals(values.Word(field), candidate.Word, StringComparison.OrdinalIgnoreCase)
            : values.Number(field).Equals(candidate.Number);

    /// <summary>A word or flag counts as a larger change than one step of a scale.</summary>
    private static double Weight(RuleField field) =>
        field.Name.StartsWith("trigger.", StringComparison.Ordinal) ? 3 : 2;

    private static string Sentence(RuleField field, RuleFacts values, RuleValue to, PolicyChoice choice)
    {
        var change = field.Kind switch
        {
            RuleFieldKind.Word => $"{field.Name} {values.Word(field) ?? "unknown"} → {to.Word}",
            RuleFieldKind.Flag => to.Number == 1 ? $"{field.Name} true" : $"{field.Name} false",
            _ => $"{field.Name} {Text(values.Number(field))} → {Text(to.Number)}",
        };
        return $"{change}: {choice.By} would route to {EnumWords.Of(choice.Route)}";
    }

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
