using Baton.Customers;
using Baton.Playbooks;

namespace Baton.Escalation.Triggers;

/// <summary>Triggers on what is at stake for the business.</summary>
internal static class BusinessTriggers
{
    public static readonly IReadOnlyDictionary<string, TriggerLook> All = new Dictionary<string, TriggerLook>
    {
        ["high_order_value"] = input =>
            input.Facts.OrderValue > input.Threshold
                ? input.Found($"order value {input.Facts.OrderValue:0.##}", input.Facts.OrderValue)
                : null,
        ["customer_tier"] = input =>
            input.Facts.Customer.Lookup == CustomerLookup.Found
                && input.Facts.Customer.Tier == input.Playbook.CustomerTiers[^1]
                ? input.Found($"customer tier {input.Facts.Customer.Tier}")
                : null,
        ["unknown_customer"] = input =>
            input.Facts.Customer.Lookup != CustomerLookup.Found
                ? input.Found($"customer lookup {EnumWords.Of(input.Facts.Customer.Lookup)}, "
                    + $"treated as {input.Facts.Customer.Tier}")
                : null,
        ["sla_risk"] = input =>
            input.Facts.SlaUsed >= input.Threshold
                ? input.Found($"{input.Facts.SlaUsed:P0} of the target is used up", input.Facts.SlaUsed)
                : null,
    };
}
