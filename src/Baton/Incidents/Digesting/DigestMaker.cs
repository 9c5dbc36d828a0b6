using System.Text.Json.Nodes;
using Baton.Conversations.Tallies;
using Baton.Evaluation.Learning;
using Baton.Gateway.Money;
using Baton.Incidents.Triaging;
using Baton.Insights;
using Baton.Operations.Versions;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Incidents.Digesting;

/// <summary>Reads what a digest tells of, from the same rows as the pages of Insights.</summary>
internal sealed class DigestMaker(Database database, PlaybookHost playbooks, PlaybookVersions versions)
{
    private const int Week = 7, DaysOfChart = 14, WeeksOfChart = 4, MostChanges = 20, DaysOfTokens = 30;

    /// <summary>The last whole day, or the seven before today.</summary>
    public static InsightPeriod Last(bool weekly, DateTimeOffset now)
    {
        var yesterday = TicketTally.DayOf(now) - 1;
        return new InsightPeriod(weekly ? yesterday - Week + 1 : yesterday, yesterday);
    }

    public DigestFacts Read(bool weekly, InsightPeriod period)
    {
        var (from, to) = (Begin(period.From), Begin(period.To + 1));
        // Outside of the snapshot: kept versions and what was learned are read by connections of their own.
        var changes = database.Read(c => Changes.Between(c, from, to.AddTicks(-1), versions.Changed));
        var gap = GapOf(new Learned(database).Last(Learned.Gaps)?.Found);
        var playbook = playbooks.Current;
        return database.Read(connection =>
        {
            var even = playbook.Alerts.Digest?.ProvisionedMonthly is { } monthly
                ? BreakEven.Read(connection, DaysOfTokens, to, new Usd(monthly)) : null;
            return new DigestFacts
            {
                IsWeekly = weekly,
                Period = period,
                Now = Overview.Read(connection, period),
                Before = Overview.Read(
                    connection, new InsightPeriod(period.From - period.Days, period.To - period.Days)),
                Contact = new Usd(playbook.Costs.NeedlessContact),
                Days = DaysOf(connection, weekly, period.To),
                Changes = [.. changes.Take(MostChanges)],
                Gap = gap,
                Tickets = TicketChoice.Of(connection, period),
                Provisioned = even,
                IsCrossed = even is not null && ProvisionedChecks.Last(connection) is { } last
                    && last != even.IsProvisionedCheaper,
            };
        });
    }

    private static List<DigestDay> DaysOf(ReadConnection connection, bool weekly, long last)
    {
        var shown = new InsightPeriod(last - (weekly ? WeeksOfChart * Week : DaysOfChart) + 1, last);
        Dictionary<long, long> Counts(string figure) =>
            InsightReader.ByDay(connection, figure, InsightReader.All, shown).ToDictionary(r => r.Day, r => r.N);
        var (answered, handedOver) = (Counts(TallyFigure.Answered), Counts(TallyFigure.HandedOver));
        return [.. Enumerable.Range(0, shown.Days).Select(i => shown.From + i).Select(day => new DigestDay(
            day, answered.GetValueOrDefault(day), handedOver.GetValueOrDefault(day)))];
    }

    /// <summary>The name of a gap is a customer's question: the section beside it says enough.</summary>
    private static DigestGap? GapOf(JsonObject? found)
    {
        if ((found?["gaps"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault() is not { } gap) return null;
        var near = gap["closest"] is JsonObject closest ? $"{closest["article"]} › {closest["heading"]}" : null;
        return new DigestGap(near, (int?)gap["size"] ?? 0, (double?)gap["deflects"]?["value"] ?? 0);
    }

    private static DateTimeOffset Begin(long day) => DateTimeOffset.UnixEpoch.AddDays(day);
}
