using System.Globalization;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Gateway.Money;

/// <summary>Names one counter: whose money, and in which period. The empty period is for ever.</summary>
internal readonly record struct SpendingKey(string Scope, string Subject, string Period)
{
    public const string All = "all", Customer = "customer", Key = "key", Ticket = "ticket", Shadow = "shadow";

    public static string PeriodOf(BudgetPeriod period, DateTimeOffset at) => at.UtcDateTime.ToString(
        period == BudgetPeriod.Day ? "yyyy-MM-dd" : "yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Every counter that a payment moves; a shadow's moves none of production's.</summary>
    public static IReadOnlyList<SpendingKey> Of(string? ticket, string? customer, string? key, DateTimeOffset at)
    {
        if (ShadowAccount.Pays(ticket, key)) return [ShadowAccount.Day(at), new(Ticket, ticket!, "")];
        var day = PeriodOf(BudgetPeriod.Day, at);
        var month = PeriodOf(BudgetPeriod.Month, at);
        List<SpendingKey> keys = [new(All, "", day), new(All, "", month)];
        if (customer is not null) keys.AddRange([new(Customer, customer, day), new(Customer, customer, month)]);
        if (key is not null) keys.AddRange([new(Key, key, day), new(Key, key, month)]);
        if (ticket is not null) keys.Add(new SpendingKey(Ticket, ticket, ""));
        return keys;
    }
}

/// <summary>The budget that a virtual key brings along.</summary>
public sealed record KeyBudget(Usd Limit, BudgetPeriod Period);
