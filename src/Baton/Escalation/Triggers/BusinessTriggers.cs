using Baton.Customers;

namespace Baton.Escalation.Triggers;

/// <summary>Triggers on what is at stake for the business.</summary>
internal static class BusinessTriggers
{
    public static readonly IReadOnlyList<Trigger> All =
    [
        new("high_order_value", StopsAutomation: false, Default: 500, Unit: "account currency", input =>
            input.Facts.OrderValue > input.Threshold
                ? input.Found($"order value {input.Facts.OrderValue:0.##}", input.Facts.OrderValue)
                : null),
        new("customer_tier", StopsAutomation: false, Default: 0, Unit: "", input =>
            input.Facts.Customer.Lookup == CustomerLookup.Found
                && input.Facts.Customer.Tier == input.Playbook.CustomerTiers[^1]
                ? input.Found($"customer tier {input.Facts.Customer.Tier}")
                : null),
        new("unknown_customer", StopsAutomation: false, Default: 0, Unit: "", input =>
            input.Facts.Customer.Lookup != CustomerLookup.Found
                ? input.Found($"customer lookup {input.Facts.Customer.Lookup.ToString().ToLowerInvariant()}, "
                    + $"treated as {input.Facts.Customer.Tier}")
                : null),
        new("sla_risk", StopsAutomation: false, Default: 0.8, Unit: "share of the target used up", input =>
            input.Facts.SlaUsed >= input.Threshold
                ? input.Found($"{input.Facts.SlaUsed:P0} of the target is used up", input.Facts.SlaUsed)
                : null),
    ];
}
