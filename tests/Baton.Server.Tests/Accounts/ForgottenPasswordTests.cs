using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Baton.People;
using Baton.Server.Tests.Channels;
using Baton.Server.Tests.Processes;
using Baton.Testing;

namespace Baton.Server.Tests.Accounts;

/// <summary>A link to set a new password comes by mail, or an admin makes it.</summary>
public sealed partial class ForgottenPasswordTests(ServerFixture server)
{
    private const string Password = "some five words of hers";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_mail_the_page_says_to_ask_an_admin()
    {
        var ann = await server.PersonAsync(PersonRole.Agent, Token);
        using var browser = server.Stranger();
        Assert.Contains("/login/forgotten", await browser.GetStringAsync("/login", Token), StringComparison.Ordinal);
        Assert.Contains("baton people reset", await browser.GetStringAsync("/login/forgotten", Token),
            StringComparison.Ordinal);

        using var refused = await browser.PostFormAsync(
            "/login", "/login/forgotten", new() { ["email"] = ann.Email }, Token);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Fact]
    public async Task A_link_comes_by_mail_once_works_once_and_lies_nowhere()
    {
        using var place = new Place();
        await using var mail = new StandInSmtp();
        using var baton = await ServerProcess.StartAsync(place, null,
            ("BATON__PublicUrl", "http://localhost"), ("BATON__LogIn__Attempts", "7"),
            ("BATON__Channels__Email__Address", "help@shop.test"),
            ("BATON__Channels__Email__Keys", "a-key-of-thirty-two-characters!!"),
            ("BATON__Channels__Email__SmtpHost", "127.0.0.1"),
            ("BATON__Channels__Email__SmtpPort", mail.Port.ToString()),
            ("BATON__Channels__Email__SmtpSecurity", "none"));
        await BatonProgram.RunAsync("people", "add", "ann@example.com", "--name", "Ann", "--db", place.Database);
        await BatonProgram.RunAsync("people", "add", "off@example.com", "--name", "Off", "--db", place.Database);
        await BatonProgram.RunAsync("people", "disable", "off@example.com", "--db", place.Database);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = baton.Http.BaseAddress,
        };

        var answers = new List<string>();
        foreach (var email in (string[])["nobody@example.com", "off@example.com", "Ann@Example.com", "ann@example.com"])
            answers.Add(await AskAsync(browser, email));
        await MailServers.ComesAsync(() => Task.FromResult(mail.Received.Count > 0), Token);

        Assert.Equal("Found /login/forgotten?asked=true", Assert.Single(answers.Distinct()));
        var letter = mail.Received[0];
        Assert.Contains("To: ann@example.com", letter, StringComparison.Ordinal);
        var path = Link().Match(Plain(letter)).Groups[1].Value;
        using var set = await browser.PostFormAsync(path, "/join",
            new() { ["token"] = path["/join/".Length..], ["password"] = Password }, Token);
        Assert.Equal("/login?set=true", set.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path, Token)).StatusCode);
        using var inside = await browser.PostFormAsync("/login", "/login",
            new() { ["email"] = "ann@example.com", ["password"] = Password }, Token);
        Assert.DoesNotContain("wrong", inside.Headers.Location?.ToString(), StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(place.Database)!, "baton.db*"))
            Assert.True(Raw(file).AsSpan().IndexOf(Encoding.ASCII.GetBytes(path["/join/".Length..])) < 0, file);

        // Asking counts like guessing, and ends the same way.
        for (var i = 0; i < 7 && answers[^1].StartsWith("Found", StringComparison.Ordinal); i++)
            answers.Add(await AskAsync(browser, "ann@example.com"));
        Assert.StartsWith("TooManyRequests", answers[^1], StringComparison.Ordinal);
        Assert.Single(mail.Received);
    }

    private static async Task<string> AskAsync(HttpClient browser, string email)
    {
        using var answer = await browser.PostFormAsync(
            "/login/forgotten", "/login/forgotten", new() { ["email"] = email }, Token);
        return $"{answer.StatusCode} {answer.Headers.Location}";
    }

    /// <summary>Lines of quoted-printable are joined again.</summary>
    private static string Plain(string mail) => mail.Replace("=\n", "", StringComparison.Ordinal);

    private static byte[] Raw(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    [GeneratedRegex("http://localhost(/join/[0-9a-f]{64})")]
    private static partial Regex Link();
}
