using Baton.Channels;
using Baton.Channels.Email;
using Baton.Testing;
using Baton.Testing.Conformance;
using MimeKit;

namespace Baton.Tests.Channels.Email;

/// <summary>What a person writes and sends along, as a mail.</summary>
public sealed class MailFilesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Marks_of_a_person_are_html_beside_the_plain_text_and_files_come_along()
    {
        var mail = await SentAsync(SampleOutgoing.Text() with
        {
            From = "agent", Text = "**Here** it is:\n\n- one <b>\n- two",
            Files =
            [
                new OutgoingFile("Rechnung März.pdf", "application/pdf", "%PDF-1.7"u8.ToArray()),
                new OutgoingFile("note.txt", "text/plain", "hello"u8.ToArray()),
            ],
        });

        Assert.Equal("Here it is:\n\n- one <b>\n- two\n", mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.Contains("<strong>Here</strong>", mail.HtmlBody!, StringComparison.Ordinal);
        Assert.Contains("<li>one &lt;b&gt;</li>", mail.HtmlBody!, StringComparison.Ordinal);
        var files = mail.Attachments.OfType<MimePart>().ToList();
        Assert.Equal([("Rechnung März.pdf", "application/pdf"), ("note.txt", "text/plain")],
            files.Select(f => (f.FileName, f.ContentType.MimeType)));
        using var content = new MemoryStream();
        await files[0].Content!.DecodeToAsync(content, Cancel);
        Assert.Equal("%PDF-1.7"u8.ToArray(), content.ToArray());
    }

    [Fact]
    public async Task Stars_of_automation_are_stars() => Assert.Contains(
        "**bold**", (await SentAsync(SampleOutgoing.Text() with { Text = "no **bold** here" })).HtmlBody,
        StringComparison.Ordinal);

    [Fact]
    public async Task A_conversation_keeps_its_order_when_the_server_was_not_reached()
    {
        var tries = 0;
        await using var server = new StandInSmtp
        {
            Answer = word => word == "CONNECT" && tries++ == 0 ? "421 too busy" : null,
        };
        await using var line = new DeliveryLine(
            Sending(server.Port), position => SampleOutgoing.Text(position) with { Text = $"This is number {position}." });
        await line.AddAsync(2, 3, 4);

        await line.RunAsync(Cancel);
        Assert.Empty(server.Received);
        line.Wait(TimeSpan.FromMinutes(1));
        await line.RunAsync(Cancel);

        Assert.Equal([2, 3, 4], server.Received.Select(
            mail => Enumerable.Range(2, 3).Single(n => mail.Contains($"This is number {n}.", StringComparison.Ordinal))));
    }

    private static EmailChannel Sending(int port) => new(new ChannelOptions
    {
        Email = new EmailOptions
        {
            Address = "help@shop.test", Keys = "a-key-of-thirty-two-characters!!", SmtpHost = "127.0.0.1",
            SmtpPort = port, SmtpSecurity = MailSecurity.None,
        },
    }, TimeProvider.System);

    private static async Task<MimeMessage> SentAsync(OutgoingText text)
    {
        await using var server = new StandInSmtp();
        var channel = Sending(server.Port);
        Assert.IsType<DeliveryOutcome.Delivered>(await channel.DeliverAsync(text, Cancel));
        return await MimeMessage.LoadAsync(
            new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Assert.Single(server.Received))), Cancel);
    }
}
