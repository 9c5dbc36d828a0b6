using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Decisions.Asking;
using Baton.Playbooks;
using Baton.Testing.StandIn;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions.Asking;

/// <summary>Which tier reads a message, and what becomes of answers that are weak, wrong or missing.</summary>
public sealed class AskingTests : ModelDeskTests
{
    private const string Sure = """{"intent":"return_policy","also":[],"confidence":"very_high"}""";
    private const string Weak = """{"intent":"order_status","also":[],"confidence":"low"}""";

    [Fact]
    public async Task Takes_the_intent_from_a_model_when_the_local_tier_is_unsure()
    {
        var decision = await DecideAsync("triage", ModelPlaybook.Says(Prompt.Triage, Sure));

        Assert.Equal(("return_policy", "commodity", 0.95),
            (decision.Triage!.Intent, decision.Triage.Tier, decision.Triage.Confidence));
        var stage = Stage("triage");
        Assert.Equal("small", stage.Model);
        Assert.True(stage.CostUsd > 0 && stage.TokensIn > 0 && stage.TokensOut > 0);
        Assert.Equal(decision.CostUsd, stage.CostUsd);
    }

    [Fact]
    public async Task Asks_nobody_when_the_local_tier_is_sure()
    {
        Start("triage", ModelPlaybook.Says(Prompt.Triage, Sure));
        await Desk.DecideAsync(Desk.Ticket("thanks"));

        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task Asks_the_stronger_tier_when_the_weaker_is_unsure()
    {
        var decision = await DecideAsync("triage",
            ModelPlaybook.Says(Prompt.Triage, Weak, "small"), ModelPlaybook.Says(Prompt.Triage, Sure, "large"));

        Assert.Equal(("return_policy", "reasoning"), (decision.Triage!.Intent, decision.Triage.Tier));
        Assert.Contains("commodity 0.30 → reasoning 0.95", Stage("triage").Note, StringComparison.Ordinal);
        Assert.Equal(await SpentAsync(), decision.CostUsd);
    }

    [Theory]
    [InlineData("""{"intent":"space_travel","also":[],"confidence":"very_high"}""")]
    [InlineData("""{"intent":"return_policy","also":[],"confidence":"2.0"}""")]
    [InlineData("""{"intent":"return_policy"}""")]
    [InlineData("I think it is about returns.")]
    public async Task Asks_the_next_tier_when_an_answer_is_not_one_of_ours_after_one_repair(string answer)
    {
        var decision = await DecideAsync("triage",
            ModelPlaybook.Says(Prompt.Triage, answer, "small"), ModelPlaybook.Says(Prompt.Triage, Sure, "large"));

        Assert.Equal("reasoning", decision.Triage!.Tier);
        var fall = Assert.Single(Desk.Events().OfType<ConversationEvent.ModelFellBack>());
        Assert.Equal(("triage", "commodity", "reasoning", "invalid_answer"),
            (fall.Stage, fall.From, fall.To, fall.Why));
        Assert.Equal(3, Server.Requests.Count);
        Assert.Equal(await SpentAsync(), decision.CostUsd);
    }

    [Theory]
    [InlineData(StandInFault.Refusal, "refused")]
    [InlineData(StandInFault.ServerError, "provider_failed")]
    [InlineData(StandInFault.RateLimit, "rate_limited")]
    [InlineData(StandInFault.MalformedJson, "provider_failed")]
    [InlineData(StandInFault.CutStream, "provider_failed")]
    [InlineData(StandInFault.WrongSchema, "invalid_answer")]
    public async Task Keeps_the_local_reading_when_no_tier_answers_and_says_so(StandInFault fault, string why)
    {
        var decision = await DecideAsync("triage", ModelPlaybook.Fails(fault));

        Assert.Equal("local", decision.Triage!.Tier);
        var falls = Desk.Events().OfType<ConversationEvent.ModelFellBack>().ToList();
        Assert.Equal([("commodity", "reasoning", why), ("reasoning", "local", why)],
            falls.Select(f => (f.From, f.To, f.Why)));
        Assert.EndsWith("local", Stage("triage").Note!.Split(';')[0], StringComparison.Ordinal);
        Assert.Equal(why is "provider_failed" or "rate_limited", decision.Triggers.Contains("model_unavailable"));
        Assert.Equal(await SpentAsync(), decision.CostUsd);
    }

    [Fact]
    public async Task Gives_a_ticket_to_a_person_when_its_own_budget_is_used_up()
    {
        var decision = await DecideAsync("triage", "budgets: { ticket: { expected: 0.000001, times: 1 } }",
            ModelPlaybook.Says(Prompt.Triage, Sure));

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.Contains("cost_ceiling", decision.Triggers);
        Assert.Equal("ticket_budget", Assert.Single(Desk.Events().OfType<ConversationEvent.ModelFellBack>()).Why);
    }

    [Fact]
    public async Task Keeps_the_local_reading_when_the_budget_of_all_is_used_up()
    {
        var decision = await DecideAsync("triage",
            "budgets: { limits: [ { scope: all, period: day, limit: 0.000001, on_exceed: stop } ] }",
            ModelPlaybook.Says(Prompt.Triage, Sure));

        Assert.Equal("local", decision.Triage!.Tier);
        Assert.DoesNotContain("cost_ceiling", decision.Triggers);
        Assert.Equal("budget", Assert.Single(Desk.Events().OfType<ConversationEvent.ModelFellBack>()).Why);
    }

    [Fact]
    public async Task Goes_on_locally_when_the_kill_switch_is_thrown_during_a_turn()
    {
        Server.Script = new StandInScript();
        var stage = new BreakableStage { Meanwhile =
            () => Desk.KillSwitch.SetAsync(true, "ann", null, CancellationToken.None) };
        Desk = new Desk(
            ModelPlaybook.Files(Server, "triage"), knowIntents: false, stages: all => [all[0], stage, .. all.Skip(1)]);

        var decision = await Desk.DecideAsync(Desk.Ticket(ModelPlaybook.Unclear));

        Assert.Equal("local", decision.Triage!.Tier);
        Assert.Equal("kill_switch", Assert.Single(Desk.Events().OfType<ConversationEvent.ModelFellBack>()).Why);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task Works_locally_and_says_so_once_when_no_provider_has_its_key()
    {
        Server.Script = new StandInScript();
        Desk = new Desk(ModelPlaybook.Files(Server, "triage"), knowIntents: false, secret: _ => null);

        var decision = await Desk.DecideAsync(Desk.Ticket(ModelPlaybook.Unclear));

        Assert.Equal("local", decision.Triage!.Tier);
        Assert.Empty(Desk.Events().OfType<ConversationEvent.ModelFellBack>());
        Assert.Equal("models.yaml: STAND_IN_KEY not set; the local tier decides alone",
            Desk.Get<ModelAsker>().Missing(Desk.Get<PlaybookHost>().Current));
    }

    [Fact]
    public async Task Never_puts_words_of_a_customer_into_the_system_message()
    {
        await DecideAsync("triage", ModelPlaybook.Says(Prompt.Triage, Sure));

        using var body = System.Text.Json.JsonDocument.Parse(Assert.Single(Server.Requests).Body);
        var messages = body.RootElement.GetProperty("messages").EnumerateArray()
            .ToLookup(m => m.GetProperty("role").GetString(), m => m.GetProperty("content").ToString());
        Assert.DoesNotContain(messages["system"], m => m.Contains(ModelPlaybook.Unclear, StringComparison.Ordinal));
        Assert.Contains(ModelPlaybook.Unclear, Assert.Single(messages["user"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judges_the_tone_by_the_customers_own_words()
    {
        Start("tone", ModelPlaybook.Says(Prompt.Tone,
            """{"sentiment":"negative","urgency":"high","tone":"frustrated","confidence":"high"}"""));
        await Desk.SubmitAsync(Desk.Ticket("hello there") with
        {
            Messages = [new InboundText(Author.Customer, "first words"), new InboundText(Author.Agent, "agent words"),
                new InboundText(Author.Customer, "the parcel, well")],
        });
        await Desk.WorkAsync();

        var request = Assert.Single(Server.Requests).Body;
        Assert.Contains("first words", request, StringComparison.Ordinal);
        Assert.DoesNotContain("agent words", request, StringComparison.Ordinal);
        var tone = Desk.Latest("T-1").Tone!;
        Assert.Equal((3, 7, "frustrated"), (tone.Sentiment, tone.Urgency, tone.Tone));
    }

    [Fact]
    public async Task Records_concurrent_stages_in_the_order_of_the_pipeline()
    {
        await DecideAsync("triage tone complexity", ModelPlaybook.Says(Prompt.Triage, Sure) with
        {
            Latency = new StandInLatency { MedianMs = 100 },
        });

        Assert.Equal(["context", "triage", "tone", "complexity"],
            Desk.Events().OfType<ConversationEvent.StageCompleted>().Take(4).Select(s => s.Stage));
    }

    private Task<Decision> DecideAsync(string stages, params StandInRule[] rules) => DecideAsync(stages, "", rules);

    private Task<Decision> DecideAsync(string stages, string budgets, params StandInRule[] rules)
    {
        Start(stages, budgets, rules);
        return Desk.DecideAsync(Desk.Ticket(ModelPlaybook.Unclear));
    }

    private void Start(string stages, params StandInRule[] rules) => Start(stages, "", rules);

    private void Start(string stages, string budgets, params StandInRule[] rules)
    {
        Server.Script = new StandInScript { Rules = rules };
        Desk = new Desk(ModelPlaybook.Files(Server, stages, budgets), knowIntents: false);
    }

    private ConversationEvent.StageCompleted Stage(string name) =>
        Desk.Events().OfType<ConversationEvent.StageCompleted>().Single(s => s.Stage == name);

    private Task<decimal> SpentAsync() => ModelDesk.SpentAsync(Desk);
}
