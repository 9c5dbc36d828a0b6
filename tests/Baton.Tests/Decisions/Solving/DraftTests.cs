using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Conversations.Tickets;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions.Solving;

/// <summary>A reply that waits for a person: sent, changed or dropped.</summary>
public sealed class DraftTests : IAsyncLifetime
{
    private const string Text = "You have 60 days, [EMAIL_1].";

    private readonly Desk _desk = new();

    public async ValueTask InitializeAsync()
    {
        await _desk.DecideAsync(Desk.Ticket($"{DeskPlaybook.WantsChange} I am jane.doe@example.net"));
        await WaitsAsync(1);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Goes_out_as_the_reply_of_the_person_who_sends_it()
    {
        Assert.Null(await DraftAsync(discards: false, null));

        var replied = Assert.Single(_desk.Events().OfType<ConversationEvent.AgentReplied>());
        Assert.Equal(("ann", Text), (replied.By, replied.Text));
        Assert.Single(_desk.Events().OfType<ConversationEvent.DraftSent>());
        Assert.Equal("You have 60 days, jane.doe@example.net.", Sent());
        Assert.Null(_desk.State().Draft);
        Assert.DoesNotContain("first_reply", _desk.State().Clocks.Running.Select(c => c.Metric));
        Assert.Equal(1, _desk.Database.Read(c => c.Number(
            "select count(*) from outbox where idempotency_key = $1", replied.MessageId)));
    }

    [Fact]
    public async Task Goes_out_changed_and_is_kept_without_personal_data()
    {
        Assert.Null(await DraftAsync(discards: false, "Write to jane.doe@example.net or bob@example.org."));

        Assert.Single(_desk.Events().OfType<ConversationEvent.DraftEdited>());
        Assert.Empty(_desk.Events().OfType<ConversationEvent.DraftSent>());
        Assert.Equal("Write to [EMAIL_1] or [EMAIL_2].",
            Assert.Single(_desk.Events().OfType<ConversationEvent.AgentReplied>()).Text);
        Assert.Equal("Write to jane.doe@example.net or bob@example.org.", Sent());
    }

    [Fact]
    public async Task Is_sent_as_it_was_when_nothing_was_changed()
    {
        Assert.Null(await DraftAsync(discards: false, "You have 60 days, jane.doe@example.net."));

        Assert.Single(_desk.Events().OfType<ConversationEvent.DraftSent>());
    }

    [Fact]
    public async Task Leaves_nothing_for_the_customer_when_it_is_dropped()
    {
        Assert.Null(await DraftAsync(discards: true, null));

        Assert.Single(_desk.Events().OfType<ConversationEvent.DraftDiscarded>());
        Assert.Empty(_desk.Events().OfType<ConversationEvent.AgentReplied>());
        Assert.Equal(PersonActions.NoDraft, await DraftAsync(discards: false, null));
    }

    [Fact]
    public async Task Is_sent_once()
    {
        await DraftAsync(discards: false, null);

        Assert.Equal(PersonActions.NoDraft, await DraftAsync(discards: false, null));
        Assert.Single(_desk.Events().OfType<ConversationEvent.AgentReplied>());
    }

    [Fact]
    public async Task Is_dropped_when_a_person_writes_otherwise_or_gives_the_ticket_back()
    {
        await ActAsync((id, text) => new PersonAction.Reply(id, text), "Hello");
        Assert.Null(_desk.State().Draft);

        await WaitsAsync(1);
        await ActAsync((_, _) => new PersonAction.Claim(), null);
        await ActAsync((_, _) => new PersonAction.Unlock(), null);
        Assert.Null(_desk.State().Draft);
    }

    [Fact]
    public async Task Stands_in_the_ticket_with_the_real_values()
    {
        var ticket = (await _desk.Get<TicketQueries>().FindAsync("T-1", CancellationToken.None))!;

        Assert.Equal("You have 60 days, jane.doe@example.net.", (string?)ticket["draft"]!["text"]);
        Assert.Equal("returns", (string?)ticket["draft"]!["citations"]![0]!["article_id"]);
        Assert.Equal(0.61, (double)ticket["draft"]!["probability"]!);
        await DraftAsync(discards: true, null);
        Assert.Null((await _desk.Get<TicketQueries>().FindAsync("T-1", CancellationToken.None))!["draft"]);
    }

    [Theory]
    [InlineData("""{"action":"send"}""", false, null)]
    [InlineData("""{"action":"edit","text":"Hello"}""", false, "Hello")]
    [InlineData("""{"action":"discard"}""", true, null)]
    public void Reads_what_is_to_be_done(string json, bool discards, string? text) =>
        Assert.Equal(new DraftActionJson("key", discards, text), DraftActionJson.Read(Json(json), "key"));

    [Theory]
    [InlineData("""{"action":"reply"}""", "action")]
    [InlineData("""{}""", "action")]
    [InlineData("""{"action":"edit"}""", "text")]
    [InlineData("""{"action":"edit","text":"  "}""", "text")]
    [InlineData("""{"action":"send","text":"x"}""", "text")]
    [InlineData("""{"action":"send","why":"x"}""", "why")]
    [InlineData("""{"action":7}""", "action")]
    [InlineData("""[]""", "the action")]
    public void Says_what_is_wrong_with_it(string json, string field) =>
        Assert.Equal(field, Assert.Throws<TicketFormatException>(
            () => DraftActionJson.Read(Json(json), "key")).Field);

    private static System.Text.Json.JsonElement Json(string text) =>
        System.Text.Json.JsonDocument.Parse(text).RootElement;

    private Task WaitsAsync(int turn) => _desk.AppendAsync("T-1", new ConversationEvent.DraftWritten(
        turn, Text, "article", [new Citation("returns", "Returns", "How long", "60 days")], 0.61));

    private string Sent() => _desk.Database.Read(c => MessageRows.Of(c, "T-1", 100))
        .Single(m => m.Author == Author.Agent).Body;

    private async Task<string?> DraftAsync(bool discards, string? text) =>
        (await _desk.Get<Inbox>().DraftAsync("T-1", discards, text, "ann", CancellationToken.None)).Problem;

    private async Task ActAsync(Func<string, string, PersonAction> action, string? text) =>
        Assert.Null((await _desk.Get<Inbox>().ActAsync("T-1", action, "ann", text, CancellationToken.None)).Problem);
}
