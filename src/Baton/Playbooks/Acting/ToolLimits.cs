namespace Baton.Playbooks.Acting;

/// <summary>How much of a tool there may be. What goes over is denied, not asked.</summary>
public sealed record ToolLimits
{
    /// <summary>Most money of one call; null: no limit of its own.</summary>
    public decimal? PerCall { get; init; }

    public ToolLimit PerTicket { get; init; } = new(null, null);

    /// <summary>Of one customer in 24 hours.</summary>
    public ToolLimit PerCustomerDay { get; init; } = new(null, null);

    /// <summary>Of all customers in 24 hours.</summary>
    public ToolLimit PerDay { get; init; } = new(null, null);
}

/// <summary>Most calls and most money of a span; null where there is no limit.</summary>
public readonly record struct ToolLimit(int? Count, decimal? Amount);

/// <summary>The customer has to say yes to exactly this call, after seeing its inputs.</summary>
/// <param name="Text">What is asked, with a hole for every input; null: made of description and inputs.</param>
public sealed record ToolConfirmation(string? Text);

/// <summary>When a person decides about a call.</summary>
public sealed record ToolApproval
{
    /// <summary>Amounts over this; null: every call.</summary>
    public decimal? Above { get; init; }

    /// <summary>The least role of who may decide: agent, lead or admin.</summary>
    public string Role { get; init; } = "lead";

    /// <summary>Whether two different people must agree.</summary>
    public bool FourEyes { get; init; }

    /// <summary>
    /// After this nobody can decide any more, and a person takes the ticket over. 1 minute to 30 days.
    /// </summary>
    public TimeSpan Expires { get; init; } = TimeSpan.FromHours(24);
}

/// <summary>The money of a call.</summary>
/// <param name="AmountInput">Input that holds the amount.</param>
/// <param name="Currency">The currency in which limits are written, ISO 4217.</param>
/// <param name="CurrencyInput">Input that holds the currency; null when the tool knows only this one.</param>
public sealed record ToolMoney(string AmountInput, string Currency, string? CurrencyInput);

/// <summary>How far it must be known who asks before a tool is called.</summary>
public enum IdentityNeed
{
    None,

    /// <summary>The address that was stated is the one on the thing in question.</summary>
    Matched,

    /// <summary>The channel has checked it.</summary>
    Verified,
}
