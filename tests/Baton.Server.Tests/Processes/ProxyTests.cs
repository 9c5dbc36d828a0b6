using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Baton.Server.Tests.Processes;

/// <summary>The program behind a proxy on 127.0.0.1, and callers who only say that they are one.</summary>
public sealed partial class ProxyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Believes_the_scheme_of_a_known_proxy_and_of_nobody_else()
    {
        using var place = new Place();
        using var server = await ServerProcess.StartAsync(place, null, ("BATON__Proxy__Known", "127.0.0.1"));

        foreach (var (from, scheme, secure) in ((string, string, bool)[])
            [
                ("127.0.0.1", "https", true), ("127.0.0.1", "http", false), ("127.0.0.1", "", false),
                ("127.0.0.77", "https", false), ("127.0.0.77", "http", false),
            ])
        {
            var cookies = await LogInAsync(server, from, scheme);
            Assert.NotEmpty(cookies);
            Assert.All(cookies, c => Assert.True(
                secure == c.Contains("; secure", StringComparison.OrdinalIgnoreCase),
                $"{from} {scheme}: {c.Split('=')[0]}"));
        }
    }

    [Fact]
    public async Task Redirects_nobody_to_the_host_that_the_request_names()
    {
        using var place = new Place();
        using var server = await ServerProcess.StartAsync(place, null, ("BATON__Proxy__Known", "127.0.0.1"));
        using var visitor = From("127.0.0.1", server.Http.BaseAddress!);

        foreach (var path in (
            string[])["/", "/tickets", "/tickets/x?a=b", "/playground", "/costs", "//evil.example/", "/logout"])
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get, new Uri(server.Http.BaseAddress!, path.TrimStart('/')));
            request.Headers.Host = "evil.example";
            request.Headers.Add("X-Forwarded-Host", "evil.example");
            request.Headers.Add("X-Forwarded-Proto", "https");
            using var answer = await visitor.SendAsync(request, Token);
            var to = answer.Headers.Location?.OriginalString;
            Assert.True(to is null || (to.StartsWith('/') && !to.StartsWith("//", StringComparison.Ordinal)),
                $"{path}: {to}");
        }
    }

    private static async Task<List<string>> LogInAsync(ServerProcess server, string from, string scheme)
    {
        using var visitor = From(from, server.Http.BaseAddress!);
        if (scheme.Length > 0) visitor.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        using var page = await visitor.GetAsync("/login", Token);
        var set = Cookies(page);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["key"] = server.ApiKey!,
            ["__RequestVerificationToken"] = PageToken()
                .Match(await page.Content.ReadAsStringAsync(Token)).Groups[1].Value,
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/login") { Content = form };
        request.Headers.Add("Cookie", string.Join("; ", set.Select(c => c.Split(';')[0])));
        using var opened = await visitor.SendAsync(request, Token);
        Assert.Equal((HttpStatusCode.Redirect, "/playground"),
            (opened.StatusCode, opened.Headers.Location?.OriginalString));
        return [.. set, .. Cookies(opened)];
    }

    private static List<string> Cookies(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var set) ? [.. set] : [];

    /// <summary>Cookies are carried by hand: a client keeps secure ones from an address without TLS.</summary>
    private static HttpClient From(string address, Uri server) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false,
        ConnectCallback = async (context, token) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(IPAddress.Loopback, server.Port, token);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = server };

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex PageToken();
}
