using System.Globalization;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Insights.Board;

/// <summary>What was spent on a customer.</summary>
public sealed record CustomerSpend(string Customer, Usd Spent);

/// <summary>How spend is spread over customers in the months of a period.</summary>
/// <param name="Customers">Customers on whom something was spent.</param>
/// <param name="Top">The tenth of them on whom most was, at least one.</param>
/// <param name="Spent">On all customers.</param>
/// <param name="OnTop">On that tenth.</param>
public sealed record TopSpend(int Customers, int Top, Usd Spent, Usd OnTop)
{
    private const int Tenth = 10;

    /// <summary>Null: nothing was spent.</summary>
    public double? Share => Spent.Amount > 0 ? (double)(OnTop.Amount / Spent.Amount) : null;

    /// <summary>Whole months: that is what spending is kept by.</summary>
    internal static TopSpend Read(ReadConnection connection, InsightPeriod period)
    {
        var costs = connection.Query(
            """
            select sum(cost) from spending where scope = 'customer' and period between $1 and $2 and length(period) = 7
            group by subject order by sum(cost) desc
            """,
            row => row.Int64(0), Month(period.From), Month(period.To));
        var spent = costs.FindAll(c => c > 0);
        var top = (spent.Count + Tenth - 1) / Tenth;
        return new TopSpend(spent.Count, top, Usd.FromNanos(spent.Sum()), Usd.FromNanos(spent.Take(top).Sum()));
    }

    /// <summary>The tenth itself, most spent first.</summary>
    internal static List<CustomerSpend> Of(ReadConnection connection, InsightPeriod period, int limit) =>
        connection.Query(
            """
            select subject, sum(cost) from spending
            where scope = 'customer' and period between $1 and $2 and length(period) = 7
            group by subject having sum(cost) > 0 order by sum(cost) desc, subject limit $3
            """,
            row => new CustomerSpend(row.Text(0), Usd.FromNanos(row.Int64(1))), Month(period.From), Month(period.To),
            (long)Math.Min(limit, Read(connection, period).Top));

    private static string Month(long day) =>
        DateTimeOffset.UnixEpoch.AddDays(day).ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
