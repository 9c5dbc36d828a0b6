using Baton.Playbooks;
using Baton.Testing;

namespace Baton.Tests.Playbooks;

/// <summary>One slip each, made in a valid playbook: where it is reported, and the fix that is offered.</summary>
public sealed class PlaybookProblemTests
{
    private const string Main = "playbook.yaml";
    private const string Queues = "queues.yaml";
    private const string Escalation = "escalation.yaml";
    private const string Order = "intents/order_status.yaml";
    private const string Return = "intents/return_policy.yaml";
    private const string Tool = "tools/get_order.yaml";
    private const string Article = "knowledge/returns.md";

    [Theory]
    [InlineData(Main, "then: { route: l1 }", "then: { regulated: true }", 24, "settles the turn")]
    [InlineData(Main, "thresholds:", "treshholds:", 14, "did you mean 'thresholds'?")]
    [InlineData(Main, "voice: Short and friendly.", "", 3, "missing field 'voice'; add it")]
    [InlineData(Main, "name: Tiny Shop", "name: [Tiny]", 3, "must be a text, found a list")]
    [InlineData(Main, "Europe/Berlin", "Europe/Berln", 4, "did you mean 'Europe/Berlin'?")]
    [InlineData(Main, "locale: en", "locale: english", 5, "ISO 639-1")]
    [InlineData(Main, "    ask:", "    bare: { pattern: 'x', as: 'NW-{value}' }\n    ask:", 19, "names no value")]
    [InlineData(Main, "    ask:", "    bare: { pattern: '(?<value>x)', as: 'NW' }\n    ask:", 19, "has no hole {value}")]
    [InlineData(Main, "Thank you. {promise}", "Thank you.", 10, "{promise}")]
    [InlineData(Main, "\"Your ticket {ticket} is", "\"Your ticket {tiket} is", 11, "did you mean 'ticket'?")]
    [InlineData(Main, "[free, enterprise]", "[free, free, enterprise]", 13, "declared twice")]
    [InlineData(Main, "triage_confidence: 0.70", "triage_confidence: 1.7", 15,
        "out of range; write a number from 0 to 1")]
    [InlineData(Main, "triage_confidence: 0.70", "triage_confidence: high", 15, "found the text 'high'")]
    [InlineData(Main, "triage_confidence: 0.70", "triage_confidence: \"0.7\"", 15, "must be a number")]
    [InlineData(Main, @"'\bT-\d{4}\b'", @"'T-(\d{4}'", 18, "is not usable")]
    [InlineData(Main, @"'\bT-\d{4}\b'", @"'(?=T)T-\d{4}'", 18, "look-arounds")]
    [InlineData(Main, @"'\bT-\d{4}\b'", @"'\d*'", 18, "matches the empty text")]
    [InlineData(Main, "thanks, thank you", "thanks, thanks", 21, "declared twice")]
    [InlineData(Main, "customer.tier == free", "urgency > 3", 25, "not known before the models have run")]
    [InlineData(Main, "customer.tier == free", "customer.tier == fre", 25, "did you mean 'free'?")]
    [InlineData(Main, "[refund, money back]", "[refund]", 28, "at least two words")]
    [InlineData(Main, "thresholds:", "name: again\nthresholds:", 14, "is there twice (first on line 1)")]
    [InlineData(Main, "thresholds:", "  bad indent: [", 14, "not valid YAML")]
    [InlineData(Main, "thresholds:", "\tthresholds:", 14, "indent with spaces, not tabs")]
    [InlineData(Main, "[free, enterprise]", "&tiers [free, enterprise]", 13, "anchors are not supported")]
    [InlineData(Main, "[free, enterprise]", "*tiers", 13, "aliases are not supported")]
    [InlineData(Main, "[free, enterprise]", "!set [free]", 13, "tags are not supported")]
    [InlineData(Main, "[free, enterprise]", "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]", 13, "nested deeper than")]
    [InlineData(Queues, "2026-12-25", "25.12.2026", 1, "write it like 2026-12-25")]
    [InlineData(Queues, "mon-fri: [", "mon-fry: [", 6, "not a day")]
    [InlineData(Queues, "08:00-18:00", "18:00-08:00", 6, "hours over midnight are two intervals")]
    [InlineData(Queues, "08:00-18:00", "8-18", 6, "write it like \"08:00-18:00\"")]
    [InlineData(Queues, "[\"08:00-18:00\"]", "[\"08:00-18:00\", \"17:00-19:00\"]", 6, "starts before the interval")]
    [InlineData(Queues, "[\"08:00-18:00\"]", "[]", 6, "nobody is ever there")]
    [InlineData(Queues, "fallback: l2", "fallback: l3", 7, "unknown queue 'l3'")]
    [InlineData(Queues, "fallback: l2", "fallback: l1", 7, "l1 → l1")]
    [InlineData(Queues, "description: Second line", "description: Second line\n    fallback: l1", 7, "l1 → l2 → l1")]
    [InlineData(Queues, "fallback: l2", "capacity: 0", 7, "from 1 to")]
    [InlineData(Queues, "fallback: l2", "contact_within: soon", 7, "must be a duration")]
    [InlineData(Queues, "resolution: 4h", "resolution: 10m", 16, "before the first reply")]
    [InlineData(Queues, "urgent: {", "urgnet: {", 16, "did you mean 'urgent'?")]
    [InlineData(Queues, "when: customer.tier == enterprise", "when: customer.tier == enterprize", 14,
        "did you mean 'enterprise'?")]
    [InlineData(Queues, "    when: customer.tier == enterprise\n", "", 16, "can never be reached")]
    [InlineData(Queues, "name: standard", "name: enterprise", 17, "first in queues.yaml:13")]
    [InlineData(Escalation, "asked_for_human:", "asked_for_humans:", 2, "did you mean 'asked_for_human'?")]
    [InlineData(Escalation, "route: human_now,", "route: human,", 2, "cannot be 'human'")]
    [InlineData(Escalation, "urgency >= 6", "urgancy >= 6", 5, "did you mean 'urgency'?")]
    [InlineData(Escalation, "urgency >= 6", "urgency = 6", 5, "write '=='")]
    [InlineData(Escalation, "urgency >= 6", "urgency == high", 5, "is a number")]
    [InlineData(Escalation, "urgency >= 6", "urgency > 10", 5, "never holds: 'urgency' is 1 to 10")]
    [InlineData(Escalation, "urgency >= 6", "urgency >= 6 and urgency < 4", 5, "contradicts itself")]
    [InlineData(Escalation, "trigger.repeated_failure and not trigger.positive_turn",
        "urgency > 7 and customer.tier in [enterprise]", 8, "rule 'enterprise-urgent' (line 5) applies whenever")]
    [InlineData(Escalation, "then: { route: l2, priority: urgent }", "then: { queue: l9 }", 6, "unknown queue 'l9'")]
    [InlineData(Escalation, "then: { route: l2, priority: urgent }", "then: {}", 6, "nothing follows")]
    [InlineData(Escalation, "then: { route: l2, priority: urgent }", "then: { regulated: perhaps }", 6, "regulated")]
    [InlineData(Escalation, "name: going-in-circles", "name: enterprise-urgent", 7, "rename one")]
    [InlineData(Escalation, "human_now: l2", "human_now: l7", 11, "unknown queue 'l7'")]
    [InlineData(Escalation, ", human_now: l2", "", 11, "missing field 'human_now'")]
    [InlineData(Escalation, "routing:", "routing:\n  l2_from: 9", 11, "so that nothing reaches l2")]
    [InlineData(Order, "class: lookup", "class: loockup", 2, "did you mean 'lookup'?")]
    [InlineData(Order, "[order_id]", "[order_nr]", 6, "unknown field 'order_nr'")]
    [InlineData(Order, "tool: get_order", "tool: get_ordr", 7, "did you mean 'get_order'?")]
    [InlineData(Order, "{order.id}", "{order.id", 8, "has a brace that is not a hole")]
    [InlineData(Order, "Order {order.id} is {order.status}.", "We look into it.", 8, "has no hole")]
    [InlineData(Order, "name: order_status", "name: Order-Status", 1, "is not a name; use lower-case")]
    [InlineData(Return, "name: return_policy", "name: order_status", 1, "first in intents/order_status.yaml:1")]
    [InlineData(Return, "articles: [returns]", "articles: [return]", 6, "did you mean 'returns'?")]
    [InlineData(Return, "articles: [returns]", "queue: l7", 6, "unknown queue 'l7'")]
    [InlineData(Return, "articles: [returns]", "tool: get_order", 6, "is for class lookup")]
    [InlineData(Return, "articles: [returns]", "route: l1", 6, "is for class human")]
    [InlineData(Return, "  - can I send this back\n  - how long do I have to return something\n", "  []\n", 8,
        "no examples")]
    [InlineData(Tool, "{base}/demo", "ftp://host/demo", 4, "not an absolute http(s) address")]
    [InlineData(Tool, "{base}/demo/orders/{order_id}", "https://me:secret@host/{order_id}", 4, "carries credentials")]
    [InlineData(Tool, "{base}/demo", "https://{order_id}/demo", 4, "an input would choose the server")]
    [InlineData(Tool, "orders/{order_id}", "orders/{order}", 4, "is not an input")]
    [InlineData(Tool, "method: GET", "method: FETCH", 3, "is not a method")]
    [InlineData(Tool, "scope: orders:read", "scope: orders", 5, "write thing:action")]
    [InlineData(Tool, "risk: read", "risk: none", 6, "known: read, low, high, money")]
    [InlineData(Tool, "risk: read", "risk: read\ntimeout: 5m", 7, "from 100ms to 1m")]
    [InlineData(Tool, "risk: read", "risk: read\nsecret_headers: { Authorization: sk-123 }", 7,
        "never write the secret itself")]
    [InlineData(Tool, "required: [order_id]", "required: [orderid]", 9, "did you mean 'order_id'?")]
    [InlineData(Tool, "type: object\n", "type: array\n", 8, "write 'type: object'")]
    [InlineData(Tool, "{ type: string }", "{ type: string, patern: x }", 10, "did you mean 'pattern'?")]
    [InlineData(Tool, "{ type: string }", "{ type: strnig }", 8, "is not a JSON schema")]
    [InlineData(Tool, "{ type: string }", "{ type: string, from: customer.name }", 10,
        "use customer.id or customer.email")]
    [InlineData(Tool, "owner: order.customer_email\n", "", 1, "'without_owner' needs 'owner'")]
    [InlineData(Tool, "owner: order.customer_email", "owner: none", 11, "belong to somebody")]
    [InlineData(Tool, "owner: order.customer_email", "owner: order customer", 11, "is not a place in an answer")]
    [InlineData(Tool, "[id, status,", "[id, customer_email,", 12, "which no stranger may see")]
    [InlineData(Tool, "[id, status,", "[id, 'a b',", 12, "is not a place in an answer")]
    [InlineData(Tool, "order_value: order.total", "order_value: $", 13, "is not a place in an answer")]
    [InlineData(Article, "title: Returning something", "titel: Returning something", 2, "did you mean 'title'?")]
    [InlineData(Article, "---\ntitle", "title", 1, "no front matter")]
    public void Reports_where_the_slip_is_and_how_to_fix_it(string file, string old, string @new, int line, string hint)
    {
        var problems = ProblemsOf(new PlaybookFiles().Replace(file, old, @new));

        Assert.Contains(problems, p => p.File == file && p.Line == line
            && p.Message.Contains(hint, StringComparison.Ordinal));
    }

    [Fact]
    public void Reports_the_problems_of_all_files_at_once()
    {
        var problems = ProblemsOf(new PlaybookFiles()
            .Replace(Main, "Europe/Berlin", "Nowhere")
            .Replace(Queues, "fallback: l2", "fallback: l9")
            .Replace(Escalation, "urgency >= 6", "urgency = 6")
            .Replace(Order, "tool: get_order", "tool: nothing")
            .Replace(Return, "class: knowledge", "class: wisdom"));

        Assert.Equal([Escalation, Order, Return, Main, Queues], problems.Select(p => p.File).Distinct());
    }

    [Fact]
    public void Points_at_the_character_inside_a_condition()
    {
        var problem = Assert.Single(
            ProblemsOf(new PlaybookFiles().Replace(Escalation, "urgency >= 6", "urgancy >= 6")));

        Assert.Equal("escalation.yaml:5: rule 'enterprise-urgent', condition at character 33: unknown field 'urgancy'; did you mean 'urgency'?",
            problem.ToString());
        Assert.Equal(43, problem.Column);
    }

    [Theory]
    [InlineData(Main)]
    [InlineData(Queues)]
    [InlineData(Escalation)]
    public void Asks_for_a_file_that_is_missing(string file) =>
        Assert.Contains(ProblemsOf(new PlaybookFiles().Without(file)),
            p => p.ToString().StartsWith($"{file}:1: the file is missing", StringComparison.Ordinal));

    [Theory]
    [InlineData("escalations.yaml", "did you mean 'escalation.yaml'?")]
    [InlineData("models.yml", "did you mean 'models.yaml'?")]
    [InlineData("intents/other.yml", "end in .yaml")]
    public void Refuses_a_file_whose_name_would_leave_it_unread(string file, string hint) =>
        Assert.Contains(ProblemsOf(new PlaybookFiles().With(file, "name: x\n")), p => p.File == file
            && p.Message.Contains(hint, StringComparison.Ordinal));

    [Fact]
    public void Does_not_report_names_as_unknown_when_their_file_could_not_be_read()
    {
        var problem = Assert.Single(ProblemsOf(new PlaybookFiles().With(Queues, "queues: [\n")));

        Assert.Equal(Queues, problem.File);
    }

    [Fact]
    public void Warns_of_one_example_in_two_intents()
    {
        var loaded = new PlaybookFiles().Replace(Return, "can I send this back", "Where is my order?").Load();

        Assert.IsType<LoadedPlaybook.Valid>(loaded);
        var warning = Assert.Single(loaded.Warnings, w => w.Message.Contains("is also one", StringComparison.Ordinal));
        Assert.Equal((Return, 8), (warning.File, warning.Line));
        Assert.Contains("intents/order_status.yaml:10", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public void Warns_of_an_intent_with_few_examples(int examples, bool warned)
    {
        var lines = string.Concat(Enumerable.Range(1, examples - 2).Select(i => $"  - send back number {i}\n"));
        var loaded = new PlaybookFiles()
            .Replace(Return, "  - can I send this back\n", "  - can I send this back\n" + lines).Load();

        Assert.Equal(warned, loaded.Warnings.Any(w =>
            w.File == Return && w.Message.Contains("7 examples; with fewer than 8", StringComparison.Ordinal)));
    }

    [Fact]
    public void Warns_of_a_rule_that_asks_for_a_trigger_that_is_switched_off()
    {
        var loaded = new PlaybookFiles().Replace(Escalation, "rules:", "  repeated_failure: { enabled: false }\nrules:")
            .Load();

        Assert.Single(loaded.Warnings, w => w.Message.Contains("never fires", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Return, "  - can I send this back\n", "", 8, "one example is too little")]
    [InlineData(Article, "## How", "# How", 5, "heading of the first level; sections start with '##'")]
    [InlineData(Queues, "first_reply: 8h", "first_reply: 8h", 18, "no targets for priority low, high, urgent")]
    [InlineData(Queues, "mon-fri: [\"08:00-18:00\"]", "sat: [\"09:00-17:00\"]", 19,
        "takes 9 weeks in queue 'l1', which is staffed 8 h a week")]
    public void Warns_of_what_loads_and_does_not_do_what_it_says(
        string file, string old, string @new, int line, string hint)
    {
        var loaded = new PlaybookFiles().Replace(file, old, @new).Load();

        Assert.IsType<LoadedPlaybook.Valid>(loaded);
        Assert.Single(loaded.Warnings, w => w.File == file && w.Line == line
            && w.Message.Contains(hint, StringComparison.Ordinal));
    }

    private static IReadOnlyList<PlaybookProblem> ProblemsOf(PlaybookFiles files) =>
        Assert.IsType<LoadedPlaybook.Invalid>(files.Load()).Problems;
}
