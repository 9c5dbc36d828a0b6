using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Rules;
using Baton.Playbooks.Triggers;

namespace Baton.Playbooks.Loading;

/// <summary>What <c>escalation.yaml</c> says.</summary>
internal sealed record EscalationFile(
    IReadOnlyList<TriggerPolicy> Triggers, IReadOnlyList<EscalationRule> Rules, RoutingPolicy Routing);

/// <summary>Reads <c>escalation.yaml</c>.</summary>
internal static class EscalationReader
{
    public static EscalationFile Read(Section file, LoadState state)
    {
        var triggers = file.Child("triggers") is { } section ? Triggers(section, state) : [];
        var rules = RuleReader.Read(file.Children("rules", "rule"), "rule", state.Vocabulary, state);
        WarnOfDisabled(rules, triggers, file, state);
        var routing = file.AsSection(file.Required("routing", "{ queues: { l1: … } }"), "routing");
        var read = new EscalationFile(
            triggers, rules, routing is null ? NoRouting : RoutingReader.Read(routing, state));
        file.Close();
        return read;
    }

    private static RoutingPolicy NoRouting => new() { Queues = new Dictionary<Route, string>() };

    private static List<TriggerPolicy> Triggers(Section triggers, LoadState state)
    {
        List<TriggerPolicy> read = [];
        foreach (var (key, trigger) in triggers.Named("trigger"))
        {
            if (TriggerCatalog.Find(key.Text) is { } row) read.Add(Trigger(row, trigger, state));
            else state.Problems.Add(
                key, $"unknown trigger '{key.Text}'{Suggestion.Hint(key.Text, [.. TriggerCatalog.Names])}");
        }
        return read;
    }

    private static TriggerPolicy Trigger(TriggerRow row, Section trigger, LoadState state)
    {
        var policy = new TriggerPolicy
        {
            Name = row.Name,
            Enabled = trigger.Flag("enabled", true),
            Threshold = Threshold(row, trigger),
            Phrases = Phrases(row, trigger),
            Then = trigger.Child("then") is { } then ? Outcome(then.Called($"{trigger.What}, then"), state) : null,
        };
        if (policy is { Enabled: false } && row.TakesPhrases)
            state.Problems.Warn(trigger.Here,
                $"{trigger.What} is switched off; automation may answer what it would have stopped");
        trigger.Close();
        return policy;
    }

    private static double? Threshold(TriggerRow row, Section trigger)
    {
        if (row.Threshold is { } range)
            return range.Whole
                ? trigger.Has("threshold")
                ? trigger.Whole("threshold", (int)range.Default, (int)range.Min, (int)range.Max) : null
                : (double?)trigger.Number("threshold", (decimal)range.Min, (decimal)range.Max, range.Unit);
        if (trigger.Entry("threshold") is { } at)
            trigger.Problems.Add(at, $"{trigger.What} has no threshold; remove it"
                + (row.SetBy is null ? $" (it fires when {row.What})" : $" and set {row.SetBy} in playbook.yaml"));
        return null;
    }

    private static IReadOnlyList<string> Phrases(TriggerRow row, Section trigger)
    {
        if (row.TakesPhrases) return trigger.Words("phrases");
        if (trigger.Entry("phrases") is { } at)
            trigger.Problems.Add(
                at, $"{trigger.What} does not look for words, so that nobody would read 'phrases'; they are for "
                + string.Join(", ", TriggerCatalog.All.Where(r => r.TakesPhrases).Select(r => r.Name)));
        return [];
    }

    /// <summary>What a trigger asks for. It may only send a turn to people: automation is what triggers stop.</summary>
    private static RuleOutcome Outcome(Section then, LoadState state)
    {
        var outcome = RuleReader.Outcome(then, state);
        if (outcome.Route is Route.Auto or Route.Ask)
            then.Problems.Add(then.Located("route") ?? then.Here,
                $"{then.What}: a trigger cannot choose '{EnumWords.Of(outcome.Route.Value)}'; write l1, l2, l3 or human_now");
        if (outcome is { Route: null, Queue: not null })
            then.Problems.Add(then.Located("queue") ?? then.Here,
                $"{then.What}: a queue without a route is never used; add a route, for example 'route: l1'");
        return outcome;
    }

    private static void WarnOfDisabled(
        IReadOnlyList<EscalationRule> rules, IReadOnlyList<TriggerPolicy> triggers, Section file, LoadState state)
    {
        foreach (var off in triggers.Where(t => !t.Enabled))
        {
            var field = RuleFields.Trigger(off.Name);
            foreach (var rule in rules.Where(r => r.When.Comparisons.Any(c => c.Field == field)))
                state.Problems.Warn(file.Here with { Line = LineOf(file, rule.Name) },
                    $"rule '{rule.Name}' asks for '{field}', which is switched off and never fires");
        }
    }

    private static int LineOf(Section file, string rule) => file.Children("rules", "rule")
        .Select(r => r.Located("name")).FirstOrDefault(n => n?.Text == rule)?.Line ?? 1;
}
