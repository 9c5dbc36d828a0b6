using Baton.Playbooks.Loading.Source;
using NodaTime;
using NodaTime.Text;

namespace Baton.Playbooks.Loading;

/// <summary>Reads the queues of <c>queues.yaml</c>.</summary>
internal static class QueueReader
{
    private const int HeaviestTicket = 100;

    public static IReadOnlyList<Queue> Read(Section file, DateTimeZone? brandZone, LoadState state)
    {
        var general = Holidays(file);
        var named = file.AsSection(file.Required("queues", "{ l1: … }"), "queues")?.Named("queue") ?? [];
        state.Queues = new Names("queue", [.. named.Select(q => q.Key.Text)], complete: named.Count > 0);
        List<Queue> queues = [];
        foreach (var (key, section) in named)
        {
            Names.CheckShape(key, "queue", state.Problems);
            queues.Add(ReadQueue(key, section, general, brandZone, state));
        }
        CheckFallbacks(queues, named, state.Problems);
        state.Skills = new Names("skill", [.. queues.SelectMany(q => q.Skills).Distinct()], complete: named.Count > 0);
        return queues;
    }

    /// <summary>Points a ticket of a channel weighs.</summary>
    public static IReadOnlyDictionary<string, int> Weights(Section file)
    {
        if (file.Child("weights") is not { } weights) return new Dictionary<string, int>();
        return weights.Entries.ToDictionary(
            entry => entry.Key, entry => weights.Whole(entry.Key, 1, 1, HeaviestTicket));
    }

    private static Queue ReadQueue(
        Located key, Section queue, IReadOnlyList<LocalDate> general, DateTimeZone? brandZone, LoadState state)
    {
        var fallback = queue.Located("fallback");
        state.Queues.Check(fallback, $"{queue.What}, fallback", state.Problems);
        var afterHours = queue.Located("after_hours");
        state.Queues.Check(afterHours, $"{queue.What}, after_hours", state.Problems);
        if (afterHours is { } own && own.Text == key.Text)
            state.Problems.Add(own,
                $"{queue.What}: 'after_hours' is the queue itself; name another one, or leave it out");
        var zone = queue.Located("time_zone") is { } named ? BrandReader.Zone(named, state.Problems) : brandZone;
        var hours = queue.Required("hours", "{ mon-fri: [\"08:00-18:00\"] }");
        var read = new Queue
        {
            Name = key.Text,
            Description = queue.Text("description", "First line"),
            TimeZone = zone ?? DateTimeZone.Utc,
            Hours = queue.AsSection(hours, $"{queue.What}, hours") is { } staffed ? HoursReader.Read(staffed) : NoHours,
            Holidays = [.. general.Concat(Holidays(queue)).Distinct().Order()],
            Skills = queue.Words("skills"),
            Capacity = queue.Whole("capacity", 100, 1, 1_000_000),
            Fallback = fallback?.Text,
            AfterHours = afterHours?.Text,
            Assignment = queue.Choice<AssignmentMode>("assignment") ?? AssignmentMode.Pull,
            AcceptWithin = Minutes(queue, "accept_within", 2, TimeSpan.FromHours(1)),
            PreferFor = Minutes(queue, "prefer_for", 10, TimeSpan.FromDays(1)),
            HandleTime = Minutes(queue, "handle_time", 10, TimeSpan.FromDays(1)),
            OutsideHours = queue.Choice<OutsideHours>("outside_hours") ?? OutsideHours.Queue,
            ContactWithin = Duration.FromTimeSpan(
                queue.Duration("contact_within", TimeSpan.FromMinutes(1), TimeSpan.FromDays(7))
                    ?? TimeSpan.FromHours(1)),
        };
        queue.Close();
        return read;
    }

    private static Duration Minutes(Section queue, string field, int otherwise, TimeSpan longest) =>
        Duration.FromTimeSpan(
        queue.Duration(field, TimeSpan.FromSeconds(10), longest) ?? TimeSpan.FromMinutes(otherwise));

    private static readonly Dictionary<IsoDayOfWeek, IReadOnlyList<StaffedInterval>> NoHours = [];

    private static List<LocalDate> Holidays(Section section)
    {
        List<LocalDate> dates = [];
        foreach (var text in section.Texts("holidays"))
        {
            if (LocalDatePattern.Iso.Parse(text.Text) is { Success: true } parsed) dates.Add(parsed.Value);
            else section.Problems.Add(
                text, $"{section.What}: holiday '{text.Text}' is not a date; write it like 2026-12-25");
        }
        return dates;
    }

    private static void CheckFallbacks(
        IReadOnlyList<Queue> queues, IReadOnlyList<(Located Key, Section Value)> named, ProblemList problems)
    {
        var next = queues.ToDictionary(q => q.Name, q => q.Fallback);
        var reported = new HashSet<string>();
        foreach (var (key, section) in named)
        {
            List<string> path = [key.Text];
            while (next.GetValueOrDefault(path[^1]) is { } after && !path.Contains(after)) path.Add(after);
            var closesHere = next.GetValueOrDefault(path[^1]) == key.Text;
            if (!closesHere || !reported.Add(string.Join(' ', path.Order(StringComparer.Ordinal)))) continue;
            var at = section.Located("fallback") ?? key;
            problems.Add(at, $"the fallbacks go round in a circle: {string.Join(" → ", path)} → {key.Text}; remove one of them");
        }
    }
}
