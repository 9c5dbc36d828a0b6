using Baton.Channels;
using Baton.Incidents.Digesting;
using Baton.Storage;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Baton.Server.Tests.Channels;

/// <summary>Mail over real servers: a customer writes, Baton answers, the customer writes again.</summary>
public sealed class EmailServersTests(ServerFixture server) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-email-").FullName;
    private MailServers? _servers;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (MailServers.Missing is null) _servers = await MailServers.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_servers is not null) await _servers.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("Tls")]
    [InlineData("StartTls")]
    public async Task A_mail_is_fetched_answered_and_answered_again_in_its_ticket(string security)
    {
        var servers = Servers();
        await using var app = await StartAsync(security);
        await WriteAsync("q1@example.net", "How do I return a jacket?");

        var answer = await NextAsync(1);

        Assert.Equal("Re: A question", answer.Subject);
        Assert.Equal("q1@example.net", answer.InReplyTo);
        Assert.IsType<TextPart>(Assert.IsType<MultipartAlternative>(answer.Body)[0]);
        await WriteAsync("q2@example.net", "And how long does that take?", answer.ReplyTo.Mailboxes.Single().Address);
        await MailServers.ComesAsync(() => Task.FromResult(Count(app, "messages where author = 'customer'") == 2), Token);
        Assert.Equal(1, Count(app, "conversations where channel = 'email'"));
        await MailServers.ComesAsync(() => Task.FromResult(Unseen(servers) == 0), Token);
    }

    [Fact]
    public async Task A_mail_that_was_taken_in_before_a_crash_is_not_taken_in_again()
    {
        var servers = Servers();
        await WriteAsync("q1@example.net", "How do I return a jacket?");
        await using (var app = await StartAsync("Tls"))
        {
            await MailServers.ComesAsync(() => Task.FromResult(Count(app, "mail_folders") == 1), Token);
            // As if the process had died after the message was stored: nothing is marked, the place is forgotten.
            await app.Services.GetRequiredService<Database>().WriteAsync(t => t.Execute("delete from mail_folders"));
            using var mailbox = await MailboxAsync("help", servers);
            await mailbox.Inbox!.OpenAsync(FolderAccess.ReadWrite, Token);
            await mailbox.Inbox.RemoveFlagsAsync(0, MessageFlags.Seen, true, Token);
        }
        await using (var again = await StartAsync("Tls"))
        {
            await MailServers.ComesAsync(() => Task.FromResult(Count(again, "mail_folders") == 1), Token);
            Assert.Equal(1, Count(again, "messages where author = 'customer'"));
        }
        Assert.Equal(0, Unseen(servers));
    }

    [Fact]
    public async Task A_test_of_the_channel_makes_the_whole_way_and_leaves_nothing_behind()
    {
        var servers = Servers();
        await using var app = await StartAsync("Tls");
        var steps = new List<TrialStep>();
        await foreach (var step in new ChannelTrial(TimeProvider.System).RunAsync(
            app.Services.GetRequiredService<ChannelList>().Find("email")!, Token)) steps.Add(step);

        Assert.All(steps, step => Assert.Null(step.Step.Problem));
        Assert.Equal(3, steps.Count);
        using var mailbox = await MailboxAsync("help", servers);
        await mailbox.Inbox!.OpenAsync(FolderAccess.ReadOnly, Token);
        Assert.Equal((0, 0L), (mailbox.Inbox.Count, Count(app, "messages")));
    }

    [Fact]
    public async Task A_digest_comes_as_text_as_a_page_and_with_its_chart_once()
    {
        Servers();
        var playbook = Path.Combine(_folder, "playbook");
        Copy(server.Playbook, playbook);
        await File.WriteAllTextAsync(Path.Combine(playbook, "alerts.yaml"),
            "digest: { to: [email], mail: [ann@example.net] }\n", Token);
        await using var app = await StartAsync("Tls", playbook);
        var desk = app.Services.GetRequiredService<DigestDesk>();
        Assert.Equal(["channel:email"], (await desk.SendAsync(true, again: false, Token)).To);
        Assert.Empty((await desk.SendAsync(true, again: false, Token)).To);

        var mail = await NextAsync(1);

        Assert.StartsWith("Baton, the week from ", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("A quiet time", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("cid:chart", mail.HtmlBody, StringComparison.Ordinal);
        var picture = Assert.Single(mail.BodyParts.OfType<MimePart>(), part => part.ContentId == "chart");
        using var bytes = new MemoryStream();
        await picture.Content!.DecodeToAsync(bytes, Token);
        Assert.Equal(desk.Make(weekly: true).Chart, bytes.ToArray());
        Assert.Equal(1, Count(app, "outbox where kind = 'digest'"));
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var path = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }
    }

    private MailServers Servers()
    {
        if (_servers is null) Assert.Skip(MailServers.Missing ?? "a mail server did not stay: is another one running?");
        return _servers!;
    }

    private async Task<WebApplication> StartAsync(string security, string? playbook = null)
    {
        var servers = Servers();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Address"] = "help@shop.test", ["Keys"] = "a-key-of-thirty-two-characters!!", ["SmtpHost"] = "127.0.0.1",
            ["SmtpPort"] = $"{servers.SmtpPort}", ["SmtpSecurity"] = "None", ["ImapHost"] = "localhost",
            ["ImapPort"] = $"{(security == "Tls" ? servers.ImapsPort : servers.ImapPort)}", ["ImapSecurity"] = security,
            ["ImapUser"] = "help", ["ImapPassword"] = "secret", ["Certificate"] = servers.Certificate, ["NoticesTo"] = "ops@example.net",
        }.Select(pair => KeyValuePair.Create("Baton:Channels:Email:" + pair.Key, pair.Value)));
        builder.Services.AddAuthorization();
        builder.AddBaton(baton =>
            (baton.Playbook, baton.Database) = (playbook ?? server.Playbook, Path.Combine(_folder, "baton.db")));
        var app = builder.Build();
        app.UseAuthorization();
        app.MapBaton();
        await app.StartAsync(Token);
        return app;
    }

    private async Task WriteAsync(string id, string text, string to = "help@shop.test")
    {
        var mail = new MimeMessage { Subject = "A question", MessageId = id,
            Body = new TextPart("plain") { Text = text } };
        mail.From.Add(new MailboxAddress("Ann", "ann@example.net"));
        mail.To.Add(new MailboxAddress("", to));
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", Servers().SmtpPort, SecureSocketOptions.None, Token);
        await client.SendAsync(mail, Token);
        await client.DisconnectAsync(true, Token);
    }

    /// <summary>The customer's mail of this number, when it has come.</summary>
    private async Task<MimeMessage> NextAsync(int number)
    {
        using var client = await MailboxAsync("ann", Servers());
        await MailServers.ComesAsync(async () =>
        {
            await client.Inbox!.OpenAsync(FolderAccess.ReadOnly, Token);
            return client.Inbox.Count >= number;
        }, Token);
        return await client.Inbox!.GetMessageAsync(number - 1, Token);
    }

    private static int Unseen(MailServers servers)
    {
        using var client = MailboxAsync("help", servers).GetAwaiter().GetResult();
        client.Inbox!.Open(FolderAccess.ReadOnly, Token);
        return client.Inbox.Search(MailKit.Search.SearchQuery.NotSeen, Token).Count;
    }

    private static async Task<ImapClient> MailboxAsync(string user, MailServers servers)
    {
        var client = new ImapClient
        {
            ServerCertificateValidationCallback = (_, certificate, _, _) => servers.Certificate
                == certificate?.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256),
        };
        await client.ConnectAsync("127.0.0.1", servers.ImapsPort, SecureSocketOptions.SslOnConnect, Token);
        await client.AuthenticateAsync(user, "secret", Token);
        return client;
    }

    private static long Count(WebApplication app, string what) =>
        app.Services.GetRequiredService<Database>().Read(c => c.Number($"select count(*) from {what}")) ?? 0;
}
