using System.Globalization;
using Baton.Playbooks;
using Baton.Playbooks.Triggers;
using Baton.Testing;
using Baton.Tests.Style;

namespace Baton.Tests.Playbooks;

/// <summary>
/// A playbook cannot switch a trigger off by a slip: each is a load error where it stands, with a fix.
/// </summary>
public sealed class TriggerCatalogTests
{
    private const string File = "escalation.yaml";

    [Theory]
    [InlineData("instruction_attempt: { threshold: 5 }",
        "is 5, out of range; write a number from 0.05 to 0.95 (score)")]
    [InlineData("instruction_attempt: { threshold: 50 }", "for 50 % write 0.5")]
    [InlineData("instruction_attempt: { threshold: 1 }", "is 1, out of range")]
    [InlineData("instruction_attempt: { phrases: [ignore all] }",
        "nobody would read 'phrases'; they are for asked_for_human, legal")]
    [InlineData("sla_risk: { threshold: 80 }", "for 80 % write 0.8")]
    [InlineData("sla_risk: { threshold: 80% }", "must be a number from 0.05 to 1, found the text '80%'")]
    [InlineData("sla_risk: { threshold: 2h }", "must be a number from 0.05 to 1")]
    [InlineData("repetition: { threshold: 60 }", "for 60 % write 0.6")]
    [InlineData("repetition: { threshold: 0 }", "out of range")]
    [InlineData("repetition: { threshold: \"0.6\" }", "must be a number")]
    [InlineData("positive_turn: { phrases: [great] }", "does not look for words")]
    [InlineData("positive_turn: { threshold: 0.8 }", "from 2 to 10 (sentiment)")]
    [InlineData("negative_sentiment: { threshold: 0.4 }", "from 1 to 9 (sentiment)")]
    [InlineData("negative_sentiment: { threshold: 10 }", "from 1 to 9 (sentiment)")]
    [InlineData("repeated_failure: { phrases: [again] }", "does not look for words")]
    [InlineData("repeated_failure: { threshold: 200 }", "from 1 to 20")]
    [InlineData("repeated_failure: { threshold: 1.5 }", "must be a whole number")]
    [InlineData("negative_trajectory: { threshold: 0 }", "from 1 to 20")]
    [InlineData("negative_trajectory: { threshold: -3 }", "from 1 to 20")]
    [InlineData("customer_tier: { threshold: 7 }",
        "has no threshold; remove it and set customer_tiers in playbook.yaml")]
    [InlineData("low_triage_confidence: { threshold: 0.95 }", "set thresholds.triage_confidence in playbook.yaml")]
    [InlineData("low_decision_confidence: { threshold: 0.95 }", "set thresholds.decision_confidence in playbook.yaml")]
    [InlineData("turn_limit: { threshold: 5 }", "set limits.turns_per_conversation in playbook.yaml")]
    [InlineData("legal: { threshold: 1 }", "has no threshold; remove it (it fires when talk of lawyers")]
    [InlineData("unknown_customer: { threshold: }", "has no threshold")]
    [InlineData("unknown_customer: { phrases: }", "does not look for words")]
    [InlineData("high_order_value: { threshold: -1 }", "out of range")]
    [InlineData("high_order_value: { threshold: 500 EUR }", "must be a number")]
    [InlineData("legal: { phrases: court }", "must be a list")]
    [InlineData("legal: { treshold: 1 }", "unknown field 'treshold'")]
    [InlineData("legal: { then: { route: auto } }", "a trigger cannot choose 'auto'; write l1, l2, l3 or human_now")]
    [InlineData("legal: { then: { route: ask, priority: high } }", "a trigger cannot choose 'ask'")]
    [InlineData("legal: { then: { queue: l1 } }", "a queue without a route is never used; add a route")]
    [InlineData("legal: { enabled: off }", "must be true or false")]
    public void A_slip_is_a_load_error_with_its_line_and_a_fix(string trigger, string hint)
    {
        var problem = Assert.Single(Assert.IsType<LoadedPlaybook.Invalid>(With(trigger)).Problems);

        Assert.Equal((File, 3), (problem.File, problem.Line));
        Assert.Contains(hint, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_threshold_takes_its_default_and_its_ends_and_nothing_beyond()
    {
        foreach (var (name, range) in TriggerCatalog.All.Where(r => r.Threshold is not null)
            .Select(r => (r.Name, r.Threshold!)))
        {
            Assert.InRange(range.Default, range.Min, range.Max);
            foreach (var good in (double[])[range.Min, range.Default, range.Max])
                Assert.IsType<LoadedPlaybook.Valid>(With(Threshold(name, good)));
            foreach (var bad in (double[])[range.Min - 0.01, range.Max + 0.01, -range.Max - 1, range.Max * 100])
                Assert.IsType<LoadedPlaybook.Invalid>(With(Threshold(name, bad)));
        }
    }

    [Fact]
    public void A_trigger_without_a_number_takes_no_threshold_and_one_without_words_no_phrases()
    {
        foreach (var row in TriggerCatalog.All)
        {
            Assert.Equal(row.TakesPhrases, With($"{row.Name}: {{ phrases: [some words] }}") is LoadedPlaybook.Valid);
            if (row.Threshold is null) Assert.IsType<LoadedPlaybook.Invalid>(With(Threshold(row.Name, 1)));
        }
    }

    [Fact]
    public void Warns_of_a_word_trigger_that_is_switched_off() =>
        Assert.Single(With("safety: { enabled: false }").Warnings,
            w => w.Message.StartsWith("trigger 'safety' is switched off", StringComparison.Ordinal));

    /// <summary>The table is nobody's to write: where it is not the catalogue's, this test writes it.</summary>
    [Fact]
    public void The_playbook_page_has_the_table()
    {
        const string path = "docs/playbook.md", head = "| trigger | fires when |", end = "\n\n";
        var page = Repository.Text(path);
        var from = page.IndexOf("\n| `", page.IndexOf(head, StringComparison.Ordinal), StringComparison.Ordinal);
        var to = page.IndexOf(end, from, StringComparison.Ordinal);
        var table = string.Concat(TriggerCatalog.All.Select(row => "\n" + Row(row)));
        if (page[from..to] == table) return;
        System.IO.File.WriteAllText(Path.Combine(Repository.Root, path), page[..from] + table + page[to..]);
        Assert.Fail($"the table of triggers in {path} was not the catalogue's: it is now, commit it");
    }

    private static string Row(TriggerRow row) =>
        $"| `{row.Name}` | {row.What} | {row.ThresholdText} | {(row.TakesPhrases ? "yes" : "")} | {(row.StopsAutomation ? "yes" : "")} |";

    private static string Threshold(string name, double value) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}: {{ threshold: {value:0.####} }}");

    private static LoadedPlaybook With(string trigger)
    {
        var playbook = new PlaybookFiles();
        return trigger.StartsWith("asked_for_human:", StringComparison.Ordinal)
            ? playbook.Replace(File, "  asked_for_human: { then: { route: human_now, priority: high } }",
                "  " + trigger).Load()
            : playbook.Replace(File, "rules:", $"  {trigger}\nrules:").Load();
    }
}
