using Baton.Conversations;
using Baton.Testing;
using Baton.Testing.StandIn;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions.Asking;

/// <summary>Answers that models write: from passages only, checked, written again once, then a person.</summary>
public sealed class WrittenAnswerTests : ModelDeskTests
{
    private const string Good =
        """{"answered":true,"text":"You can send things back within 30 days.","passages":["p1"],"confidence":"high"}""";
    private const string Invented =
        """{"answered":true,"text":"You can send things back within 90 days.","passages":["p1"],"confidence":"high"}""";
    private const string Promising =
        """{"answered":true,"text":"You can send things back within 30 days. We will refund you tomorrow.","passages":["p1"],"confidence":"high"}""";
    private const string NoAnswer = """{"answered":false,"text":"","passages":[],"confidence":"high"}""";
    private const string Fine =
        """{"grounded":"very_high","promises":"none","answers":"high","tone":"high","policy":"kept","fix":""}""";
    private const string Broken =
        """{"grounded":"very_high","promises":"none","answers":"high","tone":"high","policy":"broken","fix":"Do not blame."}""";

    private readonly BreakableStage _stage = new();

    [Fact]
    public async Task Sends_an_answer_written_from_the_passages_and_cites_them()
    {
        var decision = await DecideAsync(
            "draft check", ModelPlaybook.Says(Prompt.Draft, Good), ModelPlaybook.Says(Prompt.Check, Fine));

        Assert.Equal(OutcomeKind.Replied, decision.Outcome);
        Assert.Contains("within 30 days.", Assert.Single(Desk.Said()), StringComparison.Ordinal);
        Assert.Equal("returns", Assert.Single(decision.Citations).ArticleId);
        Assert.Equal(["commodity", "commodity"], Tiers("resolve", "check"));
        Assert.Equal(await ModelDesk.SpentAsync(Desk), decision.CostUsd);
    }

    [Fact]
    public async Task Writes_an_answer_with_an_invented_number_again_on_the_stronger_tier()
    {
        var decision = await DecideAsync("draft check final",
            ModelPlaybook.Says(Prompt.Draft, Invented), ModelPlaybook.Says(Prompt.Final, Good),
                ModelPlaybook.Says(Prompt.Check, Fine));

        Assert.Equal(OutcomeKind.Replied, decision.Outcome);
        Assert.Contains("30 days", Assert.Single(Desk.Said()), StringComparison.Ordinal);
        Assert.Equal(["commodity", "rules", "reasoning", "commodity"], Tiers("resolve", "check", "final", "recheck"));
        Assert.True(Cost("resolve") > 0 && Cost("final") > 0);
        Assert.Equal(await ModelDesk.SpentAsync(Desk), decision.CostUsd);
    }

    [Theory]
    [InlineData(Invented)]
    [InlineData(Promising)]
    [InlineData(NoAnswer)]
    public async Task Gives_it_to_a_person_when_the_second_version_is_no_better(string second)
    {
        var decision = await DecideAsync(
            "draft final", ModelPlaybook.Says(Prompt.Draft, Promising), ModelPlaybook.Says(Prompt.Final, second));

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.Equal(2, Server.Requests.Count);
        Assert.Empty(Desk.Events().OfType<ConversationEvent.ReplySent>());
    }

    [Fact]
    public async Task Writes_again_what_breaks_the_policy()
    {
        var decision = await DecideAsync("draft check final", ModelPlaybook.Says(Prompt.Draft, Good),
            ModelPlaybook.Says(Prompt.Check, Broken) with { Times = 1 }, ModelPlaybook.Says(Prompt.Check, Fine),
            ModelPlaybook.Says(Prompt.Final, Good));

        Assert.Equal(OutcomeKind.Replied, decision.Outcome);
        Assert.Contains("Do not blame.",
            Server.Requests.Single(r => r.Body.Contains(Prompt.Final, StringComparison.Ordinal)).Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_no_written_answer_that_could_not_be_checked()
    {
        var decision = await DecideAsync("draft check", ModelPlaybook.Says(Prompt.Draft, Good),
            new StandInRule { SystemContains = Prompt.Check, Fault = StandInFault.ServerError });

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.Contains("could not be made", decision.Stages.Single(s => s.Stage == "guard").Note,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quotes_the_articles_when_no_model_can_write()
    {
        var decision = await DecideAsync("draft check", ModelPlaybook.Fails(StandInFault.ServerError));

        Assert.Equal(OutcomeKind.Replied, decision.Outcome);
        Assert.Equal(["local"], Tiers("resolve"));
        Assert.Contains("model_unavailable", decision.Triggers);
    }

    [Theory]
    [InlineData("""{"answered":true,"text":"Yes, you can.","passages":[],"confidence":"high"}""")]
    [InlineData("""{"answered":true,"text":"","passages":["p1"],"confidence":"high"}""")]
    [InlineData("""{"answered":true,"text":"You can send things back, [PERSON_9].","passages":["p1"],"confidence":"high"}""")]
    [InlineData("""{"answered":true,"text":"You can send things back.","passages":["p99"],"confidence":"high"}""")]
    public async Task Gives_an_answer_that_cannot_be_meant_to_the_next_tier(string wrong)
    {
        var decision = await DecideAsync(
            "draft", ModelPlaybook.Says(Prompt.Draft, wrong, "small"), ModelPlaybook.Says(Prompt.Draft, Good, "large"));

        Assert.Equal(OutcomeKind.Replied, decision.Outcome);
        Assert.Equal("invalid_answer", Assert.Single(Desk.Events().OfType<ConversationEvent.ModelFellBack>()).Why);
    }

    [Fact]
    public async Task Keeps_a_customers_data_off_the_wire_and_puts_back_what_an_article_says()
    {
        var quote = new StandInAnswer
        {
            Quote = @"passage p1[^\n]*\n(?:#[^\n]*\n|\s*\n)*([^\n]+)",
            Text = """{"answered":true,"text":"{quote}","passages":["p1"],"confidence":"high"}""",
        };
        Start(files => files.With("knowledge/returns.md", """
            ---
            title: Returning something
            ---
            ## How long you have to return something
            You have 30 days to return something, write to returns@tiny.example to return it.

            """), "draft", new StandInRule { SystemContains = Prompt.Draft, Answer = quote });

        await Desk.DecideAsync(Desk.Ticket("how long do I have to return something? I am ann.smith@example.org"));

        Assert.All(Server.Requests, r => Assert.DoesNotContain("example", r.Body, StringComparison.Ordinal));
        Assert.Contains("returns@tiny.example", Assert.Single(Desk.Said()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pays_for_a_draft_once_when_the_process_dies_behind_it()
    {
        (_stage.Broken, _stage.Error) = (true, () => new OperationCanceledException());
        Start("draft", ModelPlaybook.Says(Prompt.Draft, Good));
        await Desk.SubmitAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));
        var job = (await Desk.LeaseAsync())!;
        await Assert.ThrowsAsync<OperationCanceledException>(() => Desk.Turns.HandleAsync(job, CancellationToken.None));
        _stage.Broken = false;

        Desk.LetLeasesEnd();
        await Desk.WorkAsync();

        Assert.Equal(OutcomeKind.Replied, Desk.Latest("T-1").Outcome);
        Assert.Single(Server.Requests);
        Assert.Equal(await ModelDesk.SpentAsync(Desk), Desk.Latest("T-1").CostUsd);
    }

    [Fact]
    public async Task Lets_a_strong_opinion_for_a_person_stop_automation()
    {
        var decision = await DecideAsync("escalation", ModelPlaybook.Says(Prompt.Escalation,
            """{"opinion":"person","concern":"money","confidence":"very_high"}"""));

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.Contains("model_says_person", decision.Triggers);
    }

    [Fact]
    public async Task Asks_no_opinion_where_a_person_is_on_the_way_already()
    {
        var decision = await DecideAsync("escalation", DeskPlaybook.WantsChange, ModelPlaybook.Says(Prompt.Escalation,
            """{"opinion":"answer","concern":"none","confidence":"very_high"}"""));

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("A customer wants another size.", "A customer wants another size.")]
    [InlineData("A customer of 12 years wants another size.", "A polite free customer writes about change order: ")]
    public async Task Begins_the_packet_with_a_models_sentence_unless_it_invents_a_number(string said, string expected)
    {
        var decision = await DecideAsync("summary", DeskPlaybook.WantsChange,
            ModelPlaybook.Says(Prompt.Summary, $$"""{"summary":"{{said}}"}"""));

        Assert.StartsWith(expected[..20], decision.Handoff!.Summary, StringComparison.Ordinal);
    }

    private Task<Decision> DecideAsync(string stages, params StandInRule[] rules) =>
        DecideAsync(stages, DeskPlaybook.AsksForReturns, rules);

    private Task<Decision> DecideAsync(string stages, string text, params StandInRule[] rules)
    {
        Start(stages, rules);
        return Desk.DecideAsync(Desk.Ticket(text));
    }

    private void Start(string stages, params StandInRule[] rules) => Start(files => files, stages, rules);

    private void Start(Func<PlaybookFiles, PlaybookFiles> change, string stages, params StandInRule[] rules)
    {
        Server.Script = new StandInScript { Rules = rules };
        var files = ModelPlaybook.Files(Server, stages)
            .Replace("playbook.yaml", "decision_confidence: 0.05", "decision_confidence: 0.70\n  draft_confidence: 1");
        Desk = new Desk(change(files),
            stages: all => [.. all.TakeWhile(s => s.Name != "guard"), _stage,
            .. all.SkipWhile(s => s.Name != "guard")]);
    }

    private decimal Cost(string stage) => Stages(stage).Single().CostUsd;

    private IEnumerable<string> Tiers(params string[] stages) => stages.SelectMany(Stages).Select(s => s.Tier);

    private IEnumerable<ConversationEvent.StageCompleted> Stages(string name) =>
        Desk.Events().OfType<ConversationEvent.StageCompleted>().Where(s => s.Stage == name);
}
