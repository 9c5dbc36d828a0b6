namespace Baton.Testing;

/// <summary>The texts of <see cref="PlaybookFiles"/>.</summary>
internal static class PlaybookTexts
{
    public const string Playbook = """
        name: tiny
        brand:
          name: Tiny Shop
          time_zone: Europe/Berlin
          locale: en
          languages: [en]
          voice: Short and friendly.
          greeting: "Hi,"
          signature: "Your Tiny team"
          escalated_text: "Thank you. {promise} Your ticket is {ticket}."
          waiting_text: "Your ticket {ticket} is with our team. {promise}"
          kill_switch_text: "We will answer within 4 hours. Your ticket is {ticket}."
        customer_tiers: [free, enterprise]
        thresholds:
          triage_confidence: 0.70
        fields:
          order_id:
            pattern: '\bT-\d{4}\b'
            ask: "Could you tell us your order number?"
        exact_answers:
          - says: [thanks, thank you]
            reply: "You are welcome."
        skip_rules:
          - name: free-password-reset
            when: '"password reset" in subject and customer.tier == free'
            then: { route: l1 }
        synonyms:
          - [refund, money back]

        """;

    public const string Queues = """
        holidays: [2026-12-25]
        queues:
          l1:
            description: First line
            hours:
              mon-fri: ["08:00-18:00"]
            fallback: l2
          l2:
            description: Second line
            hours:
              mon-sun: ["00:00-24:00"]
        sla_policies:
          - name: enterprise
            when: customer.tier == enterprise
            targets:
              urgent: { first_reply: 30m, resolution: 4h, hours: calendar }
          - name: standard
            targets:
              normal: { first_reply: 8h, resolution: 3d, hours: business }

        """;

    public const string Escalation = """
        triggers:
          asked_for_human: { then: { route: human_now, priority: high } }
        rules:
          - name: enterprise-urgent
            when: customer.tier == enterprise and urgency >= 6
            then: { route: l2, priority: urgent }
          - name: going-in-circles
            when: trigger.repeated_failure and not trigger.positive_turn
            then: { route: l1, priority: high }
        routing:
          queues: { l1: l1, l2: l2, l3: l2, human_now: l2 }

        """;

    public const string OrderStatus = """
        name: order_status
        class: lookup
        description: Where is my order
        category: orders
        product_area: fulfilment
        required_fields: [order_id]
        tool: get_order
        answer: Order {order.id} is {order.status}.
        examples:
          - where is my order
          - has my parcel shipped yet

        """;

    public const string ReturnPolicy = """
        name: return_policy
        class: knowledge
        description: How long and how to return
        category: returns
        product_area: returns
        articles: [returns]
        examples:
          - can I send this back
          - how long do I have to return something

        """;

    public const string ChangeOrder = """
        name: change_order
        class: agent
        description: Change an order before it ships
        category: orders
        product_area: fulfilment
        systems: [orders, warehouse]
        examples:
          - please change the size in my order

        """;

    public const string TalkToHuman = """
        name: talk_to_human
        class: human
        description: Wants a person
        category: other
        product_area: support
        route: human_now
        examples:
          - let me talk to a person

        """;

    public const string GetOrder = """
        name: get_order
        description: One order with its status
        method: GET
        url: "{base}/demo/orders/{order_id}"
        scope: orders:read
        risk: read
        input_schema:
          type: object
          required: [order_id]
          properties: { order_id: { type: string } }
        owner: order.customer_email
        without_owner: [id, status, expected_on, carrier]
        order_value: order.total

        """;

    public const string Returns = """
        ---
        title: Returning something
        tags: [returns]
        ---
        ## How long you have
        You can send things back within 30 days.

        """;

    public const string SureReturnPolicy = """
        name: return_policy
        class: knowledge
        description: How long and how to return
        category: returns
        product_area: returns
        articles: [returns]
        examples:
          - can I send this back
          - how long do I have to return something
          - how many days do I have to return a purchase
          - what is your return policy
          - may I return something I bought
          - how do returns work and how long do they take

        """;

    public const string SureReturns = """
        ---
        title: Returning something
        tags: [returns]
        ---
        ## How long you have to return something
        You have 30 days to return something. You can send things back within 30 days of the day your parcel arrived.

        """;

    /// <summary>Examples enough that the one question about an order is recognised.</summary>
    public const string OrderExamples = """
          - has my parcel shipped yet
          - where is my order T-1234
          - where is order T-5678
          - where is my order T-9012 now
          - tell me where my order is
          - where is my parcel with order T-3456

        """;
}
