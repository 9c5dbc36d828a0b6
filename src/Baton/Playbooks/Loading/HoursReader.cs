using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Yaml;
using NodaTime;
using NodaTime.Text;

namespace Baton.Playbooks.Loading;

/// <summary>Reads staffed hours: <c>mon-fri: ["08:00-18:00"]</c>.</summary>
internal static class HoursReader
{
    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static IReadOnlyDictionary<IsoDayOfWeek, IReadOnlyList<StaffedInterval>> Read(Section hours)
    {
        var read = new Dictionary<IsoDayOfWeek, IReadOnlyList<StaffedInterval>>();
        foreach (var entry in hours.Entries)
        {
            var at = new Located(entry.Key, hours.File, entry.Line, entry.Column);
            var intervals = Intervals(hours, entry);
            foreach (var day in DaysOf(at, hours))
            {
                if (!read.TryAdd(day, intervals))
                    hours.Problems.Add(at, $"{hours.What}: {Days[(int)day - 1]} is there twice; name each day once");
            }
        }
        if (read.Values.All(i => i.Count == 0)
            && hours.Entries.All(e => e.Value is YamlValue.Sequence { Items.Count: 0 }))
            hours.Problems.Add(hours.Here,
                $"{hours.What}: nobody is ever there; add a day such as 'mon-fri: [\"08:00-18:00\"]'");
        return read;
    }

    private static IEnumerable<IsoDayOfWeek> DaysOf(Located key, Section hours)
    {
        var parts = key.Text.Split('-');
        var first = Array.IndexOf(Days, parts[0]);
        var last = Array.IndexOf(Days, parts[^1]);
        if (parts.Length <= 2 && first >= 0 && last >= first)
            return Enumerable.Range(first + 1, last - first + 1).Select(d => (IsoDayOfWeek)d);
        hours.Problems.Add(key,
            $"{hours.What}: '{key.Text}' is not a day; write mon, tue, wed, thu, fri, sat, sun or a range such as mon-fri");
        return [];
    }

    private static List<StaffedInterval> Intervals(Section hours, YamlEntry entry)
    {
        List<StaffedInterval> read = [];
        var previous = LocalTime.Midnight;
        foreach (var text in hours.Texts(entry.Key))
        {
            if (Interval(text, hours) is not { } interval) continue;
            if (read.Count > 0 && (previous == LocalTime.Midnight || interval.Start < previous))
                hours.Problems.Add(text,
                    $"{hours.What}: '{text.Text}' starts before the interval in front of it ends; order them and join overlaps");
            read.Add(interval);
            previous = interval.End;
        }
        return read;
    }

    private static StaffedInterval? Interval(Located text, Section hours)
    {
        var parts = text.Text.Split('-');
        if (parts.Length == 2 && Time(parts[0]) is { } start && Time(parts[1]) is { } end)
        {
            if (end == LocalTime.Midnight || start < end) return new StaffedInterval(start, end);
            hours.Problems.Add(text, $"{hours.What}: '{text.Text}' ends before it starts; " +
                "hours over midnight are two intervals, such as \"22:00-24:00\" and the next day \"00:00-06:00\"");
            return null;
        }
        hours.Problems.Add(text, $"{hours.What}: '{text.Text}' is not a span of time; write it like \"08:00-18:00\"");
        return null;
    }

    private static LocalTime? Time(string text) => text.Trim() is var time && time == "24:00" ? LocalTime.Midnight
        : Clock.Parse(time) is { Success: true } parsed ? parsed.Value : null;
}
