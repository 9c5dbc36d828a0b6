using Baton.Channels;
using Baton.Channels.Chat;
using Baton.Conversations;
using Baton.Conversations.Attachments;
using Baton.Conversations.Tickets;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Channels.Redelivery;

/// <summary>Files of people's replies on their way to customers.</summary>
public sealed class ReplyFilesTests : IAsyncDisposable
{
    private static readonly InboundAttachment Label = new("label.txt", "Return to us"u8.ToArray());

    private readonly ListeningChannel _pigeon = new();
    private readonly Desk _desk;

    public ReplyFilesTests() => _desk = new Desk(channel: _pigeon);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Go_with_the_text_and_are_read_anew_for_each_attempt()
    {
        await EscalatedAsync("pigeon");
        await _desk.DeliverAsync();
        _pigeon.Answer = _ => new DeliveryOutcome.Retry("storm");
        Assert.Null(await ReplyAsync(Label));
        await _desk.DeliverAsync();
        _desk.Clock.Advance(TimeSpan.FromHours(1));
        await _desk.DeliverAsync();

        var sent = _pigeon.Sent.OfType<OutgoingText>().Where(t => t.From == "agent").ToList();
        Assert.Equal(2, sent.Count);
        Assert.All(sent, text => Assert.Equal(("label.txt", "text/plain", "Return to us"),
            Assert.Single(text.Files) is var file
                ? (file.Name, file.Type, System.Text.Encoding.UTF8.GetString(file.Body.Span)) : default));
    }

    [Fact]
    public async Task One_that_may_not_go_stops_the_reply_and_says_so()
    {
        await EscalatedAsync("pigeon");

        var problem = await ReplyAsync(Label, new InboundAttachment("run.exe", "MZ.."u8.ToArray()));

        Assert.Equal("file run.exe cannot be sent: files named .exe can run", problem);
        Assert.Equal(0, _desk.Count("attachments"));
        Assert.DoesNotContain(_desk.Events(), e => e is ConversationEvent.AgentReplied);
    }

    [Fact]
    public async Task One_of_a_reply_that_was_taken_back_is_gone_with_it()
    {
        await EscalatedAsync("pigeon");
        await ReplyAsync(TimeSpan.FromSeconds(5), Label);
        Assert.Equal(1, _desk.Count("attachments"));
        var message = _desk.State().Unsent!.Written.MessageId;
        await _desk.Get<Inbox>().ActAsync("T-1", (_, _) => new PersonAction.TakeBack(message), "ann", null, Cancel);

        await ReplyAsync();
        await _desk.DeliverAsync();

        Assert.Equal(0, _desk.Count("attachments"));
        Assert.Empty(_pigeon.Sent.OfType<OutgoingText>().Single(t => t.From == "agent").Files);
    }

    [Fact]
    public async Task A_visitor_sees_one_once_it_has_left_and_opens_no_other()
    {
        await EscalatedAsync("chat");
        await ReplyAsync(Label);
        var transcripts = _desk.Get<ChatTranscripts>();
        var position = _desk.State().Messages;
        Assert.Null(transcripts.File("T-1", position, 1));

        await _desk.DeliverAsync();

        Assert.Equal([new ChatFile(1, "label.txt", 12)], transcripts.Read("T-1").Lines[^1].Files!);
        Assert.Equal("label.txt", transcripts.File("T-1", position, 1)?.Name);
        Assert.Null(transcripts.File("T-1", position, 2));
        Assert.Null(transcripts.File("T-2", position, 1));
    }

    private Task<string?> ReplyAsync(params InboundAttachment[] files) => ReplyAsync(TimeSpan.Zero, files);

    private async Task<string?> ReplyAsync(TimeSpan undo, params InboundAttachment[] files)
    {
        var inbox = _desk.Get<Inbox>();
        return (await inbox.ActAsync(
            "T-1", (id, text) => new PersonAction.Reply(id, text, inbox.LeavesAt(undo)), "ann", "Here it is.", files,
            Cancel)).Problem;
    }

    private Task EscalatedAsync(string channel) =>
        _desk.DecideAsync(Desk.Ticket("let me talk to a human please") with { Channel = channel });
}
