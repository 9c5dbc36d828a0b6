using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Storage.Events;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions;

/// <summary>Stages that cost nothing share a row of the ledger; nobody who reads it can tell.</summary>
public sealed class StageRunTests
{
    [Fact]
    public async Task Writes_a_run_of_free_stages_in_one_fact()
    {
        await using var desk = new Desk();
        var decision = await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));

        Assert.Single(desk.Recorded().OfType<ConversationEvent.StagesCompleted>());
        Assert.Empty(desk.Recorded().OfType<ConversationEvent.StageCompleted>());
        Assert.Equal(
            ["context", "triage", "tone", "complexity", "escalation", "resolve", "guard"],
            decision.Stages.Select(s => s.Stage));
    }

    [Fact]
    public async Task Rebuilds_the_same_decisions_from_it()
    {
        await using var desk = new Desk();
        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));

        var tables = await LedgerRebuild.RunAsync(
            desk.Database, [ConversationTables.ReadTable], TestContext.Current.CancellationToken);

        Assert.DoesNotContain(tables, t => t.Changed);
    }

    [Fact]
    public void Gives_back_every_stage_as_it_was()
    {
        ConversationEvent[] facts =
        [
            Stage("a"), Stage("b") with { Confidence = 0.5, Note = "why" },
            new ConversationEvent.ToolCalled(1, "get_order", "orders", "", "ok", 3), Stage("c"),
            Stage("d") with { CostUsd = 0.01m, Model = "small", TokensIn = 3 }, Stage("e"), Stage("f"),
            Stage("g") with { Turn = 2 },
        ];

        var packed = StageRuns.Packed(facts);

        Assert.Equal(
            ["StagesCompleted", "ToolCalled", "StageCompleted", "StageCompleted", "StagesCompleted", "StageCompleted"],
            packed.Select(ConversationJson.TypeOf));
        Assert.Equal(facts, StageRuns.Unpacked(packed));
        Assert.Equal(
            facts.Select(Written),
            StageRuns.Unpacked(packed.Select(
                f => ConversationJson.Read(ConversationJson.TypeOf(f), ConversationJson.Write(f)))).Select(Written));
    }

    [Fact]
    public void Folds_a_run_like_its_stages()
    {
        var at = new DateTimeOffset(2026, 11, 3, 15, 0, 0, TimeSpan.Zero);
        ConversationEvent[] facts = [Stage("a"), Stage("b")];
        var alone = Conversation.Fold("T-1", facts.Select(f => (f, at)));

        var together = Conversation.Fold("T-1", StageRuns.Packed(facts).Select(f => (f, at)));

        Assert.Equal(alone.FinishedStages.OrderBy(s => s.Key), together.FinishedStages.OrderBy(s => s.Key));
    }

    private static ConversationEvent.StageCompleted Stage(string name) =>
        new(1, name, "local", "00",
            ConversationJson.Output(new ToneReading { Sentiment = 4, Urgency = 5, Tone = "calm" }), 0.5);

    private static string Written(ConversationEvent fact) =>
        System.Text.Encoding.UTF8.GetString(ConversationJson.Write(fact));
}
