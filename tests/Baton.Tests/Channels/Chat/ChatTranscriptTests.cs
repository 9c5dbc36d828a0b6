using Baton.Channels.Chat;
using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Channels.Chat;

/// <summary>What a visitor sees, and when.</summary>
public sealed class ChatTranscriptTests
{
    private static readonly ChatUser Ada = new("42", "ada@example.com", "Ada L");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_an_answer_once_the_outbox_has_let_it_go_and_not_before()
    {
        await using var desk = new Desk();
        var visitor = new ChatVisitor("C-1");
        await SayAsync(desk, visitor, "m1", DeskPlaybook.AsksForReturns);
        await desk.WorkAsync();

        // Here the process may end: what is committed is in the outbox, and not sent.
        Assert.Equal(["customer"], Froms(desk));
        await desk.DeliverAsync();
        await desk.DeliverAsync();

        Assert.Equal(["customer", "baton"], Froms(desk));
        var answer = Read(desk).Lines[1];
        Assert.Equal(["Returning something"], answer.Sources);
        Assert.DoesNotContain("Source:", answer.Text, StringComparison.Ordinal);
        Assert.Equal(("baton", false), (Read(desk).State.With, Read(desk).State.Typing));
    }

    [Fact]
    public async Task Types_while_a_message_is_undecided()
    {
        await using var desk = new Desk();
        await SayAsync(desk, new ChatVisitor("C-1"), "m1", DeskPlaybook.AsksForReturns);

        Assert.True(Read(desk).State.Typing);
    }

    [Fact]
    public async Task Takes_every_message_once_however_often_it_comes()
    {
        await using var desk = new Desk();
        var visitor = new ChatVisitor("C-1");
        foreach (var id in (string[])["m1", "m1", "m2", "m1", "m2"])
            Assert.True(await SayAsync(desk, visitor, id, "message " + id)
                is IntakeOutcome.Accepted or IntakeOutcome.Duplicate);

        Assert.Equal(["message m1", "message m2"], Read(desk).Lines.Select(l => l.Text));
        Assert.Equal(["m1", "m2"], Read(desk).Lines.Select(l => l.Id));
    }

    [Fact]
    public async Task Does_not_open_the_conversation_of_somebody_else()
    {
        await using var desk = new Desk();
        await desk.SubmitAsync(Desk.Ticket("mine", "T-9"));

        Assert.Null(desk.Get<ChatTranscripts>().Mark("T-9"));
        Assert.IsType<IntakeOutcome.NotFound>(await SayAsync(desk, new ChatVisitor("T-9"), "m1", "let me in"));
    }

    [Fact]
    public async Task Comes_back_only_as_the_same_somebody()
    {
        await using var desk = new Desk();
        var (tokens, sessions) = (desk.Get<ChatTokens>(), desk.Get<ChatSessions>());
        var stranger = tokens.Make(new ChatVisitor("C-1"));
        var ada = tokens.Make(new ChatVisitor("C-2", Ada));

        Assert.True(sessions.Open(new ChatOpening("", stranger, false, null))!.Resumed);
        Assert.False(sessions.Open(new ChatOpening("", ada, false, null))!.Resumed);
        Assert.False(sessions.Open(new ChatOpening("", stranger[..^2] + "AA", false, null))!.Resumed);
        Assert.Null(sessions.Open(new ChatOpening("other", stranger, false, null)));
        Assert.Equal(new ChatVisitor("C-2", Ada), tokens.Read(ada));
    }

    [Fact]
    public async Task Keeps_that_the_site_has_said_who_it_is()
    {
        await using var desk = new Desk();
        await SayAsync(desk, new ChatVisitor("C-1", Ada), "m1", "hello");

        var sender = desk.Database.Read(c => MessageRows.Sender(c, "C-1"));

        Assert.Equal(("Ada L", "ada@example.com", true), (sender!.Name, sender.Email, sender.Verified));
        Assert.Equal("42", desk.State("C-1").CustomerId);
    }

    [Fact]
    public async Task Asks_for_consent_where_the_playbook_does_and_keeps_when_it_was_given()
    {
        await using var desk = new Desk(DeskPlaybook.Files().With(
            "channels.yaml", "channels: { chat: { consent: We keep this for 90 days. } }\n"));
        var sessions = desk.Get<ChatSessions>();
        var asked = sessions.Open(new ChatOpening("", null, false, null))!;
        var agreed = sessions.Open(new ChatOpening("", asked.Token, true, null))!;

        Assert.Equal("We keep this for 90 days.", asked.Consent);
        Assert.True(sessions.LacksConsent(desk.Get<ChatTokens>().Read(asked.Token)!));
        Assert.Null(agreed.Consent);
        var visitor = desk.Get<ChatTokens>().Read(agreed.Token)!;
        Assert.False(sessions.LacksConsent(visitor));
        await SayAsync(desk, visitor, "m1", "hello");
        Assert.StartsWith("20", desk.State(visitor.Ticket).Fields["consent"], StringComparison.Ordinal);
    }

    private static Task<IntakeOutcome> SayAsync(Desk desk, ChatVisitor visitor, string id, string text) =>
        desk.Get<ChatSessions>().SayAsync(visitor, id, text, Token);

    private static ChatPicture Read(Desk desk) => desk.Get<ChatTranscripts>().Read("C-1");

    private static IEnumerable<string> Froms(Desk desk) => Read(desk).Lines.Select(line => line.From);
}
