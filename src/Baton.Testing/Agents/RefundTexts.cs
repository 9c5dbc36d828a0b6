namespace Baton.Testing.Agents;

/// <summary>A tool that gives money back, and who may call it, as files of a playbook.</summary>
internal static class RefundTexts
{
    public const string Yaml = """
        name: issue_refund
        description: Gives money back for an order
        method: POST
        url: "{base}/demo/orders/{order_id}/refunds"
        scope: refunds:issue
        risk: money
        identity: matched
        owner: none
        input_schema:
          type: object
          required: [order_id, amount, currency]
          properties:
            order_id: { type: string, pattern: '^T-[0-9]{4}$' }
            amount: { type: number, exclusiveMinimum: 0 }
            currency: { type: string, enum: [EUR, USD] }
            reason: { type: string }
        output_schema:
          type: object
          required: [refund]
          properties: { refund: { type: object } }
        money: { amount: amount, currency: EUR, currency_input: currency }
        lookups:
          order: { tool: get_order, inputs: { order_id: input.order_id }, at: order }
        facts:
          order.age_days: days since order.delivered_on
          refund.amount: input.amount
          refund.share: refund.amount / order.total
          order.status: word order.status
        preconditions:
          window: order.age_days <= 60
          whole_at_most: refund.share <= 1
          delivered: not order.status == cancelled
        limits:
          per_call: { amount: 500 }
          per_ticket: { count: 2, amount: 600 }
          per_customer_day: { count: 3 }
          per_day: { amount: 1000 }
        approval: { above: 100, role: lead, four_eyes: true, expires: 4h }
        backed_by: { order_id: order.id, amount: [order.total, order.items.price] }
        free_inputs: [reason]
        idempotency_key: "refund-{ticket}-{order_id}"
        receipt: { reference: refund.id, amount: refund.amount, currency: refund.currency }
        told: "We have refunded {refund.amount}."

        """;

    /// <summary>A tool that changes what is hard to change back, and that no record vouches for.</summary>
    public const string Address = """
        name: change_address
        description: Sends an order to another address
        method: POST
        url: "{base}/demo/orders/{order_id}/address"
        scope: orders:change
        risk: high
        identity: matched
        owner: none
        input_schema:
          type: object
          required: [order_id, address]
          properties:
            order_id: { type: string, pattern: '^T-[0-9]{4}$' }
            address: { type: string, maxLength: 200 }
        lookups:
          order: { tool: get_order, inputs: { order_id: input.order_id }, at: order }
        backed_by: { order_id: order.id }
        idempotency_key: "address-{ticket}-{order_id}"
        receipt: { reference: change.id }

        """;

    /// <summary>A tool whose whole answer is what somebody wrote.</summary>
    public const string Notes = """
        name: read_notes
        description: What was written about an order
        method: GET
        url: "{base}/demo/notes/{order_id}"
        scope: orders:read
        risk: read
        owner: none
        input_schema:
          type: object
          required: [order_id]
          properties: { order_id: { type: string, pattern: '^T-[0-9]{4}$' } }

        """;

    public const string Agents = """
        agents:
          answer: { description: Answers, scopes: [orders:read], hands_to: [refund] }
          refund:
            description: Gives money back
            scopes: [orders:read, refunds:issue]
            budget: { calls: 10, tokens: 5000, usd: 0.2, amount: 400 }

        """;

    /// <summary>The same with limits of the day so wide that they are not what stops it.</summary>
    public static string WideLimits { get; } = Yaml
        .Replace("per_day: { amount: 1000 }", "per_day: { amount: 1000000 }", StringComparison.Ordinal)
        .Replace("per_customer_day: { count: 3 }", "per_customer_day: { count: 100000 }", StringComparison.Ordinal);

    /// <summary>A moment at which the sample order can be given back.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
}
