using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Baton.Server.Api;
using Microsoft.AspNetCore.Http;

namespace Baton.Server.Tests.Api;

/// <summary>Another site must not act in the console with the cookie of whoever visits it.</summary>
public sealed partial class CrossSiteTests(ServerFixture server)
{
    private const string Form = "application/x-www-form-urlencoded";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string?> Foreign => new()
    {
        { "https://evil.example", null },
        { "null", null },
        { "https://evil.example", "cross-site" },
        { "null", "cross-site" },
        { "", "cross-site" },
        { "", "same-site" },
        { "", "none" },
        { "own", "cross-site" },
        { "http://127.0.0.1:1", null },
        { "own-but-https", null },
        { "not an origin", null },
    };

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task Refuses_every_write_of_people_that_comes_from_elsewhere(string origin, string? site)
    {
        using var visitor = await server.VisitorAsync(Token);
        foreach (var path in Writes())
        {
            using var answer = await PostAsync(visitor, path, Form, origin, site);
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, answer.StatusCode));
        }
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/tickets", Token)).StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData("text/plain; charset=utf-8")]
    [InlineData("application/x-www-form-urlencoded-but-not")]
    [InlineData("")]
    public async Task Refuses_every_write_of_people_that_is_no_form(string type)
    {
        using var visitor = await server.VisitorAsync(Token);
        foreach (var path in Writes())
        {
            using var answer = await PostAsync(visitor, path, type, "own", "same-origin");
            Assert.Equal((path, HttpStatusCode.UnsupportedMediaType), (path, answer.StatusCode));
        }
    }

    [Theory]
    [InlineData("own", "same-origin")]
    [InlineData("own", null)]
    [InlineData("", "same-origin")]
    [InlineData("", null)]
    public async Task Refuses_every_write_of_people_without_the_token_of_its_page(string origin, string? site)
    {
        using var visitor = await server.VisitorAsync(Token);
        foreach (var path in Writes())
        {
            using var answer = await PostAsync(visitor, path, Form, origin, site);
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, answer.StatusCode));
            Assert.NotEmpty(await answer.Content.ReadAsStringAsync(Token));
        }
    }

    [Theory]
    [InlineData("own", "same-origin")]
    [InlineData("own", null)]
    [InlineData("", "same-origin")]
    [InlineData("", null)]
    public async Task Takes_a_form_of_its_own_page(string origin, string? site)
    {
        using var visitor = await server.VisitorAsync(Token);
        var page = await visitor.GetStringAsync("/playground", Token);
        using var answer = await PostAsync(visitor, "/playground", Form, origin, site,
            "Body=Where+is+my+order&__RequestVerificationToken="
                + Uri.EscapeDataString(PageToken().Match(page).Groups[1].Value));

        Assert.StartsWith("/tickets/P-", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData(Form)]
    public async Task A_session_writes_nothing_through_the_api(string type)
    {
        using var visitor = await server.VisitorAsync(Token);
        foreach (var path in (string[])["/api/tickets", "/api/tickets/any/messages", "/api/tickets/any/actions"])
        {
            foreach (var origin in (string[])["own", "", "null", "https://evil.example"])
            {
                using var answer = await PostAsync(
                    visitor, path, type, origin, null, """{"id":"by-cookie","body":"hello"}""");
                Assert.Equal(
                    type == "application/json" ? HttpStatusCode.Unauthorized : HttpStatusCode.UnsupportedMediaType,
                    answer.StatusCode);
            }
        }
        using var api = server.Api();
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync("/api/tickets/by-cookie", Token)).StatusCode);
    }

    [Theory]
    [InlineData("http", "console.example", "https://console.example", null, true)]
    [InlineData("http", "inside:5280", "https://console.example", null, true)]
    [InlineData("http", "inside:5280", "http://inside:5280", null, true)]
    [InlineData("http", "inside:5280", "https://console.example.evil.example", null, false)]
    [InlineData("http", "inside:5280", "https://console.example:444", null, false)]
    [InlineData("http", "inside:5280", "https://console.example", "same-origin", true)]
    public void Knows_itself_behind_a_proxy(string scheme, string host, string origin, string? site, bool own)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Scheme, request.Host, request.ContentType) =
            ("POST", scheme, new HostString(host), Form);
        request.Headers.Origin = origin;
        if (site is not null) request.Headers["Sec-Fetch-Site"] = site;

        Assert.Equal(own, SameOrigin.Check(request, new Uri("https://console.example")) is null);
    }

    /// <summary>Every route of people that takes a write, and the log-in.</summary>
    private static IEnumerable<string> Writes() => RouteAccess.Rules
        .Where(r => r.Route.StartsWith("POST ", StringComparison.Ordinal)
            && r.TakesForms)
        .Select(r => r.Route.Split(' ')[1].Replace("{*Id}", "nowhere", StringComparison.Ordinal));

    private async Task<HttpResponseMessage> PostAsync(
        HttpClient client, string path, string type, string origin, string? site, string body = "Body=hello")
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (type.Length > 0) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        var own = server.Address.GetLeftPart(UriPartial.Authority);
        var from = origin switch { "own" => own,
            "own-but-https" => own.Replace("http:", "https:", StringComparison.Ordinal), _ => origin };
        if (from.Length > 0) request.Headers.TryAddWithoutValidation("Origin", from);
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        return await client.SendAsync(request, Token);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex PageToken();
}
