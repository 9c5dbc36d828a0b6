using System.Globalization;
using Baton.Incidents.Judging;
using Baton.Insights.Measuring;
using Baton.Storage;
using Baton.Storage.Measured;

namespace Baton.Incidents.Alerting;

/// <summary>Series as the database has them; hours are read once for all alerts of a look.</summary>
internal static class StoredSeries
{
    private const string Latency = "latency";

    /// <summary>For one look: it is not valid after the connection.</summary>
    /// <param name="minute">The minute that is looked at; hours after it are not there.</param>
    public static SeriesSource Of(ReadConnection connection, long minute)
    {
        var newest = minute / SeriesRows.Hour;
        var hours = new Dictionary<string, Dictionary<long, SeriesSlot>>();
        var minutes = new Dictionary<(string, long, long), SeriesSlot>();
        return new SeriesSource
        {
            Sum = (series, from, to) => minutes.TryGetValue((series, from, to), out var known) ? known
                : minutes[(series, from, to)] = Added(SeriesReader.Slots(connection, series, 1, from, to), from),
            Hour = (series, hour) =>
            {
                if (!hours.TryGetValue(series, out var all))
                    all = hours[series] = SeriesReader.Slots(connection, series, SeriesRows.Hour,
                        newest - (UsualHours.Week * (UsualHours.Weeks + 1)), newest).ToDictionary(s => s.At);
                return all.GetValueOrDefault(hour);
            },
            Most = (series, from, to) => SeriesReader.Most(connection, series, from, to),
            Latencies = (from, to) => SeriesReader.ByName(connection, Latency, 1, from, to).ToDictionary(
                p => int.Parse(p.Key, CultureInfo.InvariantCulture), p => p.Value.N),
            FirstHour = SeriesReader.FirstHour(connection),
        };
    }

    private static SeriesSlot Added(List<SeriesSlot> slots, long from) =>
        new(from, slots.Sum(s => s.N), slots.Sum(s => s.Amount));
}
