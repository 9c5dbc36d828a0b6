using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Baton.Conversations.Attachments;
using Baton.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Channels;

/// <summary>Mail that is handed in, over the real host.</summary>
public sealed class MailDoorTests(ServerFixture server) : IAsyncLifetime
{
    private static readonly byte[] Key = [.. Enumerable.Repeat((byte)7, 32)];

    private ChannelHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await ChannelHost.StartAsync(server.Playbook, new Dictionary<string, string?>
        {
            ["Baton:Channels:Email:Address"] = "help@shop.test",
            ["Baton:Channels:Email:Keys"] = "a-key-of-thirty-two-characters!!",
            ["Baton:Channels:Email:Secrets"] = "whsec_" + Convert.ToBase64String(Key),
            ["Baton:Channels:Email:LargestMail"] = "10000000",
            ["Baton:Channels:Email:AuthenticationServer"] = "mx.shop.test",
        }, Token);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_mail_with_a_file_that_is_larger_than_other_requests_may_be_comes_in()
    {
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(Mail(6_000_000)));

        var file = Assert.Single(Files());
        Assert.Equal(("large.pdf", "application/pdf", null), (file.Name, file.Type, file.NotStored));
        Assert.InRange(file.Size, 4_000_000, 6_000_000);
        await MailServers.ComesAsync(() => Task.FromResult(Database.Read(
            c => c.Number("select count(*) from decisions")) == 1), Token);
    }

    [Fact]
    public async Task A_mail_whose_signature_does_not_fit_is_refused() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(Mail(10), "v1,AAAA"));

    private Database Database => _host.Services.GetRequiredService<Database>();

    private List<AttachmentRow> Files() => Database.Read(c =>
        c.Query("select conversation_id from conversations", row => row.Text(0))
            .SelectMany(id => AttachmentRow.Of(c, id)).ToList());

    private static byte[] Mail(int length) => Encoding.ASCII.GetBytes(
        "From: ann@example.net\r\nTo: help@shop.test\r\nMessage-ID: <big@x>\r\nSubject: Photo\r\nContent-Type: "
        + "multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the file.\r\n--b\r\nContent-Type: application/pdf; "
        + "name=large.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + Convert.ToBase64String([.. "%PDF-1.7"u8, .. new byte[length * 3 / 4]], Base64FormattingOptions.InsertLineBreaks)
        + "\r\n--b--\r\n");

    private async Task<HttpStatusCode> PostAsync(byte[] body, string? signature = null)
    {
        var stamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/channels/email")
        {
            Content = new ByteArrayContent(body),
        };
        request.Headers.Add("webhook-id", "w-1");
        request.Headers.Add("webhook-timestamp", stamp);
        request.Headers.TryAddWithoutValidation("webhook-signature", signature ?? "v1," + Convert.ToBase64String(
            HMACSHA256.HashData(Key, (byte[])[.. Encoding.UTF8.GetBytes($"w-1.{stamp}."), .. body])));
        using var answer = await _host.Http.SendAsync(request, Token);
        return answer.StatusCode;
    }
}
