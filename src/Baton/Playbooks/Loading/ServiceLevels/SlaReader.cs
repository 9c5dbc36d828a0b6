using Baton.Playbooks.Loading.Source;
using NodaTime;

namespace Baton.Playbooks.Loading;

/// <summary>Reads the SLA policies of <c>queues.yaml</c>.</summary>
internal static class SlaReader
{
    private const double LongestWeeks = 4;

    /// <summary>Times that are contained in others.</summary>
    private static readonly (string Part, string Whole)[] PartsOf =
    [
        (SlaMetric.FirstReply, SlaMetric.Resolution), (SlaMetric.FirstReply, SlaMetric.RequesterWait),
        (SlaMetric.NextReply, SlaMetric.RequesterWait), (SlaMetric.NextReply, SlaMetric.Resolution),
        (SlaMetric.RequesterWait, SlaMetric.Resolution),
    ];

    private enum Clock
    {
        Calendar,
        Business,
    }

    public static IReadOnlyList<SlaPolicy> Read(Section file, IReadOnlyList<Queue> queues, LoadState state)
    {
        List<SlaPolicy> policies = [];
        List<ReadRule> conditions = [];
        List<Located> names = [];
        foreach (var each in file.Children("sla_policies", "SLA policy"))
        {
            var name = each.RequiredLocated("name", "standard");
            var section = name is null ? each : each.Called($"SLA policy '{name.Value.Text}'");
            Names.CheckShape(name, "SLA policy", state.Problems, hyphens: true);
            if (name is { } given) names.Add(given);
            var when = ConditionReader.Read(section, state.Vocabulary, required: false);
            conditions.Add(new ReadRule(
                $"SLA policy '{name?.Text}'", when, section.Has("when"), section.Located("when") ?? section.Here));
            var targets = section.AsSection(section.Required("targets", "{ normal: { first_reply: 8h } }"), "targets");
            var policy = new SlaPolicy
            {
                Name = name?.Text ?? "", When = when, Targets = targets is null ? [] : Targets(targets, queues),
            };
            policies.Add(SlaActionReader.Read(policy, section, state));
            if (targets is not null) WarnOfMissing(section.Entry("targets")!.Value, targets);
            section.Close();
        }
        Names.CheckUnique(names, "SLA policy", state.Problems);
        Reachability.Check(conditions, state.Vocabulary, state.Problems);
        return policies;
    }

    private static Dictionary<Priority, SlaTargets> Targets(Section targets, IReadOnlyList<Queue> queues)
    {
        var read = new Dictionary<Priority, SlaTargets>();
        foreach (var (key, target) in targets.Named("targets of"))
        {
            var (shortest, longest) = (TimeSpan.FromMinutes(1), TimeSpan.FromDays(366));
            var times = SlaMetric.All.ToDictionary(metric => metric, m => target.Duration(m, shortest, longest));
            if (times.Values.All(time => time is null))
                target.Problems.Add(key, $"{target.What}: no target; add 'first_reply: 1h' or 'resolution: 8h'");
            foreach (var (part, whole) in PartsOf) CheckOrder(target, times, part, whole);
            var clock = target.Choice<Clock>("hours") ?? Clock.Calendar;
            if (targets.Choice<Priority>(key, "priority") is { } priority)
                read[priority] = new SlaTargets(
                    ToDuration(times[SlaMetric.FirstReply]), ToDuration(times[SlaMetric.Resolution]),
                    clock == Clock.Business)
                {
                    NextReply = ToDuration(times[SlaMetric.NextReply]),
                    RequesterWait = ToDuration(times[SlaMetric.RequesterWait]),
                };
            if (clock == Clock.Business) WarnOfShortWeeks(target, queues);
            target.Close();
        }
        return read;
    }

    private static void CheckOrder(
        Section target, Dictionary<string, TimeSpan?> times, string part, string whole)
    {
        if (!(times[part] > times[whole])) return;
        var (sooner, later) = (Durations.Text(times[whole]!.Value), Durations.Text(times[part]!.Value));
        target.Problems.Add(target.Located(whole)!.Value,
            $"{target.What}: {whole} in {sooner} is due before the {part.Replace('_', ' ')} in {later}, which is a part of "
            + "it; make it later");
    }

    private static void WarnOfMissing(Located at, Section targets)
    {
        string[] missing = [.. EnumWords.All<Priority>().Where(word => !targets.Has(word))];
        if (missing.Length > 0)
            targets.Problems.Warn(
                at, $"no targets for priority {string.Join(", ", missing)}: such tickets run without a "
                + $"clock; add '{missing[0]}: {{ first_reply: 8h }}' if they should have one");
    }

    /// <summary>A target in staffed hours that takes longer than a month is not what its number says.</summary>
    private static void WarnOfShortWeeks(Section target, IReadOnlyList<Queue> queues)
    {
        foreach (var name in SlaMetric.All)
        {
            if (target.Located(name) is not { } at || Durations.Parse(at.Text) is not { } time) continue;
            foreach (var queue in queues)
            {
                var week = queue.Hours.Values.SelectMany(day => day).Sum(i => i.Length.TotalHours);
                if (week <= 0 || time.TotalHours / week <= LongestWeeks) continue;
                target.Problems.Warn(at, $"{target.What}: {name} in {at.Text} of staffed hours takes "
                    + $"{time.TotalHours / week:0.#} weeks in queue '{queue.Name}', which is staffed {week:0.#} h a week; "
                    + "shorten it, or write 'hours: calendar'");
            }
        }
    }

    private static Duration? ToDuration(TimeSpan? time) => time is { } span ? Duration.FromTimeSpan(span) : null;
}
