using Baton.Conversations;
using Baton.Operations.Autonomy;
using Baton.Playbooks;
using Baton.Storage.Events;
using Baton.Testing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions.Solving;

/// <summary>The ladder: off (a person), draft (a person sends), auto.</summary>
public sealed class AutonomyTests
{
    private const string AsksForOrder = $"{DeskPlaybook.AsksForOrder} T-1234";

    [Fact]
    public async Task Answers_by_itself_where_nothing_else_is_said()
    {
        await using var desk = new Desk();

        Assert.Equal(OutcomeKind.Replied, (await desk.DecideAsync(Desk.Ticket(AsksForOrder))).Outcome);
        Assert.Equal(AutonomyRung.Auto, Made(desk).Autonomy);
    }

    [Theory]
    [InlineData("autonomy: draft")]
    [InlineData("auto_share: 0")]
    public async Task Leaves_the_sending_to_a_person_where_the_playbook_says_so(string line)
    {
        await using var desk = new Desk(OrderStatus(line));

        var decision = await desk.DecideAsync(Desk.Ticket(AsksForOrder));

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.Contains("shipped", decision.Draft?.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("shipped", decision.Reply, StringComparison.Ordinal);
        Assert.Empty(decision.Offers);
        Assert.Contains("autonomy draft", decision.Reasoning, StringComparison.Ordinal);
        Assert.Equal(AutonomyRung.Draft, Made(desk).Autonomy);
    }

    [Fact]
    public async Task Drafts_its_question_where_a_person_sends()
    {
        await using var desk = new Desk(OrderStatus("autonomy: draft"));

        var decision = await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForOrder));

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.NotNull(decision.Draft);
        Assert.Equal(0, desk.Shop.Calls);
    }

    [Fact]
    public async Task Does_not_even_look_where_it_is_off()
    {
        await using var desk = new Desk(OrderStatus("autonomy: off"));

        var decision = await desk.DecideAsync(Desk.Ticket(AsksForOrder));

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.Null(decision.Draft);
        Assert.Equal(0, desk.Shop.Calls);
        Assert.Equal(AutonomyRung.Off, Made(desk).Autonomy);
    }

    [Theory]
    [InlineData("autonomy: auto", "off", "off")]
    [InlineData("autonomy: auto", "draft", "draft")]
    [InlineData("autonomy: draft", "auto", "draft")]
    [InlineData("autonomy: off", "auto", "off")]
    public async Task Takes_the_lowest_of_the_playbook_and_what_people_set(string line, string set, string expected)
    {
        await using var desk = new Desk(OrderStatus(line));
        await SetAsync(desk, EnumWords.Find<AutonomyRung>(set)!.Value);

        await desk.DecideAsync(Desk.Ticket(AsksForOrder));

        Assert.Equal(expected, EnumWords.Of(Made(desk).Autonomy!.Value));
    }

    [Fact]
    public async Task Takes_the_lowest_of_intent_and_channel()
    {
        await using var desk = new Desk(DeskPlaybook.Files().Replace(
            "playbook.yaml", "fields:", "channel_autonomy: { api: draft, sms: off }\nfields:"));

        await desk.DecideAsync(Desk.Ticket(AsksForOrder) with { Channel = "api" });

        Assert.Equal(AutonomyRung.Draft, Made(desk).Autonomy);
    }

    [Fact]
    public async Task Follows_what_people_set_from_the_next_turn_on_and_keeps_who_and_why()
    {
        await using var desk = new Desk();
        await SetAsync(desk, AutonomyRung.Off);
        Assert.Equal(OutcomeKind.Escalated, (await desk.DecideAsync(Desk.Ticket(AsksForOrder))).Outcome);

        await SetAsync(desk, AutonomyRung.Auto);
        Assert.Equal(OutcomeKind.Replied, (await desk.DecideAsync(Desk.Ticket(AsksForOrder, "T-2"))).Outcome);

        var set = Assert.Single(desk.Get<AutonomyRungs>().List());
        Assert.Equal(("order_status", AutonomyRung.Auto, "ann", "write to [EMAIL_0]"),
            (set.Intent, set.Rung, set.By, set.Why));
        var changes = desk.Database.Read(c => Ledger.Read(c, "operations/autonomy"));
        Assert.Equal(["AutonomyChanged", "AutonomyChanged"], changes.Select(e => e.Type));
        Assert.DoesNotContain("jane.doe@example.net", changes[0].Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_the_share_of_conversations_that_is_set_and_drafts_for_the_rest()
    {
        await using var desk = new Desk();
        await SetAsync(desk, AutonomyRung.Auto, share: 0.5);
        for (var i = 0; i < 24; i++) await desk.DecideAsync(Desk.Ticket(AsksForOrder, $"S-{i}"));

        var outcomes = Enumerable.Range(0, 24).Select(i => desk.Latest($"S-{i}")).ToList();

        Assert.InRange(outcomes.Count(d => d.Outcome == OutcomeKind.Replied), 4, 20);
        Assert.All(outcomes, d => Assert.True(d.Outcome == OutcomeKind.Replied || d.Draft is not null));
    }

    [Theory]
    [InlineData("Ann Lee", true)]
    [InlineData("cli:user-2", true)]
    [InlineData("ann@example.net", false)]
    [InlineData("call 555 01 42", false)]
    [InlineData(" ", false)]
    public void Keeps_names_readable_and_takes_nothing_else(string by, bool takes) =>
        Assert.Equal(takes, AutonomyRungs.IsName(by));

    private static PlaybookFiles OrderStatus(string line) =>
        DeskPlaybook.Files().Replace("intents/order_status.yaml", "class: lookup", "class: lookup\n" + line);

    private static Task SetAsync(Desk desk, AutonomyRung rung, double share = 1) =>
        desk.Get<AutonomyRungs>().SetAsync(
            "order_status", rung, share, "ann", "write to jane.doe@example.net", CancellationToken.None);

    private static ConversationEvent.DecisionMade Made(Desk desk) =>
        desk.Events().OfType<ConversationEvent.DecisionMade>().Last();
}
