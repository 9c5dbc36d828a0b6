using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Conversations.Tickets;
using Baton.Decisions;
using Baton.Decisions.Local;
using Baton.Storage.Events;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions.Local;

/// <summary>The words that carried an intent: worked out for whoever looks, and for nobody else.</summary>
public sealed class CarryingWordsTests : IAsyncDisposable
{
    private const string Refund = "When will the refund for my returned headphones arrive on my card?";

    private readonly Desk _desk = new(NorthwindFiles.All(), knowIntents: false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_turn_records_none()
    {
        await _desk.DecideAsync(Desk.Ticket(Refund));

        Assert.Empty(Triage(_desk.Events()).Words);
    }

    [Fact]
    public async Task Whoever_looks_is_told_words_of_the_message_the_strongest_first()
    {
        await _desk.DecideAsync(Desk.Ticket(Refund));

        var words = Triage(await LookAsync()).Words;

        Assert.InRange(words.Count, 1, 6);
        Assert.Contains("refund", words);
        Assert.All(words, word => Assert.Contains(word, Refund, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_else_of_the_record_changes()
    {
        await _desk.DecideAsync(Desk.Ticket(Refund));

        var (recorded, seen) = (Recorded(), await ExplainAsync());

        Assert.Equal(recorded.Select(r => r.At), seen.Select(s => s.At));
        Assert.Equal(
            recorded.Select(r => Shown(r.Fact)), seen.Select(s => Shown(WithoutWords(s.Fact))));
    }

    [Fact]
    public async Task Each_turn_is_told_its_own()
    {
        await _desk.DecideAsync(Desk.Ticket(Refund));
        await _desk.WriteAsync("How do I reset my password?");

        var told = (await LookAsync()).OfType<ConversationEvent.StageCompleted>()
            .Where(s => s is { Stage: StageNames.Triage, Turn: 2 }).ToList();

        Assert.All(Triage(told).Words, word => Assert.DoesNotContain(word, "refund headphones card"));
    }

    [Fact]
    public async Task Words_of_another_playbook_say_so()
    {
        await _desk.DecideAsync(Desk.Ticket(Refund));
        var other = Recorded().Select(r => (r.Fact is ConversationEvent.DecisionMade made
            ? made with { Playbook = "0123456789abcdef" } : r.Fact, r.At)).ToList();
        var now = _desk.Get<LocalModelCache>().Current.Playbook.Version;

        var told = StageRuns.Unpacked((await _desk.Get<CarryingWords>().ExplainAsync("T-1", other, Token))
            .Select(e => e.Fact)).OfType<ConversationEvent.StageCompleted>().Single(s => s.Stage == StageNames.Triage);

        Assert.NotEmpty(ConversationJson.Read<TriageReading>(told.Output).Words);
        Assert.Contains($"words by playbook {now[..8]}, in force now", told.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_another_one_now_has_none()
    {
        await _desk.DecideAsync(Desk.Ticket(Refund));
        var erased = Recorded().Select(r => (r.Fact is ConversationEvent.MessageReceived received
            ? received with { Text = "" } : r.Fact, r.At)).ToList();

        var told = await _desk.Get<CarryingWords>().ExplainAsync("T-1", erased, Token);

        Assert.Empty(Triage(StageRuns.Unpacked(told.Select(e => e.Fact))).Words);
    }

    [Fact]
    public async Task Words_of_an_older_record_stay_as_they_are()
    {
        await _desk.DecideAsync(Desk.Ticket(Refund));
        var older = Recorded().Select(r => (r.Fact is ConversationEvent.StagesCompleted run
            ? run with { Stages = [.. run.Stages.Select(s => s.Stage == StageNames.Triage ? Said(s, "kept") : s)] }
            : r.Fact, r.At)).ToList();

        var told = await _desk.Get<CarryingWords>().ExplainAsync("T-1", older, Token);

        Assert.Equal(["kept"], Triage(StageRuns.Unpacked(told.Select(e => e.Fact))).Words);
    }

    [Fact]
    public async Task The_ticket_of_the_API_has_them()
    {
        await _desk.DecideAsync(Desk.Ticket(Refund));

        var ticket = (await _desk.Get<TicketQueries>().FindAsync("T-1", Token))!;

        var words = Assert.IsType<JsonArray>(ticket["decision"]!["triage"]!["words"]);
        Assert.Contains("refund", words.Select(w => (string)w!));
        Assert.Null(ticket["decision"]!["triage"]!["words_playbook"]);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private List<(ConversationEvent Fact, DateTimeOffset At)> Recorded() => _desk.Database
        .Read(connection => Ledger.Read(connection, "T-1"))
        .ConvertAll(e => (ConversationJson.Read(e.Type, e.Data.Span), e.At));

    private async Task<IReadOnlyList<(ConversationEvent Fact, DateTimeOffset At)>> ExplainAsync() =>
        await _desk.Get<CarryingWords>().ExplainAsync("T-1", Recorded(), Token);

    private async Task<IReadOnlyList<ConversationEvent>> LookAsync() =>
        [.. StageRuns.Unpacked((await ExplainAsync()).Select(e => e.Fact))];

    private static TriageReading Triage(IEnumerable<ConversationEvent> events) => ConversationJson.Read<TriageReading>(
        events.OfType<ConversationEvent.StageCompleted>().Last(e => e.Stage == StageNames.Triage).Output);

    private static FinishedStage Said(FinishedStage stage, string word) => stage with
    {
        Output = ConversationJson.Output(ConversationJson.Read<TriageReading>(stage.Output) with { Words = [word] }),
    };

    private static ConversationEvent WithoutWords(ConversationEvent fact) => fact is ConversationEvent.StagesCompleted r
        ? r with { Stages = [.. r.Stages.Select(s => s.Stage == StageNames.Triage ? Bare(s) : s)] } : fact;

    private static FinishedStage Bare(FinishedStage stage) => stage with
    {
        Output = ConversationJson.Output(ConversationJson.Read<TriageReading>(stage.Output) with { Words = [] }),
    };

    private static string Shown(ConversationEvent fact) =>
        fact.GetType().Name + System.Text.Encoding.UTF8.GetString(ConversationJson.Write(fact));
}
