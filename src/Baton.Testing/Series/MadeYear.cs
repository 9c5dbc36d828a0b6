using Baton.Conversations.Tallies;
using Baton.Incidents.Judging;
using Baton.Insights.Measuring;
using Baton.Storage.Measured;

namespace Baton.Testing.Series;

/// <summary>
/// A year of a support team as series by the minute: office hours, quiet nights and week-ends, growth, days that are
/// busier than others, holidays, and shares that wander. Chance has a fixed seed. Spikes are laid over it.
/// </summary>
internal sealed class MadeYear
{
    /// <summary>Weeks of the year.</summary>
    public const int Weeks = 52;

    private const int MinutesOfDay = 1_440, Days = Weeks * 7;

    /// <summary>A Monday, midnight UTC, as minutes since 1970.</summary>
    public static readonly long Begin = SeriesRows.MinuteOf(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero));

    private readonly Random _random;
    private readonly Dictionary<string, long[]> _counts = [], _sums = [];
    private readonly Dictionary<string, double[]> _amounts = [];

    /// <param name="ticketsADay">On a working day in the first week; a half more in the last.</param>
    public MadeYear(double ticketsADay, int seed)
    {
        _random = new Random(seed);
        var (day, share) = (1.0, 1.0);
        var tickets = Series("ticket");
        for (var minute = 0; minute < tickets.Length; minute++)
        {
            if (minute % MinutesOfDay == 0)
            {
                // Days differ by more than chance: 15 % each way is usual.
                day = Math.Exp(0.15 * Normal()) * (1 + (0.5 * minute / tickets.Length)) * (IsHoliday(minute) ? 0.3 : 1);
                share = Math.Exp(0.1 * Normal());
            }
            Fill(minute, ticketsADay * Shape(minute) * day, share);
        }
        foreach (var (name, counts) in _counts) _sums[name] = Summed(counts);
    }

    /// <summary>What is counted besides: in minutes from an offset on, so many more times; null: nothing.</summary>
    public (string Series, long From, long To, double Times)? Spike { get; set; }

    /// <summary>The last minute, since 1970.</summary>
    public static long End => Begin + (Days * MinutesOfDay) - 1;

    /// <summary>The year for alerts.</summary>
    public SeriesSource Source => new()
    {
        Sum = Sum,
        Hour = (series, hour) => Sum(series, hour * SeriesRows.Hour, (hour * SeriesRows.Hour) + SeriesRows.Hour - 1),
        Most = (_, _, _) => new Dictionary<string, double>(),
        Latencies = (from, to) => new Dictionary<int, long>
        {
            [LatencyStep.Of(400)] = Sum(TallyFigure.Decision, from, to).N,
            [LatencyStep.Of(3_000)] = Sum("slow", from, to).N,
        },
        FirstHour = Begin / SeriesRows.Hour,
    };

    private SeriesSlot Sum(string series, long from, long to)
    {
        if (!_sums.TryGetValue(series, out var sums)) return default;
        var (a, b) = ((int)Math.Max(0, from - Begin), (int)Math.Min(sums.Length - 2, to - Begin));
        if (b < a) return default;
        var n = sums[b + 1] - sums[a];
        if (Spike is var (name, begin, end, times) && name == series && to >= begin && from <= end)
            for (var minute = Math.Max(from, begin); minute <= Math.Min(to, end); minute++)
                n += Extra(series, minute, times);
        return new SeriesSlot(from, n, n * Each(series));
    }

    /// <summary>Money of decisions, in millionths of a dollar.</summary>
    private static double Each(string series) => series == TallyFigure.Decision ? 2_000 : 0;

    /// <summary>The same extra for the same minute, whoever asks: by a hash of the minute.</summary>
    private long Extra(string series, long minute, double times)
    {
        var expected = _amounts[series][minute - Begin] * (times - 1);
        var dice = new Random(unchecked((int)((minute * 2_654_435_761) ^ 77)));
        return Poisson(expected, dice);
    }

    private void Fill(int minute, double rate, double share)
    {
        var decisions = Add("ticket", minute, rate);
        Add(TallyFigure.Decision, minute, decisions);
        Add("slow", minute, decisions * 0.02);
        Add(TallyFigure.HandedOver, minute, decisions * 0.22 * share);
        Add(TallyFigure.Judged, minute, decisions * 0.22);
        Add(TallyFigure.Overridden, minute, decisions * 0.22 * 0.08 * share);
        Add(TallyFigure.LowConfidence, minute, decisions * 0.06 * share);
        Add(TallyFigure.Answered, minute, decisions * 0.6);
        Add(TallyFigure.WrongAnswer, minute, decisions * 0.6 * 0.01 * share);
        Add(TallyFigure.SecondOpinion, minute, decisions * 0.02);
        Add(TallyFigure.SecondDiffers, minute, decisions * 0.02 * 0.12 * share);
        Add(TallyFigure.Warned("first_reply"), minute, decisions * 0.02 * share);
        Add(TallyFigure.Breached("first_reply"), minute, decisions * 0.005 * share);
        Add(TallyFigure.Denied, minute, decisions * 0.0002);
        Add(TallyFigure.FellBack, minute, decisions * 0.001);
    }

    private double Add(string series, int minute, double expected)
    {
        Series(series)[minute] = Poisson(expected, _random);
        _amounts[series][minute] = expected;
        return series == "ticket" ? _counts[series][minute] : expected;
    }

    private long[] Series(string name)
    {
        if (_counts.TryGetValue(name, out var counts)) return counts;
        _amounts[name] = new double[Days * MinutesOfDay];
        return _counts[name] = new long[Days * MinutesOfDay];
    }

    /// <summary>Part of a day's tickets in a minute: most from nine to five, fewer on week-ends.</summary>
    private static double Shape(int minute)
    {
        var (day, hour) = (minute / MinutesOfDay % 7, minute % MinutesOfDay / 60.0);
        var office = Math.Exp(-Math.Pow((hour - 13.5) / 4.5, 2));
        return ((0.08 / MinutesOfDay) + (0.92 * office / (4.5 * Math.Sqrt(Math.PI) * 60))) * (day < 5 ? 1 : 0.35);
    }

    /// <summary>Ten days of the year on which hardly anybody writes.</summary>
    private static bool IsHoliday(int minute) => minute / MinutesOfDay % 36 == 20;

    private static long[] Summed(long[] counts)
    {
        var sums = new long[counts.Length + 1];
        for (var i = 0; i < counts.Length; i++) sums[i + 1] = sums[i] + counts[i];
        return sums;
    }

    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private static long Poisson(double expected, Random dice)
    {
        if (expected <= 0) return 0;
        var (limit, product, n) = (Math.Exp(-expected), dice.NextDouble(), 0);
        while (product > limit)
        {
            product *= dice.NextDouble();
            n++;
        }
        return n;
    }
}
