using System.Diagnostics;
using System.Globalization;
using Baton.Conversations.Tallies;
using Baton.Insights.Measuring;
using Baton.Playbooks.Alerts;
using Baton.Storage.Measured;

namespace Baton.Incidents.Judging;

/// <summary>Holds alerts against the series. Pure but for what it remembers of what is usual.</summary>
internal sealed class AlertJudge(SeriesSource source)
{
    /// <summary>
    /// Parts of the time of a rule that are looked at besides the whole: what is sharp is seen early, and what is small
    /// is seen once there is enough of it.
    /// </summary>
    private static readonly double[] Parts = [1.0 / 6, 1.0 / 3, 0.5, 1], LongParts = [.. Parts, 2, 4];

    /// <summary>Rules of a longer time are not looked at beyond it: it would be days.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromHours(1);

    /// <summary>What a rise must fall back under before it is over, as a part of what raised it.</summary>
    private const double Over = 0.6;

    private readonly UsualHours _baseline = new(source);

    /// <summary>What is usual, for triage.</summary>
    public UsualHours Usual => _baseline;

    /// <param name="minute">The last whole minute, since 1970.</param>
    public AlertReading Read(AlertRule rule, long minute) => !rule.Enabled
        ? new AlertReading(AlertState.Off, 0, null, "switched off in alerts.yaml")
        : rule.Kind switch
        {
            AlertKind.Rise => Rise(rule, minute),
            AlertKind.ShareRise => ShareRise(rule, minute),
            AlertKind.MeanRise => MeanRise(rule, minute),
            AlertKind.Count => Fixed(rule, Sum(rule.Series, minute, rule.Within).N),
            AlertKind.Level => Level(rule, minute),
            AlertKind.Percentile => Percentile(rule, minute),
            _ => throw new UnreachableException(rule.Kind.ToString()),
        };

    private static double[] PartsOf(AlertRule rule) => rule.Within <= Short ? LongParts : Parts;

    private AlertReading Rise(AlertRule rule, long minute)
    {
        var (best, found, usual, goesOn) = (double.NegativeInfinity, 0L, 0.0, false);
        foreach (var part in PartsOf(rule))
        {
            var minutes = Math.Max(1, (int)(rule.Within.TotalMinutes * part));
            if (_baseline.Expected(rule.Series, minute, minutes) is not { } expected) return Unknown(rule);
            var count = source.Sum(rule.Series, minute - minutes + 1, minute).N;
            // A longer time counts as long as it goes on: what is over must not hold for hours.
            if (part == 1) goesOn = count > expected * (1 + rule.Above) / 2;
            if (part > 1 && !goesOn) break;
            var evidence = Evidence.OfCount(count, expected, rule.Above);
            if (part == 1 || (count >= rule.Least && evidence > best))
                (best, found, usual) = (Math.Max(best, evidence), count, expected);
            if (count >= rule.Least && evidence > Evidence.Enough)
                return new AlertReading(AlertState.Holds, count, expected, Say(
                    $"{rule.Title}: {count} in {minutes} minutes, {expected:0.#} are usual at this hour"));
        }
        return new AlertReading(
            best > Evidence.Enough * Over && found >= rule.Least ? AlertState.Lingers : AlertState.Quiet, found, usual,
            Say($"{found} in {rule.Within.TotalMinutes:0} minutes, {usual:0.#} are usual at this hour"));
    }

    private AlertReading ShareRise(AlertRule rule, long minute)
    {
        var usual = _baseline.Share(rule.Series, rule.Among!, minute / SeriesRows.Hour, ofAmounts: false);
        if (usual is not { } share) return Unknown(rule);
        // None was ever seen: one in a hundred is what nobody would have called unusual.
        share = Math.Clamp(share, 0.01, 0.95);
        var (state, hits, of, goesOn) = (AlertState.Quiet, 0L, 0L, false);
        foreach (var part in PartsOf(rule))
        {
            var time = rule.Within * part;
            (hits, of) = (Sum(rule.Series, minute, time).N, Sum(rule.Among!, minute, time).N);
            if (part == 1) goesOn = hits > of * share * (1 + rule.Above) / 2;
            if (part > 1 && !goesOn) break;
            var evidence = of < rule.Least ? 0 : Evidence.OfShare(Math.Min(hits, of), of, share, rule.Above);
            if (evidence > Evidence.Enough)
                return new AlertReading(AlertState.Holds, (double)hits / of, share, Say(
                    $"{rule.Title}: {hits} of {of} in {time.TotalMinutes:0} minutes ({(double)hits / of:0.0%}), {share:0.0%} is usual"));
            if (evidence > Evidence.Enough * Over) state = AlertState.Lingers;
        }
        return new AlertReading(
            of < rule.Least ? AlertState.TooFew : state, of == 0 ? 0 : (double)hits / of, share,
            Say($"{hits} of {of}, {share:0.0%} is usual"));
    }

    private AlertReading MeanRise(AlertRule rule, long minute)
    {
        var (amount, of) = (Sum(rule.Series, minute, rule.Within).Amount, Sum(rule.Among!, minute, rule.Within).N);
        var usual = _baseline.Share(rule.Series, rule.Among!, minute / SeriesRows.Hour, ofAmounts: true);
        if (usual is not > 0) return Unknown(rule);
        var mean = of == 0 ? 0 : amount / of;
        var state = of < rule.Least ? AlertState.TooFew
            : mean > usual * rule.Above ? AlertState.Holds
            : mean > usual * (1 + ((rule.Above - 1) * Over)) ? AlertState.Lingers : AlertState.Quiet;
        // Amounts of money are in millionths.
        return new AlertReading(state, mean / 1e6, usual / 1e6, Say(
            $"{rule.Title}: {mean / 1e6:0.0000} USD each over {of}, {usual / 1e6:0.0000} is usual"));
    }

    private AlertReading Level(AlertRule rule, long minute)
    {
        var seen = source.Most(rule.Series, minute - (long)rule.Within.TotalMinutes + 1, minute);
        if (seen.Count == 0) return Unknown(rule);
        var (name, most) = seen.MaxBy(s => s.Value);
        return Fixed(rule, most, name.Length == 0 ? "" : $" ({string.Join(", ", seen
            .Where(s => s.Value > rule.Above).Select(s => s.Key).DefaultIfEmpty(name).Order(StringComparer.Ordinal)
            .Take(5))})");
    }

    private AlertReading Percentile(AlertRule rule, long minute)
    {
        var steps = source.Latencies(minute - (long)rule.Within.TotalMinutes + 1, minute);
        var all = steps.Values.Sum();
        if (all < rule.Least)
            return new AlertReading(AlertState.TooFew, 0, rule.Above, $"{all} decisions, {rule.Least} are needed");
        var left = (long)Math.Ceiling(all * 0.95);
        foreach (var (step, n) in steps.OrderBy(s => s.Key))
            if ((left -= n) <= 0) return Fixed(rule, LatencyStep.UpperMs(step));
        throw new UnreachableException();
    }

    private static AlertReading Fixed(AlertRule rule, double value, string about = "") => new(
        value > rule.Above ? AlertState.Holds : AlertState.Quiet, value, rule.Above, Say(
            $"{rule.Title}: {value:0.##}{(rule.Unit.Length == 0 ? "" : " " + rule.Unit)}{about}, more than {rule.Above:0.##} is told"));

    private static AlertReading Unknown(AlertRule rule) =>
        new(AlertState.TooFew, 0, null, $"too little is known yet of {rule.Series}");

    private SeriesSlot Sum(string series, long minute, TimeSpan time) =>
        source.Sum(series, minute - Math.Max(1, (long)time.TotalMinutes) + 1, minute);

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
