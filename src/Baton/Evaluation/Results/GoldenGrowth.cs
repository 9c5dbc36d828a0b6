using System.Text.Json.Nodes;
using Baton.Operations;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Evaluation.Results;

/// <summary>A real ticket that is worth a label.</summary>
/// <param name="Why">The stratum that it stands for.</param>
internal sealed record ProposedTicket(UnlabelledTicket Ticket, string Why)
{
    /// <summary>A line of a set without its label, with what was shown for it and what it came to.</summary>
    public JsonObject ToJson() => new()
    {
        ["id"] = Ticket.Id, ["channel"] = Ticket.Channel, ["body"] = Ticket.Asked, ["why"] = Why,
        ["escalated"] = Ticket.Decision?.Outcome is Conversations.OutcomeKind.Escalated,
        ["decision"] = Ticket.Decision is not { } decision ? null : new JsonObject
        {
            ["outcome"] = EnumWords.Of(decision.Outcome), ["route"] = EnumWords.Of(decision.Route),
            ["intent"] = decision.Triage?.Intent, ["confidence"] = decision.DecisionConfidence, ["reply"] = decision.Reply,
        },
        ["retrieved"] = new JsonArray(
        [
            .. (Ticket.Decision?.Citations ?? []).Select(c => (c.ArticleId, c.Heading, Text: c.Quote))
                .Concat((Ticket.Decision?.Offers ?? []).Select(o => (o.ArticleId, o.Heading, o.Text)))
                .DistinctBy(c => (c.ArticleId, c.Heading)).Select(c => new JsonObject
                {
                    ["article"] = c.ArticleId, ["heading"] = c.Heading, ["text"] = c.Text,
                }),
        ]),
    };
}

/// <summary>
/// Which real tickets to label next: some of every intent and outcome, as often as they come, and first of those that
/// no label stands for yet. The same tickets are proposed until they are labelled.
/// </summary>
internal sealed class GoldenGrowth(Database database, TicketLabels labels)
{
    private const string Salt = "grow", Unread = "none";

    private sealed record FirstDecision(string Id, string Intent, string Outcome, bool IsLabelled);

    /// <param name="most">Tickets at most.</param>
    public IReadOnlyList<ProposedTicket> Propose(int most)
    {
        var rows = database.Read(c => c.Query(
            """
            select d.conversation_id, coalesce(d.intent, $1), d.outcome,
                (select count(*) from eval_labels l where l.conversation_id = d.conversation_id)
            from decisions d where d.turn = 1 and d.outcome <> 'silent' order by d.decided_at desc limit $2
            """, row => new FirstDecision(row.Text(0), row.Text(1), row.Text(2), row.Int64(3) == 1), Unread,
            (long)Drafting.AskedMessages.MostTickets));
        // What stands least for its share comes first: a stratum without any label before all others.
        var strata = rows.GroupBy(r => (r.Intent, r.Outcome)).Select(g => (g.Key, Share: (double)g.Count() / rows.Count,
            Labelled: g.Count(r => r.IsLabelled),
            Open: new Queue<FirstDecision>(g.Where(r => !r.IsLabelled).OrderBy(r => Share.Of(r.Id, Salt))))).ToList();
        var (taken, proposed) = (strata.ToDictionary(s => s.Key, s => s.Labelled), new List<ProposedTicket>());
        while (proposed.Count < most && strata.Where(s => s.Open.Count > 0).OrderBy(s => taken[s.Key] / s.Share)
            .ThenBy(s => s.Key.Intent, StringComparer.Ordinal).ThenBy(s => s.Key.Outcome, StringComparer.Ordinal)
            .FirstOrDefault() is { Open: { } open } stratum)
        {
            var row = open.Dequeue();
            taken[stratum.Key]++;
            if (labels.Find(row.Id) is { } ticket)
                proposed.Add(new ProposedTicket(ticket, stratum.Labelled == 0
                    ? $"nobody has labelled {row.Intent} that was {row.Outcome}" : $"{row.Intent}, {row.Outcome}"));
        }
        return proposed;
    }
}
