using Baton.Channels;
using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Conversations.Merging;
using Baton.Conversations.Tickets;
using Baton.People.Inboxes;
using Baton.Playbooks;
using Baton.Tests.Channels;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Conversations.Merging;

/// <summary>Two tickets of one customer about the same become one, and the customer gets one answer.</summary>
public sealed class MergingTests : IAsyncLifetime
{
    private const string Old = "T-1", New = "T-2", Stranger = "T-3";

    private readonly ListeningChannel _pigeon = new() { Ways = ChannelWays.Out };
    private readonly Desk _desk;

    public MergingTests() => _desk = new Desk(channel: _pigeon);

    private TicketMerging Merging => _desk.Get<TicketMerging>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var (id, customer) in (IEnumerable<(string, string)>)[(Old, "c-1"), (New, "c-1"), (Stranger, "c-9")])
            await _desk.DecideAsync(
                Desk.Ticket(DeskPlaybook.WantsChange, id) with { CustomerId = customer, Channel = "pigeon" });
        await _desk.DeliverAsync();
        _pigeon.Sent.Clear();
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Leaves_an_event_on_both_ends_the_clocks_of_one_and_keeps_those_of_the_other()
    {
        var clocks = _desk.State(Old).Clocks;
        Assert.Null(await MergeAsync(New, Old));

        Assert.Equal(new ConversationEvent.MergedInto(Old, "p_ann"),
            Assert.Single(_desk.Events(New).OfType<ConversationEvent.MergedInto>()));
        Assert.Equal(new ConversationEvent.MergedFrom(New, "p_ann", Waits: true),
            Assert.Single(_desk.Events(Old).OfType<ConversationEvent.MergedFrom>()));
        Assert.Equal((ConversationStatus.Closed, Old), (_desk.State(New).Status, _desk.State(New).MergedInto));
        var told = (await _desk.Get<TicketQueries>().FindAsync(New, CancellationToken.None))!;
        Assert.Equal(Old, (string?)told["merged_into"]);
        Assert.Null(_desk.State(New).DueAt);
        Assert.DoesNotContain(_desk.State(New).Clocks.All, c => c.IsOwed);
        Assert.DoesNotContain(_desk.Events(New), e => e is ConversationEvent.SlaMet or ConversationEvent.PromiseKept);
        Assert.Equal(clocks, _desk.State(Old).Clocks);
        Assert.Null(_desk.Get<InboxLists>().Find(New));
        Assert.Equal([New], _desk.State(Old).Merged);

        _desk.Clock.Advance(TimeSpan.FromDays(5));
        await _desk.WorkAsync();
        Assert.DoesNotContain(_desk.Events(New), e => e is ConversationEvent.SlaBreached
            or ConversationEvent.PromiseBroken);
    }

    [Fact]
    public async Task Sends_what_the_customer_writes_to_the_one_that_stays_and_answers_once()
    {
        await _desk.AddAsync("Before the merge.", New, "m-1");
        await _desk.WorkAsync();
        await MergeAsync(New, Old);
        var messages = _desk.State(New).Messages;

        Assert.Equal(Old, Assert.IsType<IntakeOutcome.Accepted>(await _desk.AddAsync("Any news?", New, "m-2")).ConversationId);
        Assert.Equal(New, Assert.IsType<IntakeOutcome.Duplicate>(
            await _desk.AddAsync("Before the merge.", New, "m-1")).ConversationId);
        Assert.IsType<IntakeOutcome.Duplicate>(await _desk.AddAsync("Any news?", New, "m-2"));
        await _desk.WorkAsync();
        _pigeon.Sent.Clear();
        await ReplyAsync(Old, "It is on its way.");
        await _desk.DeliverAsync();

        Assert.Equal(Old, Assert.IsType<OutgoingText>(Assert.Single(_pigeon.Sent)).TicketId);
        Assert.Equal((messages, ConversationStatus.Closed), (_desk.State(New).Messages, _desk.State(New).Status));
        Assert.Contains("closed", await ReplyAsync(New, "And here."), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Owes_what_the_customer_waited_for_in_the_other()
    {
        await _desk.AppendAsync(Old, new ConversationEvent.Claimed("p_ann"));
        await ReplyAsync(Old, "Which size?");
        Assert.True(_desk.State(Old).AwaitsCustomer);

        await MergeAsync(New, Old);

        Assert.False(_desk.State(Old).AwaitsCustomer);
    }

    [Fact]
    public async Task Is_as_pressing_as_the_more_pressing_of_both()
    {
        await _desk.AppendAsync(New, new ConversationEvent.PriorityRaised(
            _desk.State(New).Priority!.Value, Priority.Urgent, "test"));
        await MergeAsync(New, Old);

        Assert.Equal(Priority.Urgent, _desk.State(Old).Priority);
    }

    [Theory]
    [InlineData(New, New, "into itself")]
    [InlineData(New, Stranger, "not known to be of one customer")]
    [InlineData(New, "T-9", "there is no ticket 'T-9'")]
    public async Task Is_refused(string from, string into, string why) =>
        Assert.Contains(why, await MergeAsync(from, into), StringComparison.Ordinal);

    [Fact]
    public async Task Is_refused_where_one_is_not_with_people()
    {
        await _desk.AppendAsync(Old, new ConversationEvent.Closed("p_ann", "done"));
        Assert.Contains("merge into one that is open", await MergeAsync(New, Old), StringComparison.Ordinal);
        Assert.Contains("only open tickets", await MergeAsync(Old, New), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_refused_while_something_is_on_its_way_in_the_one_that_goes()
    {
        await _desk.AddAsync("One more thing.", New);
        Assert.Contains("still reads", await MergeAsync(New, Old), StringComparison.Ordinal);
        await _desk.WorkAsync();
        await _desk.AppendAsync(New, new ConversationEvent.ReplyWritten(
            New + "/9", "p_ann", "hi", _desk.Clock.GetUtcNow().AddSeconds(5)));
        Assert.Contains("about to leave", await MergeAsync(New, Old), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_the_second_of_two_who_saw_the_same_and_leaves_colleagues_tickets_to_leads()
    {
        var seen = _desk.State(New).Version;
        await _desk.AppendAsync(New, new ConversationEvent.Claimed("p_ben"));

        Assert.StartsWith("p_ben claimed it since", (await Merging.MergeAsync(
            New, Old, new Acting("p_ann") { Seen = seen }, Token)).Problem, StringComparison.Ordinal);
        Assert.Contains("has claimed", (await Merging.MergeAsync(
            New, Old, new Acting("p_ann") { OnOthers = false }, Token)).Problem, StringComparison.Ordinal);
        Assert.Null((await Merging.MergeAsync(New, Old, new Acting("p_lea"), Token)).Problem);
    }

    [Fact]
    public void Suggests_open_tickets_of_the_customer_that_are_about_the_same()
    {
        var other = Assert.Single(_desk.Get<Duplicates>().Of(_desk.State(New)));

        Assert.Equal((Old, true), (other.Id, other.IsSimilar));
        Assert.Empty(_desk.Get<Duplicates>().Of(_desk.State(Stranger)));
    }

    [Theory]
    [InlineData("my tent pole broke on the first night", "the tent pole of mine broke the first night", true)]
    [InlineData("my tent pole broke on the first night", "where is my refund for the boots", false)]
    [InlineData("hello", "hello", false)]
    [InlineData("", "", false)]
    public void Compares_words(string one, string other, bool alike) =>
        Assert.Equal(alike, Duplicates.AreAlike(one, other));

    private async Task<string?> MergeAsync(string from, string into) =>
        (await Merging.MergeAsync(from, into, "p_ann", Token)).Problem;

    private async Task<string?> ReplyAsync(string id, string text) => (await _desk.Get<Inbox>().ActAsync(
        id, (message, redacted) => new PersonAction.Reply(message, redacted), "p_ann", text, Token)).Problem;
}
