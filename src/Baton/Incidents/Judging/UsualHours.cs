using Baton.Insights.Measuring;

namespace Baton.Incidents.Judging;

/// <summary>
/// What is usual at an hour of the week: medians over the same hour of the weeks before, so that one bad week moves
/// nothing, and the same hour of the days before while weeks are few.
/// </summary>
internal sealed class UsualHours(SeriesSource source)
{
    /// <summary>Hours of a week.</summary>
    public const int Week = 168;

    /// <summary>Weeks that are looked back.</summary>
    public const int Weeks = 8;

    /// <summary>Fewer say nothing.</summary>
    private const int FewestWeeks = 3;

    private const int Day = 24, Days = 14, FewestDays = 3;

    /// <summary>Makes a median absolute deviation comparable to a standard deviation.</summary>
    private const double MadToDeviation = 1.4826;

    /// <summary>Of what a share is of, in all weeks together; fewer say nothing.</summary>
    private const int FewestOfShare = 100;

    private const int MinutesOfHour = 60;

    private const int HoursOfToday = 6, FewOfToday = 10;

    /// <summary>A day is taken to be this much quieter or busier at most: what rises for hours must stay in
    /// sight.</summary>
    private const double LeastBusy = 0.5, MostBusy = 1.6;

    private readonly Dictionary<(string Series, long Hour), double> _busy = [];
    private readonly Dictionary<(string Series, long Hour), (double Median, double Spread)?> _hours = [];
    private readonly Dictionary<(string Series, string Among, long Hour), double?> _shares = [];

    /// <summary>
    /// What is usual in an hour, and how far hours lie from it; null while too little is known.
    /// </summary>
    public (double Median, double Spread)? OfHour(string series, long hour)
    {
        if (_hours.TryGetValue((series, hour), out var known)) return known;
        if (_hours.Count > 10_000) _hours.Clear();
        return _hours[(series, hour)] = Read(series, hour);
    }

    /// <summary>
    /// How many are usual in the minutes up to and with one, the higher of both ends where an hour begins, on a day
    /// that is
    /// as busy as this one has been.
    /// </summary>
    public double? Expected(string series, long lastMinute, int minutes)
    {
        if (PerMinute(series, lastMinute) is not { } end
            || PerMinute(series, lastMinute - minutes + 1) is not { } begin) return null;
        return Math.Max(begin, end) * minutes * Busy(series, lastMinute / MinutesOfHour);
    }

    /// <summary>
    /// How busy this day is: six hours against what is usual in them, without the last one, in which a rise may have
    /// begun.
    /// What is few pulls towards one.
    /// </summary>
    private double Busy(string series, long hour)
    {
        if (_busy.TryGetValue((series, hour), out var known)) return known;
        if (_busy.Count > 10_000) _busy.Clear();
        var (counted, usual) = (0.0, 0.0);
        for (var before = hour - HoursOfToday - 1; before < hour - 1; before++)
        {
            counted += source.Hour(series, before).N;
            usual += OfHour(series, before)?.Median ?? 0;
        }
        return _busy[(series, hour)] = Math.Clamp((counted + FewOfToday) / (usual + FewOfToday), LeastBusy, MostBusy);
    }

    /// <summary>The usual amount or count of one series for each of another; null while too little is known.</summary>
    /// <param name="ofAmounts">Whether amounts are divided; else counts.</param>
    public double? Share(string series, string among, long hour, bool ofAmounts)
    {
        if (_shares.TryGetValue((series, among, hour), out var known)) return known;
        if (_shares.Count > 10_000) _shares.Clear();
        return _shares[(series, among, hour)] = ReadShare(series, among, hour, ofAmounts);
    }

    /// <summary>Between the middles of hours, so that no hour begins with a jump.</summary>
    private double? PerMinute(string series, long minute)
    {
        var hour = Math.DivRem(minute, MinutesOfHour).Quotient;
        var place = (minute - (hour * MinutesOfHour) + 0.5) / MinutesOfHour;
        var other = place < 0.5 ? hour - 1 : hour + 1;
        if (OfHour(series, hour) is not { } here || OfHour(series, other) is not { } there) return null;
        var away = Math.Abs(place - 0.5);
        var (a, b) = (Upper(here), Upper(there));
        // The higher hour of two counts from its beginning: work starts at nine, not slowly from eight on.
        return Math.Max((a * (1 - away)) + (b * away), Math.Min(a, b)) / MinutesOfHour;
    }

    /// <summary>A quarter of a deviation above: an hour of few is often one or two more.</summary>
    private static double Upper((double Median, double Spread) hour) => hour.Median + (hour.Spread / 4);

    private (double Median, double Spread)? Read(string series, long hour)
    {
        var before = Before(hour, Week, Weeks);
        if (before.Count < FewestWeeks)
        {
            before = Before(hour, Day, Days);
            if (before.Count < FewestDays) return null;
        }
        var counts = before.ConvertAll(h => (double)source.Hour(series, h).N);
        var median = Median(counts);
        return (median, MadToDeviation * Median(counts.ConvertAll(c => Math.Abs(c - median))));
    }

    private double? ReadShare(string series, string among, long hour, bool ofAmounts)
    {
        List<(double Of, double Among)> weeks = [];
        foreach (var before in Before(hour, Week, Weeks))
        {
            // A whole day around the hour: shares of few are mostly chance.
            var (of, all) = (0.0, 0.0);
            for (var h = before - (Day / 2); h < before + (Day / 2); h++)
            {
                of += Value(source.Hour(series, h), ofAmounts);
                all += source.Hour(among, h).N;
            }
            if (all > 0) weeks.Add((of, all));
        }
        if (weeks.Count < FewestWeeks)
            weeks = Before(hour, Day, Days).ConvertAll(
                h => (Value(source.Hour(series, h), ofAmounts), (double)source.Hour(among, h).N));
        if (weeks.Sum(w => w.Among) < FewestOfShare) return null;
        // The highest and the lowest week are left out where there are enough.
        List<(double Of, double Among)> kept = weeks.Count < 5 ? weeks
            : [.. weeks.OrderBy(w => w.Of / Math.Max(w.Among, 1)).Skip(1).SkipLast(1)];
        return kept.Sum(w => w.Of) / Math.Max(1, kept.Sum(w => w.Among));
    }

    /// <summary>Hours of before that are known.</summary>
    private List<long> Before(long hour, int step, int most) => source.FirstHour is not { } first ? []
        : [.. Enumerable.Range(1, most).Select(k => hour - ((long)k * step)).Where(h => h >= first)];

    private static double Value(SeriesSlot slot, bool ofAmounts) => ofAmounts ? slot.Amount : slot.N;

    private static double Median(List<double> values)
    {
        values.Sort();
        var middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
