using Baton.Playbooks;
using Baton.Playbooks.Rules;
using Baton.Testing;
using NodaTime;

namespace Baton.Tests.Playbooks;

public sealed class PlaybookLoaderTests
{
    private static readonly Playbook Tiny = new PlaybookFiles().Playbook();

    [Fact]
    public void Reads_the_brand_and_the_defaults_that_are_not_written()
    {
        Assert.Equal("Tiny Shop", Tiny.Brand.Name);
        Assert.Equal("Europe/Berlin", Tiny.Brand.TimeZone);
        Assert.Equal(20_000, Tiny.Limits.MessageCharacters);
        Assert.Equal(0.50, Tiny.Thresholds.AnswerRelevance);
        Assert.Equal(0.02m, Tiny.Limits.ExpectedCostUsd);
    }

    [Fact]
    public void Reads_intents_of_every_class()
    {
        Assert.Equal(Enum.GetValues<IntentClass>(), Tiny.Intents.Select(i => i.Class).Distinct().Order());
        var lookup = Tiny.FindIntent("order_status")!;
        Assert.Equal("get_order", lookup.Tool);
        Assert.Equal(["order_id"], lookup.RequiredFields);
        Assert.Equal(2, lookup.Examples.Count);
    }

    [Fact]
    public void Reads_queues_with_hours_in_their_zone()
    {
        var l1 = Tiny.FindQueue("l1")!;
        Assert.Equal("Europe/Berlin", l1.TimeZone.Id);
        Assert.Equal([new StaffedInterval(new(8, 0), new(18, 0))], l1.Hours[IsoDayOfWeek.Wednesday]);
        Assert.False(l1.Hours.ContainsKey(IsoDayOfWeek.Saturday));
        Assert.Equal([new LocalDate(2026, 12, 25)], l1.Holidays);
        Assert.Equal("l2", l1.Fallback);
        Assert.Equal([new StaffedInterval(LocalTime.Midnight, LocalTime.Midnight)],
            Tiny.FindQueue("l2")!.Hours[IsoDayOfWeek.Sunday]);
    }

    [Fact]
    public void Reads_rules_in_their_order()
    {
        Assert.Equal(["enterprise-urgent", "going-in-circles"], Tiny.Rules.Select(r => r.Name));
        Assert.Equal(new RuleOutcome(Route.L2, Priority.Urgent), Tiny.Rules[0].Then);
        Assert.True(Tiny.Rules[0].When.Holds(
            new RuleFacts().Set(RuleFields.CustomerTier, "enterprise").Set(RuleFields.Urgency, 6)));
    }

    [Fact]
    public void Reads_service_levels_by_priority()
    {
        var targets = Tiny.SlaPolicies[0].Targets[Priority.Urgent];
        Assert.Equal(new SlaTargets(Duration.FromMinutes(30), Duration.FromHours(4), BusinessHours: false), targets);
        Assert.Null(Tiny.SlaPolicies[1].When);
        Assert.True(Tiny.SlaPolicies[1].Targets[Priority.Normal].BusinessHours);
    }

    [Fact]
    public void Reads_tools_and_articles()
    {
        var tool = Assert.Single(Tiny.Tools);
        Assert.Equal("string", (string?)tool.InputSchema["properties"]!["order_id"]!["type"]);
        Assert.Equal(ToolRisk.Read, tool.Risk);
        var article = Assert.Single(Tiny.Articles);
        Assert.Equal(("returns", "Returning something"), (article.Id, article.Title));
        Assert.StartsWith("## How long", article.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Gives_each_synonym_the_others_of_its_group()
    {
        Assert.Equal(["money back"], Tiny.Synonyms["refund"]);
        Assert.Equal(["refund"], Tiny.Synonyms["money back"]);
    }
}
