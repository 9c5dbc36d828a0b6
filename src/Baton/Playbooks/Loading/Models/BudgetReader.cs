using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Models;

namespace Baton.Playbooks.Loading.Models;

/// <summary>Reads the <c>budgets</c> of <c>models.yaml</c>.</summary>
internal static class BudgetReader
{
    private const decimal Most = 1_000_000_000;

    public static BudgetPolicy Read(Section budgets)
    {
        var read = new BudgetPolicy
        {
            Ticket = budgets.Child("ticket") is { } ticket ? Ticket(ticket) : null,
            Limits = [.. budgets.Children("limits", "budget").Select(Limit)],
        };
        budgets.Close();
        return read;
    }

    private static TicketBudget Ticket(Section ticket)
    {
        ticket.Required("expected", "0.02");
        var read = new TicketBudget(
            new Usd(ticket.Number("expected", 0, 1_000) ?? 0), ticket.Number("times", 1, 1_000) ?? 3m);
        ticket.Close();
        return read;
    }

    private static SpendingLimit Limit(Section limit)
    {
        limit.Required("limit", "500");
        var read = new SpendingLimit(
            limit.RequiredChoice<BudgetScope>("scope"),
            limit.RequiredChoice<BudgetPeriod>("period"),
            new Usd(limit.Number("limit", 0, Most) ?? 0),
            limit.RequiredChoice<OnExceed>("on_exceed"));
        limit.Close();
        return read;
    }
}
