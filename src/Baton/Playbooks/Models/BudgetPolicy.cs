namespace Baton.Playbooks.Models;

/// <summary>Whose spending a budget counts.</summary>
public enum BudgetScope
{
    /// <summary>Everything together.</summary>
    All,

    /// <summary>Each customer.</summary>
    Customer,

    /// <summary>Each virtual key that has no budget of its own.</summary>
    Key,
}

/// <summary>How long a budget lasts; days and months begin at midnight UTC.</summary>
public enum BudgetPeriod
{
    Day,
    Month,
}

/// <summary>What happens to a call that does not fit the budget.</summary>
public enum OnExceed
{
    /// <summary>A cheaper model of the stage's tier or of a weaker one; when none fits, the call stops.</summary>
    Downgrade,

    /// <summary>Refused with the time to come back: when the next period begins.</summary>
    Queue,

    /// <summary>Refused; a ticket goes to a person.</summary>
    Stop,
}

/// <summary>What may be spent on models.</summary>
public sealed record BudgetPolicy
{
    /// <summary>What one ticket may cost; null sets no bound.</summary>
    public TicketBudget? Ticket { get; init; }

    public IReadOnlyList<SpendingLimit> Limits { get; init; } = [];
}

/// <summary>A ticket that would cost more than a multiple of what is expected goes to a person.</summary>
/// <param name="Expected">Expected cost of a ticket in dollars.</param>
/// <param name="Times">The multiple. Default 3.</param>
public sealed record TicketBudget(Usd Expected, decimal Times = 3m)
{
    public Usd Limit => Expected * Times;
}

/// <summary>An amount for a period.</summary>
public sealed record SpendingLimit(BudgetScope Scope, BudgetPeriod Period, Usd Limit, OnExceed OnExceed);
