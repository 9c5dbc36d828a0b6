using Baton.Channels;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Conversations.Tickets;
using Baton.Tests.Channels;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Conversations.Replies;

/// <summary>A reply can be taken back for five seconds, and leaves by itself when nobody does.</summary>
public sealed class ReplyUndoTests : IAsyncLifetime
{
    private const string Id = "T-1", Text = "Within 60 days, robin@example.com.";

    private static readonly TimeSpan Undo = TimeSpan.FromSeconds(5);

    private readonly ListeningChannel _pigeon = new() { Ways = ChannelWays.Out };
    private readonly Desk _desk;

    public ReplyUndoTests() => _desk = new Desk(channel: _pigeon);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange) with { Channel = "pigeon" });
        await ActAsync(new PersonAction.Claim());
        await _desk.DeliverAsync();
        _pigeon.Sent.Clear();
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Leaves_after_five_seconds_though_every_page_is_closed()
    {
        await ReplyAsync(Text);
        _desk.Clock.Advance(Undo - TimeSpan.FromMilliseconds(1));
        await PassAsync();
        Assert.Empty(_pigeon.Sent);
        Assert.DoesNotContain(_desk.Events(), e => e is ConversationEvent.AgentReplied);

        _desk.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await PassAsync();

        Assert.Equal(Text, Assert.IsType<OutgoingText>(Assert.Single(_pigeon.Sent)).Text);
        var replied = Assert.Single(_desk.Events().OfType<ConversationEvent.AgentReplied>());
        Assert.Equal(("p_ann", Undo), (replied.By, _desk.Clock.GetUtcNow() - replied.WrittenAt));
        Assert.DoesNotContain("robin@", replied.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Never_leaves_when_it_is_taken_back_and_the_writer_has_the_text()
    {
        await ReplyAsync(Text);
        var written = _desk.State().Unsent!.Written.MessageId;
        Assert.Null(await ActAsync(new PersonAction.TakeBack(written)));
        _desk.Clock.Advance(Undo * 2);
        await PassAsync();

        Assert.Empty(_pigeon.Sent);
        Assert.Equal(Text, _desk.Database.Read(c => MessageRows.Unsent(c, written)));
        Assert.Equal("p_ann", Assert.Single(_desk.Events().OfType<ConversationEvent.ReplyTakenBack>()).By);
        Assert.Contains("has left, or was taken back", await ActAsync(new PersonAction.TakeBack(written)),
            StringComparison.Ordinal);

        await ReplyAsync("Within 90 days.");
        _desk.Clock.Advance(Undo);
        await PassAsync();
        Assert.Equal("Within 90 days.", Assert.IsType<OutgoingText>(Assert.Single(_pigeon.Sent)).Text);
        Assert.Null(_desk.Database.Read(c => MessageRows.Unsent(c, written)));
        Assert.NotEqual(written, Assert.Single(_desk.Events().OfType<ConversationEvent.AgentReplied>()).MessageId);
    }

    [Fact]
    public async Task Cannot_be_taken_back_once_it_has_left()
    {
        await ReplyAsync(Text);
        var written = _desk.State().Unsent!.Written.MessageId;
        _desk.Clock.Advance(Undo);
        await PassAsync();

        Assert.NotNull(await ActAsync(new PersonAction.TakeBack(written)));
        Assert.Single(_pigeon.Sent);
    }

    [Fact]
    public async Task Leaves_before_the_next_thing_that_is_done_and_only_once()
    {
        await ReplyAsync(Text);
        await ReplyAsync("And a second one.");
        Assert.Null(await ActAsync(new PersonAction.Close("done")));
        await PassAsync();
        _desk.Clock.Advance(Undo * 2);
        await PassAsync();

        Assert.Equal([Text, "And a second one."], _pigeon.Sent.OfType<OutgoingText>().Select(t => t.Text));
        Assert.IsType<ConversationEvent.Closed>(_desk.Events().Last(e => e is ConversationEvent.Closed
            or ConversationEvent.AgentReplied));
    }

    [Fact]
    public async Task Keeps_the_place_of_what_the_customer_writes_meanwhile()
    {
        await ReplyAsync(Text);
        await _desk.WriteAsync("It has arrived after all.");
        _desk.Clock.Advance(Undo);
        await PassAsync();

        var rows = _desk.Database.Read(c => MessageRows.Of(c, Id, 100));
        Assert.Equal(rows.Select(r => r.Position).Distinct().Count(), rows.Count);
        Assert.Contains(_pigeon.Sent.OfType<OutgoingText>(), t => t.Text == Text);
        Assert.Equal(rows.Count, _desk.State().Messages);
    }

    [Fact]
    public async Task Brings_a_draft_back_with_it()
    {
        await _desk.AppendAsync(Id, new ConversationEvent.DraftWritten(
            1, "You have 60 days.", "article", [new Citation("returns", "Returns", "How long", "60 days")], 0.61));
        await DraftAsync();
        await ActAsync(new PersonAction.TakeBack(_desk.State().Unsent!.Written.MessageId));
        Assert.NotNull(_desk.State().Draft);
        Assert.DoesNotContain(_desk.Events(), e => e is ConversationEvent.DraftSent);

        await DraftAsync();
        _desk.Clock.Advance(Undo);
        await PassAsync();

        Assert.Null(_desk.State().Draft);
        Assert.Single(_desk.Events().OfType<ConversationEvent.DraftSent>());
        Assert.Single(_pigeon.Sent);
    }

    [Fact]
    public async Task Stops_its_clock_when_it_leaves_and_not_before()
    {
        await ReplyAsync(Text);
        Assert.False(_desk.State().AwaitsCustomer);
        _desk.Clock.Advance(Undo);
        await PassAsync();

        Assert.True(_desk.State().AwaitsCustomer);
    }

    private async Task PassAsync()
    {
        await _desk.WorkAsync();
        await _desk.DeliverAsync();
    }

    private async Task ReplyAsync(string text)
    {
        var inbox = _desk.Get<Inbox>();
        var (_, problem) = await inbox.ActAsync(
            Id, (id, redacted) => new PersonAction.Reply(id, redacted, inbox.LeavesAt(Undo)), "p_ann", text, Token);
        Assert.Null(problem);
    }

    private async Task DraftAsync() =>
        Assert.Null((await _desk.Get<Inbox>().DraftAsync(Id, false, null, "p_ann", Token, Undo)).Problem);

    private async Task<string?> ActAsync(PersonAction action) =>
        (await _desk.Get<Inbox>().ActAsync(Id, (_, _) => action, "p_ann", null, Token)).Problem;
}
