using Baton.Incidents.Judging;
using Baton.Playbooks.Alerts;
using Baton.Testing.Series;

namespace Baton.Benchmarks.Alerting;

/// <summary>
/// How often do alerts cry over nothing, and how soon do they see what is something? A made year, minute by minute.
/// </summary>
internal static class AlertYear
{
    private const int Usual = 7, Quiet = 10, WarmUpWeeks = 9, Spikes = 25, Longest = 6 * 60;

    /// <param name="only">Name of one alert; null: all.</param>
    /// <param name="seed">Of the year: rules are fitted on one and told of others.</param>
    public static int Run(string? only, int seed = Usual)
    {
        Console.WriteLine("| tickets a day | alert | false alarms a week | 3 × seen within: median, min | 90 %, min | not within 6 hours |");
        Console.WriteLine("| ---: | --- | ---: | ---: | ---: | ---: |");
        foreach (var volume in (double[])[200, 2_000, 10_000])
        {
            var all = 0.0;
            var year = new MadeYear(volume, seed);
            foreach (var rule in AlertCatalog.All.Where(
                r => r.Kind != AlertKind.Level && (only is null || r.Name == only)))
            {
                var alarms = Alarms(year, rule) / (double)(MadeYear.Weeks - WarmUpWeeks);
                all += alarms;
                var delays = Delays(year, rule);
                Console.WriteLine(FormattableString.Invariant(
                    $"| {volume:N0} | `{rule.Name}` | {alarms:0.00} | {Shown(delays, 0.5)} | {Shown(delays, 0.9)} | {delays.Count(d => d is null)} of {delays.Count} |"));
            }
            Console.WriteLine(FormattableString.Invariant($"| {volume:N0} | **all** | **{all:0.00}** | | | |"));
        }
        return 0;
    }

    /// <summary>Times that it was raised, each until ten minutes after it last held.</summary>
    private static int Alarms(MadeYear year, AlertRule rule)
    {
        var (judge, alarms, until) = (new AlertJudge(year.Source), 0, 0L);
        for (var minute = MadeYear.Begin + (WarmUpWeeks * 7 * 24 * 60); minute <= MadeYear.End; minute++)
        {
            if (judge.Read(rule, minute).State is not (AlertState.Holds or AlertState.Lingers)) continue;
            if (minute > until && judge.Read(rule, minute).State == AlertState.Holds) alarms++;
            else if (minute > until) continue;
            until = minute + Quiet;
        }
        return alarms;
    }

    /// <summary>Minutes from the beginning of a spike until it is seen; null: not within 6 hours.</summary>
    private static List<int?> Delays(MadeYear year, AlertRule rule)
    {
        var (dice, delays) = (new Random(Usual), new List<int?>());
        // Fixed levels know no multiple of what is usual.
        if (rule.Kind is not (AlertKind.Rise or AlertKind.ShareRise)) return delays;
        while (delays.Count < Spikes)
        {
            // On a working day from 9 to 16 UTC, where most is at stake.
            var day = (WarmUpWeeks * 7) + dice.Next((MadeYear.Weeks - WarmUpWeeks - 1) * 7);
            if (day % 7 >= 5) continue;
            var begin = MadeYear.Begin + (day * 24L * 60) + (9 * 60) + dice.Next(7 * 60);
            year.Spike = (rule.Series, begin, begin + Longest, 3);
            var judge = new AlertJudge(year.Source);
            delays.Add(Enumerable.Range(0, Longest).Where(
                m => judge.Read(rule, begin + m).State == AlertState.Holds)
                .Select(m => (int?)(m + 1)).FirstOrDefault());
        }
        year.Spike = null;
        return delays;
    }

    private static string Shown(List<int?> delays, double part) => delays.Count == 0 ? "–"
        : delays.Select(d => d ?? int.MaxValue).Order().ElementAt((int)(part * (delays.Count - 1))) is var found
            && found == int.MaxValue ? "> 360" : $"{found}";
}
