using Baton.Conversations;
using Baton.Operations;
using Baton.Storage.Events;
using Baton.Testing.StandIn;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions.Asking;

/// <summary>A share of the turns is read by the next tier as well, and nothing follows from it but a record.</summary>
public sealed class SecondOpinionTests : ModelDeskTests
{
    private const string Other = """{"intent":"order_status","also":[],"confidence":"very_high"}""";
    private const string Same = """{"intent":"return_policy","also":[],"confidence":"very_high"}""";
    private const string Person = """{"opinion":"person","concern":"money","confidence":"very_high"}""";
    private const string Answer = """{"opinion":"answer","concern":"none","confidence":"high"}""";

    [Fact]
    public async Task Stores_that_the_next_tier_agrees()
    {
        var decision = await DecideAsync(
            ModelPlaybook.Says(Prompt.Triage, Same), ModelPlaybook.Says(Prompt.Escalation, Answer));

        Assert.Equal(new SecondOpinion("commodity", "small", "return_policy", true, "answer", true),
            decision.SecondOpinion);
        Assert.Equal(1, Desk.Count("second_opinions where agrees_on_intent = 1 and agrees_on_route = 1"));
        Assert.Equal(await ModelDesk.SpentAsync(Desk), decision.CostUsd);
    }

    [Fact]
    public async Task Decides_as_before_when_the_next_tier_disagrees()
    {
        var decision = await DecideAsync(ModelPlaybook.Says(Prompt.Triage, Other),
            ModelPlaybook.Says(Prompt.Escalation, Answer, "small"),
                ModelPlaybook.Says(Prompt.Escalation, Person, "large"));

        Assert.Equal(OutcomeKind.Replied, decision.Outcome);
        Assert.Equal((false, false), (decision.SecondOpinion!.AgreesOnIntent, decision.SecondOpinion.AgreesOnRoute));
    }

    [Fact]
    public async Task Decides_as_before_when_nobody_gives_one()
    {
        var decision = await DecideAsync(
            ModelPlaybook.Says(Prompt.Escalation, Answer) with { Times = 1 },
            ModelPlaybook.Fails(StandInFault.ServerError));

        Assert.Equal(OutcomeKind.Replied, decision.Outcome);
        Assert.Null(decision.SecondOpinion);
        Assert.DoesNotContain("model_unavailable", decision.Triggers);
    }

    [Fact]
    public async Task Writes_the_same_rows_when_the_tables_are_rebuilt()
    {
        await DecideAsync(ModelPlaybook.Says(Prompt.Triage, Same), ModelPlaybook.Says(Prompt.Escalation, Answer));

        var tables = await LedgerRebuild.RunAsync(
            Desk.Database, [ConversationTables.ReadTable], CancellationToken.None);

        Assert.Equal((1L, false),
            tables.Where(t => t.Table == "second_opinions").Select(t => (t.Rows, t.Changed)).Single());
        Assert.DoesNotContain(tables, t => t.Changed);
    }

    [Fact]
    public void Draws_the_same_turns_every_time_and_about_as_many_as_the_share_says() =>
        Assert.InRange(Enumerable.Range(0, 20_000).Count(i => Share.Of($"T-{i}", "second opinion 1") < 0.02), 340, 460);

    private Task<Decision> DecideAsync(params StandInRule[] rules)
    {
        Server.Script = new StandInScript { Rules = rules };
        Desk = new Desk(ModelPlaybook.Files(Server, "triage escalation", limits: ", second_opinion_share: 1"));
        return Desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));
    }
}
