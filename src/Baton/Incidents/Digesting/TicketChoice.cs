using Baton.Conversations.Tallies;
using Baton.Insights;
using Baton.Storage;

namespace Baton.Incidents.Digesting;

/// <summary>
/// Chooses three tickets that are worth reading: one by each rule in their order, then further ones. The same tickets
/// that open behind the figures of Insights.
/// </summary>
internal static class TicketChoice
{
    private const int Most = 3;

    private static readonly (string Figure, string Why)[] Rules =
    [
        (TallyFigure.WrongAnswer, "an answer of automation was called bad"),
        (TallyFigure.Of(ResolutionState.Withdrawn), "it counted as resolved, and the customer came back"),
        (TallyFigure.PromiseBroken, "a promised time passed without a person"),
        (TallyFigure.Overridden, "a person corrected the decision"),
        (TallyFigure.SecondDiffers, "a second opinion would have taken another route"),
        (TallyFigure.StageFailed, "a stage of its turn failed"),
        (TallyFigure.LowConfidence, "Baton was not sure enough"),
    ];

    public static List<WorthReading> Of(ReadConnection connection, InsightPeriod period)
    {
        var found = Rules.Select(rule => InsightReader.Tickets(
                connection, rule.Figure, InsightReader.All, null, period, null, Most)
            .Select(t => new WorthReading(t.Id, rule.Figure, rule.Why)).DistinctBy(t => t.Ticket).ToList()).ToList();
        if (Dearest(connection, period) is { } dear) found.Add([dear]);
        var chosen = new List<WorthReading>();
        for (var place = 0; place < Most; place++)
            foreach (var ofRule in found)
                if (place < ofRule.Count && chosen.Count < Most && chosen.All(t => t.Ticket != ofRule[place].Ticket))
                    chosen.Add(ofRule[place]);
        return chosen;
    }

    private static WorthReading? Dearest(ReadConnection connection, InsightPeriod period) => connection.First(
        """
        select conversation_id from insight_facts where figure = 'decision' and day between $1 and $2
        group by conversation_id having sum(sign * amount) > 0
        order by sum(sign * amount) desc, conversation_id limit 1
        """,
        row => new WorthReading(row.Text(0), "cost", "its decisions cost most"), period.From, period.To);
}
