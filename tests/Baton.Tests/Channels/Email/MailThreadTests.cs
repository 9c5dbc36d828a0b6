using System.Text;
using Baton.Channels;
using Baton.Channels.Email;
using Baton.Conversations;
using Baton.Conversations.Attachments;
using Baton.Conversations.Inbound;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Channels.Email;

/// <summary>Which ticket a mail lands in, over the product's own intake.</summary>
public sealed class MailThreadTests : IAsyncDisposable
{
    private readonly Desk _desk = new();
    private readonly EmailChannel _email = new(new ChannelOptions
    {
        Email = new EmailOptions { Address = "help@shop.test", Keys = "a-key-of-thirty-two-characters!!" },
    }, TimeProvider.System);

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task A_thread_is_one_ticket()
    {
        var ticket = await OpenAsync("m1", "", "Hello");

        Assert.Equal(ticket, await OpenAsync("m2", "In-Reply-To: <m1@x>\r\n", "One more thing"));
        Assert.Equal(ticket, await OpenAsync("m3", "References: <zero@x> <m1@x> <m2@x>\r\n", "And another"));
        Assert.Equal(["Hello", "One more thing", "And another"], Texts(ticket));
        Assert.NotEqual(ticket, await OpenAsync("m4", "", "Something else"));
    }

    [Fact]
    public async Task An_answer_to_our_mail_comes_back_to_its_ticket()
    {
        var ticket = await OpenAsync("m1", "", "Hello");
        var tags = new MailTags(
            new EmailOptions { Address = "help@shop.test", Keys = "a-key-of-thirty-two-characters!!" });

        Assert.Equal(ticket, await OpenAsync("m2", $"To: {tags.AddressOf(ticket)}\r\n", "By the address"));
        Assert.Equal(ticket,
            await OpenAsync("m3", $"In-Reply-To: <{tags.MessageIdOf(ticket + "/2")}>\r\n", "By the id"));
    }

    [Fact]
    public async Task A_mail_that_comes_twice_is_one_message_wherever_it_stands()
    {
        var ticket = await OpenAsync("m1", "", "Hello");
        await OpenAsync("m2", "In-Reply-To: <m1@x>\r\n", "One more thing");

        Assert.IsType<IntakeOutcome.Duplicate>(await TakeAsync("m1", "", "Hello"));
        Assert.IsType<IntakeOutcome.Duplicate>(await TakeAsync("m2", "In-Reply-To: <m1@x>\r\n", "One more thing"));
        Assert.Equal(["Hello", "One more thing"], Texts(ticket));
    }

    [Fact]
    public async Task An_answer_that_overtakes_its_question_is_kept_and_stays_where_it_is()
    {
        var answer = await OpenAsync("m2", "In-Reply-To: <m1@x>\r\n", "Second");
        var question = await OpenAsync("m1", "", "First");

        Assert.NotEqual(answer, question);
        Assert.IsType<IntakeOutcome.Duplicate>(await TakeAsync("m2", "In-Reply-To: <m1@x>\r\n", "Second"));
        Assert.Equal(["First"], Texts(question));
    }

    [Fact]
    public async Task A_program_that_gives_all_its_mails_one_id_loses_none()
    {
        var first = await OpenAsync("form", "", "The pole is bent");
        var second = await OpenAsync("form", "", "Where is my order?");

        Assert.NotEqual(first, second);
        Assert.IsType<IntakeOutcome.Duplicate>(await TakeAsync("form", "", "Where is my order?"));
        Assert.IsType<IntakeOutcome.Duplicate>(await TakeAsync("form", "", "The pole is bent"));
        Assert.Equal(["Where is my order?"], Texts(second));
    }

    [Fact]
    public async Task Nobody_writes_into_a_ticket_of_another_channel()
    {
        await _desk.SubmitAsync(Desk.Ticket("Hello") with { ExternalId = "m1@x" });
        var tags = new MailTags(
            new EmailOptions { Address = "help@shop.test", Keys = "a-key-of-thirty-two-characters!!" });

        var ticket = await OpenAsync("m2", $"In-Reply-To: <m1@x>\r\nTo: {tags.AddressOf("T-1")}\r\n", "Mine");

        Assert.NotEqual("T-1", ticket);
    }

    [Fact]
    public async Task Mail_that_came_back_is_on_its_ticket_once_and_people_are_told()
    {
        var ticket = await OpenAsync("m1", "", "Hello");

        for (var i = 0; i < 2; i++)
            await _desk.Get<ChannelIntake>().AcceptAsync(
                _email, new Arrival.Failure(ticket + "/2", "5.1.1 no such user"), CancellationToken.None);

        var failed = Assert.Single(_desk.Events(ticket).OfType<ConversationEvent.DeliveryFailed>());
        Assert.Equal(("returned", "5.1.1 no such user"), (failed.Kind, failed.Reason));
        Assert.Equal(1, _desk.Count("notices"));
        Assert.IsType<IntakeOutcome.NotFound>(await _desk.Get<ChannelIntake>().AcceptAsync(
            _email, new Arrival.Failure("none/2", "x"), CancellationToken.None));
    }

    [Fact]
    public async Task Files_of_a_further_mail_are_kept_with_it()
    {
        var ticket = await OpenAsync("m1", "", "Hello");
        await OpenAsync("m2", "In-Reply-To: <m1@x>\r\nContent-Type: multipart/mixed; boundary=b\r\n",
            "--b\r\nContent-Type: text/plain; name=notes.txt\r\nContent-Disposition: attachment\r\n\r\nBent.\r\n--b--\r\n");

        Assert.Equal([(2, "notes.txt", null)], _desk.Database.Read(c => AttachmentRow.Of(c, ticket))
            .Select(f => (f.Position, f.Name, f.NotStored)));
    }

    private async Task<string> OpenAsync(string id, string head, string text) =>
        Assert.IsType<IntakeOutcome.Accepted>(await TakeAsync(id, head, text)).ConversationId;

    private Task<IntakeOutcome> TakeAsync(string id, string head, string text)
    {
        var raw = $"From: ann@example.net\r\nSubject: Tent\r\nMessage-ID: <{id}@x>\r\n{head}\r\n{text}";
        var read = Assert.IsType<ParsedRequest.Arrived>(_email.Read(Encoding.UTF8.GetBytes(raw)));
        return _desk.Get<ChannelIntake>().AcceptAsync(_email, Assert.Single(read.All), CancellationToken.None);
    }

    private IEnumerable<string> Texts(string ticket) =>
        _desk.Database.Read(c => MessageRows.Of(c, ticket, 100)).Where(m => m.Author == Author.Customer)
        .Select(m => m.Body);
}
