using NodaTime;

namespace Baton.Playbooks.Loading;

/// <summary>Reads the SLA policies of <c>queues.yaml</c>.</summary>
internal static class SlaReader
{
    private enum Clock
    {
        Calendar,
        Business,
    }

    public static IReadOnlyList<SlaPolicy> Read(Section file, LoadState state)
    {
        List<SlaPolicy> policies = [];
        List<ReadRule> conditions = [];
        List<Located> names = [];
        foreach (var section in file.Children("sla_policies", "SLA policy"))
        {
            var name = section.RequiredLocated("name", "standard");
            Names.CheckShape(name, "SLA policy", state.Problems, hyphens: true);
            if (name is { } given) names.Add(given);
            var when = ConditionReader.Read(section, state.Vocabulary, required: false);
            conditions.Add(new ReadRule($"SLA policy '{name?.Text}'", when, section.Has("when"), section.Located("when") ?? section.Here));
            var targets = section.AsSection(section.Required("targets", "{ normal: { first_reply: 8h } }"), "targets");
            policies.Add(new SlaPolicy { Name = name?.Text ?? "", When = when, Targets = targets is null ? [] : Targets(targets) });
            section.Close();
        }
        Names.CheckUnique(names, "SLA policy", state.Problems);
        Reachability.Check(conditions, state.Vocabulary, state.Problems);
        return policies;
    }

    private static Dictionary<Priority, SlaTargets> Targets(Section targets)
    {
        var read = new Dictionary<Priority, SlaTargets>();
        foreach (var (key, target) in targets.Named("targets of"))
        {
            var (shortest, longest) = (TimeSpan.FromMinutes(1), TimeSpan.FromDays(366));
            var reply = target.Duration("first_reply", shortest, longest);
            var resolution = target.Duration("resolution", shortest, longest);
            if (reply is null && resolution is null)
                target.Problems.Add(key, $"{target.What}: no target; add 'first_reply: 1h' or 'resolution: 8h'");
            if (reply > resolution)
                target.Problems.Add(target.Located("resolution")!.Value, $"{target.What}: resolution in {Durations.Text(resolution.Value)} " +
                    $"is due before the first reply in {Durations.Text(reply.Value)}; make it later");
            var clock = target.Choice<Clock>("hours") ?? Clock.Calendar;
            if (targets.Choice<Priority>(key, "priority") is { } priority)
                read[priority] = new SlaTargets(ToDuration(reply), ToDuration(resolution), clock == Clock.Business);
            target.Close();
        }
        return read;
    }

    private static Duration? ToDuration(TimeSpan? time) => time is { } span ? Duration.FromTimeSpan(span) : null;
}
