using System.Net;
using Baton.Conversations;
using Baton.Conversations.Attachments;
using Baton.Conversations.Inbound;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Api;

public sealed class AttachmentTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_a_file_as_a_download_that_no_browser_shows()
    {
        await server.Services.GetRequiredService<Intake>().AcceptAsync(new InboundTicket
        {
            TicketId = "files/1", Messages = [new InboundText(Author.Customer, "See the file, please.")
            {
                Attachments =
                [
                    new InboundAttachment("Rechnung März.txt", "hello"u8.ToArray()),
                    new InboundAttachment("page.html", "<html>"u8.ToArray()),
                ],
            }],
        }, Token);
        using var api = server.Api();

        using var answer = await api.GetAsync("/api/tickets/files%2F1/attachments/1/1", Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("hello", await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        var disposition = string.Join(' ', answer.Content.Headers.GetValues("Content-Disposition"));
        Assert.StartsWith("attachment; ", disposition, StringComparison.Ordinal);
        Assert.Contains("filename*=UTF-8''Rechnung%20M%C3%A4rz.txt", disposition, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("sandbox", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal);
        using var refused = await api.GetAsync("/api/tickets/files%2F1/attachments/1/2", Token);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        using var nobody = new HttpClient { BaseAddress = server.Address };
        using var closed = await nobody.GetAsync("/api/tickets/files%2F1/attachments/1/1", Token);
        Assert.Equal(HttpStatusCode.Unauthorized, closed.StatusCode);
    }

    [Fact]
    public async Task Shows_on_the_ticket_what_was_kept_and_what_was_not()
    {
        await server.Services.GetRequiredService<Intake>().AcceptAsync(new InboundTicket
        {
            TicketId = "files-2", Messages = [new InboundText(Author.Customer, "See the file, please.")
            {
                Attachments =
                [
                    new InboundAttachment("a.txt", "hello"u8.ToArray()),
                    new InboundAttachment("page.html", "<html>"u8.ToArray()),
                ],
            }],
        }, Token);
        using var person = await server.VisitorAsync(Token);

        var page = await person.GetStringAsync("/tickets/files-2", Token);

        Assert.Contains("href=\"/attachments/1/1/files-2\"", page, StringComparison.Ordinal);
        Assert.Contains("page.html: not stored: files named .html can run", page, StringComparison.Ordinal);
        Assert.Equal("hello", await person.GetStringAsync("/attachments/1/1/files-2", Token));
    }
}
