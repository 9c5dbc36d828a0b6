using System.Text;
using Baton.Channels;
using Baton.Channels.Email;
using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;
using Baton.Testing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Channels.Email;

/// <summary>A ticket's life over mail: asked, handed over, answered by a person, the server down in between.</summary>
public sealed class EmailLifeTests : IAsyncDisposable
{
    private readonly StandInSmtp _server = new();
    private readonly Desk _desk;

    public EmailLifeTests() => _desk = new Desk(channels: new ChannelOptions
    {
        Email = new EmailOptions
        {
            Address = "help@shop.test", Keys = "a-key-of-thirty-two-characters!!", SmtpHost = "127.0.0.1",
            SmtpPort = _server.Port, SmtpSecurity = MailSecurity.None, NoticesTo = "ops@shop.test",
        },
    });

    public async ValueTask DisposeAsync()
    {
        await _desk.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_customer_hears_the_promise_and_then_the_person()
    {
        var ticket = await ReceiveAsync("q1", "The stove exploded and burned my hand. I want to talk to a human.");
        await _desk.DeliverAsync();
        await _desk.Get<Inbox>().ActAsync(
            ticket, (id, text) => new PersonAction.Reply(id, text), new Acting("p_ann"), "We are so sorry.",
            CancellationToken.None);
        _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await _desk.DeliverAsync();

        var mails = _server.Received.Where(m => m.Contains("ann@example.net", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, mails.Count);
        Assert.Contains("Auto-Submitted: auto-replied", mails[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Auto-Submitted", mails[1], StringComparison.Ordinal);
        Assert.All(mails, m => Assert.Contains("In-Reply-To: <q1@x>", m, StringComparison.Ordinal));
        Assert.Contains("We are so sorry.", mails[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Automatic_mail_is_kept_and_never_answered()
    {
        await ReceiveAsync("a1", "I am on leave until Monday.", "Auto-Submitted: auto-replied\r\n");
        await ReceiveAsync("a2", "Where is my order?", from: "help@shop.test");
        await _desk.DeliverAsync();

        Assert.Empty(_server.Received);
        Assert.Equal(2, _desk.Count("conversations"));
    }

    [Fact]
    public async Task A_server_that_is_down_gets_the_same_mail_once_it_is_up()
    {
        _server.Answer = word => word == "CONNECT" ? "421 too busy" : null;
        await ReceiveAsync("q1", "I want to talk to a human.");
        await _desk.DeliverAsync();
        Assert.Empty(_server.Received);

        _server.Answer = _ => null;
        _desk.Clock.Advance(TimeSpan.FromMinutes(5));
        await _desk.DeliverAsync();

        Assert.Single(_server.Received);
    }

    [Fact]
    public async Task A_refused_mail_is_on_the_ticket_and_people_are_told()
    {
        _server.Answer = word => word == "RCPT" ? "550 5.1.1 no such user" : null;
        var ticket = await ReceiveAsync("q1", "I want to talk to a human.");
        await _desk.DeliverAsync();

        var failed = Assert.Single(_desk.Events(ticket).OfType<ConversationEvent.DeliveryFailed>());
        Assert.Equal(("email", "rejected"), (failed.Channel, failed.Kind));
        Assert.Equal(1, _desk.Count("notices where group_key = 'delivery/email'"));
    }

    private async Task<string> ReceiveAsync(string id, string text, string head = "", string from = "ann@example.net")
    {
        var channel = _desk.Get<EmailChannel>();
        var read = Assert.IsType<ParsedRequest.Arrived>(channel.Read(Encoding.UTF8.GetBytes(
            $"From: {from}\r\nSubject: Stove\r\nMessage-ID: <{id}@x>\r\n{head}\r\n{text}")));
        var outcome = await _desk.Get<ChannelIntake>().AcceptAsync(
            channel, Assert.Single(read.All), CancellationToken.None);
        await _desk.WorkAsync();
        return Assert.IsType<IntakeOutcome.Accepted>(outcome).ConversationId;
    }
}
