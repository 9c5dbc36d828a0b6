namespace Baton.Playbooks.Loading;

/// <summary>What <c>escalation.yaml</c> says.</summary>
internal sealed record EscalationFile(
    IReadOnlyList<TriggerPolicy> Triggers, IReadOnlyList<EscalationRule> Rules, RoutingPolicy Routing);

/// <summary>Reads <c>escalation.yaml</c>.</summary>
internal static class EscalationReader
{
    /// <summary>Triggers that look for words, and so can be given more of them.</summary>
    private static readonly string[] WordTriggers =
        ["asked_for_human", "legal", "safety", "security", "data_loss", "instruction_attempt", "positive_turn", "repeated_failure"];

    /// <summary>Triggers whose threshold is a share from 0 to 1 or a value of a 1–10 scale; others take any number from 0.</summary>
    private static readonly Dictionary<string, (decimal Min, decimal Max)> Ranges = new()
    {
        ["low_triage_confidence"] = (0, 1),
        ["low_decision_confidence"] = (0, 1),
        ["out_of_scope"] = (0, 1),
        ["model_says_person"] = (0, 1),
        ["negative_sentiment"] = (1, 10),
    };

    public static EscalationFile Read(Section file, LoadState state)
    {
        var triggers = file.Child("triggers") is { } section ? Triggers(section, state) : [];
        var rules = RuleReader.Read(file.Children("rules", "rule"), "rule", state.Vocabulary, state);
        WarnOfDisabled(rules, triggers, file, state);
        var routing = file.AsSection(file.Required("routing", "{ queues: { l1: … } }"), "routing");
        var read = new EscalationFile(triggers, rules, routing is null ? NoRouting : RoutingReader.Read(routing, state));
        file.Close();
        return read;
    }

    private static RoutingPolicy NoRouting => new() { Queues = new Dictionary<Route, string>() };

    private static List<TriggerPolicy> Triggers(Section triggers, LoadState state)
    {
        List<TriggerPolicy> read = [];
        foreach (var (key, trigger) in triggers.Named("trigger"))
        {
            if (!RuleFields.TriggerNames.Contains(key.Text))
            {
                state.Problems.Add(key, $"unknown trigger '{key.Text}'{Suggestion.Hint(key.Text, [.. RuleFields.TriggerNames])}");
                continue;
            }
            var (min, max) = Ranges.GetValueOrDefault(key.Text, (0, 1_000_000_000));
            var then = trigger.Child("then");
            read.Add(new TriggerPolicy
            {
                Name = key.Text,
                Enabled = trigger.Flag("enabled", true),
                Threshold = (double?)trigger.Number("threshold", min, max),
                Phrases = trigger.Words("phrases"),
                Then = then is null ? null : RuleReader.Outcome(then.Called($"{trigger.What}, then"), state),
            });
            if (trigger.Has("phrases") && !WordTriggers.Contains(key.Text))
                state.Problems.Add(key, $"{trigger.What} does not look for words; 'phrases' is for {string.Join(", ", WordTriggers)}");
            trigger.Close();
        }
        return read;
    }

    private static void WarnOfDisabled(
        IReadOnlyList<EscalationRule> rules, IReadOnlyList<TriggerPolicy> triggers, Section file, LoadState state)
    {
        foreach (var off in triggers.Where(t => !t.Enabled))
        {
            var field = RuleFields.Trigger(off.Name);
            foreach (var rule in rules.Where(r => r.When.Comparisons.Any(c => c.Field == field)))
                state.Problems.Warn(file.Here with { Line = LineOf(file, rule.Name) }, $"rule '{rule.Name}' asks for '{field}', which is switched off and never fires");
        }
    }

    private static int LineOf(Section file, string rule) => file.Children("rules", "rule")
        .Select(r => r.Located("name")).FirstOrDefault(n => n?.Text == rule)?.Line ?? 1;
}
