using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Conversations.Tickets;
using Baton.Decisions;
using Baton.Decisions.Local;
using Baton.Decisions.Replaying;
using Baton.Decisions.Turns;
using Baton.Escalation.Queues;
using Baton.Playbooks;
using Baton.Storage.Events;
using Baton.Testing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions.Replaying;

/// <summary>
/// Decisions are made under one playbook, written as the ledger writes them, and made again; and where it is another
/// playbook, the tickets are decided under that one from the start as well, and both must come to the same.
/// </summary>
public sealed class TurnReplayTests
{
    private static readonly DateTimeOffset Tuesday = new(2026, 11, 3, 15, 0, 5, TimeSpan.Zero);

    private static readonly string Models = Path.Combine(Path.GetTempPath(), "baton-models");

    [Fact]
    public async Task Changes_nothing_over_3000_decisions_under_the_same_playbook()
    {
        await using var desk = new Desk(
            NorthwindFiles.All(), knowIntents: false, local: new LocalOptions { Encoder = EncoderChoice.None });
        var (playbook, models) = desk.Get<LocalModelCache>().Current;
        var replay = new TurnReplay(desk.Get<StageNeeds>(), playbook, models);
        var scope = ReplayScope.Of(playbook, playbook);
        List<string> different = [];
        foreach (var line in DistinctTickets.Lines(playbook, 3_000))
        {
            var recorded = await DecideAsync(desk, playbook, models, line);
            var again = await replay.RunAsync(recorded, scope, TestContext.Current.CancellationToken);
            if (Shown(ReplayedVerdict.As(recorded)) != Shown(again) || again.ReadAgain) different.Add($"{line}\n  {ReplayedVerdict.As(recorded)}\n  {again}");
        }

        Assert.True(different.Count == 0, string.Join('\n', different.Take(3)));
    }

    [Fact]
    public async Task Comes_to_what_another_playbook_would_have_decided()
    {
        await using var desk = new Desk(NorthwindFiles.All(), knowIntents: false);
        var (then, models) = desk.Get<LocalModelCache>().Current;
        var lines = TicketVariations.Lines(NorthwindFiles.Folder, 90).ToList();
        var recorded = new List<RecordedTurn>();
        foreach (var line in lines) recorded.Add(await DecideAsync(desk, then, models, line));

        // Rules, routing, thresholds and the ladder: readings of then serve.
        var policy = await CompareAsync(desk, recorded, lines, then, files => files
            .Replace("escalation.yaml", "urgency_weight: 0.45", "urgency_weight: 0.70")
            .Replace("playbook.yaml", "  answer: 0.87", "  answer: 0.95")
            .Replace("intents/gift_cards.yaml", "class: knowledge", "class: knowledge\nautonomy: draft"));
        // Intents and articles: the local tier reads again.
        var words = await CompareAsync(desk, recorded, lines, then, files => files
            .Without("knowledge/warranty-claim.md").Without("knowledge/questions/warranty-claim.yaml")
            .Replace("intents/warranty_claim_howto.yaml", "articles: [warranty, warranty-claim]", "articles: [warranty]")
            .Replace("intents/gift_cards.yaml", "examples:", "examples:\n  - the code on my voucher is not taken"));

        Assert.True(policy.Changed > 5, $"{policy}");
        Assert.True(policy.ReadAgain < 20, $"{policy}");
        Assert.True(words.ReadAgain > 60, $"{words}");
        Assert.True(policy.Unknown + words.Unknown < 12, $"{policy} {words}");
    }

    private static async Task<(int Changed, int ReadAgain, int Unknown)> CompareAsync(
        Desk desk, List<RecordedTurn> recorded, List<string> lines, Playbook then,
        Func<PlaybookFiles, PlaybookFiles> change)
    {
        var playbook = change(NorthwindFiles.All()).Playbook();
        var models = LocalModels.Train(playbook, desk.Get<LocalEncoder>().Vectors, Models);
        var replay = new TurnReplay(desk.Get<StageNeeds>(), playbook, models);
        var scope = ReplayScope.Of(then, playbook);
        var (changed, readAgain, unknown) = (0, 0, 0);
        List<string> different = [];
        for (var i = 0; i < lines.Count; i++)
        {
            var again = await replay.RunAsync(recorded[i], scope, TestContext.Current.CancellationToken);
            if (again.ReadAgain) readAgain++;
            if (again.Unknown is not null)
            {
                unknown++;
                continue;
            }
            if (!ReplayedVerdict.As(recorded[i]).SameAs(again)) changed++;
            var truly = ReplayedVerdict.As(await DecideAsync(desk, playbook, models, lines[i]));
            if (Shown(truly) != Shown(again)) different.Add($"{lines[i]}\n  {Shown(truly)}\n  {Shown(again)}");
        }
        Assert.True(different.Count == 0, string.Join('\n', different.Take(5)));
        return (changed, readAgain, unknown);
    }

    private static string Shown(ReplayedVerdict v) =>
        $"{v.Route} {v.Priority} {v.Queue} {v.Confidence} {v.DecidedBy} {v.FromArticles} {v.Unknown}";

    private static async Task<RecordedTurn> DecideAsync(Desk desk, Playbook playbook, LocalModels models, string line)
    {
        List<ConversationEvent> facts = [.. Asked(line)];
        var conversation = Conversation.Fold(Id(line), facts.Select(f => (f, Tuesday)));
        var turn = new Turn(playbook, models, conversation, Tuesday);
        List<ConversationEvent> stages = [];
        var pipeline = new DecisionPipeline(DecisionPipeline.Default(desk.Get<StageNeeds>()), desk.Clock);
        await pipeline.RunAsync(turn, (made, _) =>
        {
            stages.AddRange(made);
            return Task.CompletedTask;
        }, TestContext.Current.CancellationToken);
        facts.AddRange(StageRuns.Packed(stages));
        facts.AddRange(new TurnDecider((_, _) => new QueueLoad(0)).Decide(turn, 1).Events);
        var stored = facts.Select((fact, i) => new StoredEvent
        {
            Seq = i, StreamId = conversation.Id, Version = i + 1, Type = ConversationJson.TypeOf(fact), Hash = "",
            At = Tuesday.AddSeconds(30), Data = ConversationJson.Write(fact),
        });
        return Assert.Single(RecordedTurn.Of(conversation.Id, [.. stored]));
    }

    private static IEnumerable<ConversationEvent> Asked(string line)
    {
        using var json = JsonDocument.Parse(line);
        var ticket = TicketJson.Read(json.RootElement, null, "api", "expect", "history");
        yield return new ConversationEvent.ConversationStarted(
            ticket.TicketId, ticket.Channel, ticket.Subject, ticket.CustomerId, ticket.CustomerTier,
            ticket.RecentTickets, ticket.Fields);
        foreach (var (message, i) in ticket.Messages.Select((m, i) => (m, i)))
            yield return new ConversationEvent.MessageReceived(
                $"{ticket.TicketId}/{i + 1}", i + 1, message.From, message.Text, message.Text.Length, false, Tuesday);
    }

    private static string Id(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("id").GetString()!;
    }
}
