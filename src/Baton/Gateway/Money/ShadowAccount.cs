using Baton.Playbooks.Models;

namespace Baton.Gateway.Money;

/// <summary>
/// What shadows spend is on an account of its own: it uses up no budget of production, and production none of theirs.
/// </summary>
internal static class ShadowAccount
{
    /// <summary>The id of no ticket has a bar, so that none can name itself out of its budgets.</summary>
    private const string Prefix = "shadow|";

    /// <summary>The ticket that a shadow's calls are charged to.</summary>
    public static string TicketOf(string ticket) => Prefix + ticket;

    /// <summary>Whether a payment is a shadow's; callers from outside, who have a key, run none.</summary>
    public static bool Pays(string? ticket, string? key) =>
        key is null && ticket?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    /// <summary>What all shadows have spent on a day (UTC), failed runs included.</summary>
    public static SpendingKey Day(DateTimeOffset at) =>
        new(SpendingKey.Shadow, "", SpendingKey.PeriodOf(BudgetPeriod.Day, at));
}
