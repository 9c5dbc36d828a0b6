using System.Net;
using System.Net.Sockets;
using Baton.Operations;
using Baton.Server.Api;
using Baton.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Api;

public sealed class LogInTests(ServerFixture server)
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.7");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Makes_an_address_wait_after_too_many_wrong_keys()
    {
        using var guesser = From("127.0.0.77");
        for (var i = 0; i < new AccessOptions().LogInAttempts; i++)
        {
            using var wrong = await guesser.PostFormAsync(
                "/login", "/login", new() { ["key"] = "bt_guess" + i }, Token);
            Assert.StartsWith("/login?wrong=true", wrong.Headers.Location?.ToString(), StringComparison.Ordinal);
        }
        using var refused = await guesser.PostFormAsync("/login", "/login", new() { ["key"] = server.Key }, Token);
        using var elsewhere = await server.VisitorAsync(Token);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1),
            new AccessOptions().LogInWindow);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/tickets", Token)).StatusCode);
    }

    [Fact]
    public void Counts_one_key_from_many_addresses()
    {
        var limit = new LogInLimit(new AccessOptions { LogInAttempts = 3 }, new ManualClock());
        for (var i = 0; i < 3; i++) Assert.Null(limit.Take(IPAddress.Parse("192.0.2." + (i + 1)), "bt_stolen"));

        Assert.NotNull(limit.Take(Here, "bt_stolen"));
        Assert.Null(limit.Take(Here, "bt_other"));
    }

    [Fact]
    public void Counts_an_ipv6_network_as_one_caller_and_a_mapped_address_as_ipv4()
    {
        Assert.Equal(CallerAddress.Of(IPAddress.Parse("2001:db8::1")), CallerAddress.Of(IPAddress.Parse("2001:db8::ffff:1")));
        Assert.NotEqual(CallerAddress.Of(IPAddress.Parse("2001:db8::1")),
            CallerAddress.Of(IPAddress.Parse("2001:db8:0:1::1")));
        Assert.Equal("192.0.2.7", CallerAddress.Of(Here.MapToIPv6()));
    }

    [Fact]
    public void Lets_an_address_try_again_when_the_time_is_over()
    {
        var clock = new ManualClock();
        var limit = new LogInLimit(new AccessOptions { LogInAttempts = 1 }, clock);
        limit.Take(Here, "a");
        var wait = limit.Take(Here, "b");
        clock.Advance(wait!.Value);

        Assert.Null(limit.Take(Here, "c"));
    }

    [Fact]
    public void Does_not_count_who_has_a_key()
    {
        var limit = new LogInLimit(new AccessOptions { LogInAttempts = 1 }, new ManualClock());
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(limit.Take(Here, "mine"));
            limit.Succeeded(Here, "mine");
        }
    }

    [Fact]
    public void Remembers_no_more_callers_than_it_has_room_for()
    {
        var limit = new LogInLimit(new AccessOptions { LogInAttempts = 1 }, new ManualClock());
        limit.Take(Here, "first");
        for (var i = 0; i < 10_001; i++) limit.Take(new IPAddress(0x0A000000 + i), "key" + i);

        Assert.Null(limit.Take(Here, "first"));
    }

    [Fact]
    public async Task Revoking_a_key_logs_its_sessions_out_at_once()
    {
        var keys = server.Services.GetRequiredService<ApiKeys>();
        var key = await keys.CreateAsync("leaves-soon", [AccessScopes.Everything], null, "test", Token);
        using var visitor = server.Stranger();
        using var opened = await visitor.PostFormAsync("/login", "/login", new() { ["key"] = key! }, Token);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/tickets", Token)).StatusCode);

        await keys.RevokeAsync("leaves-soon", "test", Token);

        using var after = await visitor.GetAsync("/tickets", Token);
        Assert.Equal("/login?to=%2Ftickets", after.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Logging_out_ends_the_session_itself_not_only_the_cookie()
    {
        using var visitor = server.Stranger();
        using var opened = await visitor.PostFormAsync("/login", "/login", new() { ["key"] = server.Key }, Token);
        var cookie = opened.Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("baton=", StringComparison.Ordinal)).Split(';')[0];
        using var ended = await visitor.PostFormAsync("/tickets", "/logout", [], Token);
        using var stolen = new HttpRequestMessage(HttpMethod.Get, "/tickets");
        stolen.Headers.Add("Cookie", cookie);
        using var stranger = server.Stranger();
        using var answer = await stranger.SendAsync(stolen, Token);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Theory]
    [InlineData("PublicUrl", "console.example")]
    [InlineData("PublicUrl", "ftp://console.example")]
    [InlineData("PublicUrl", "https://console.example/baton")]
    [InlineData("Proxy:Known", "10.0.0.7,proxy")]
    [InlineData("Proxy:Known", "10.0.0.0/99")]
    [InlineData("LogIn:Attempts", "0")]
    [InlineData("LogIn:Attempts", "many")]
    [InlineData("LogIn:Window", "00:00:00")]
    public void Refuses_a_setting_it_cannot_use_by_name_and_value(string name, string value)
    {
        var error = Assert.Throws<BatonSettingException>(() => Read(("Baton:" + name, value)));

        Assert.Contains("BATON__" + name.Replace(":", "__", StringComparison.Ordinal), error.Message,
            StringComparison.Ordinal);
        Assert.Contains(value.Split(',')[^1], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_addresses_and_networks_of_proxies()
    {
        var options = Read(("Baton:Proxy:Known", "10.0.0.7, 10.1.0.0/16,::1"),
            ("Baton:PublicUrl", "https://console.example"));

        Assert.Equal(["10.0.0.7/32", "10.1.0.0/16", "::1/128"], options.KnownProxies.Select(p => p.ToString()));
        Assert.True(options.IsSecure);
    }

    [Fact]
    public void Refuses_all_settings_it_cannot_use_at_once()
    {
        var error = Assert.Throws<BatonSettingException>(() => Read(
            ("Baton:PublicUrl", "console.example"), ("Baton:Proxy:Known", "proxy"), ("Baton:Proxy:Nown", "10.0.0.1"),
            ("Baton:LogIn:Attempts", "0"), ("Baton:LogIn:Window", "2d")));

        Assert.Equal(5, error.Message.Split('\n').Length);
        Assert.All((string[])["PublicUrl", "Proxy__Known", "Proxy__Nown", "LogIn__Attempts", "LogIn__Window"],
            name => Assert.Contains($"setting BATON__{name}: ", error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("00:05:00", 300)]
    [InlineData("1d", 86_400)]
    [InlineData("", 300)]
    public void Reads_the_window_like_every_other_time(string text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read(("Baton:LogIn:Window", text)).LogInWindow);

    private static AccessOptions Read(params (string Name, string Value)[] settings)
    {
        var reader = new SettingsReader(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Name, s.Value))).Build());
        var options = AccessOptions.Read(reader);
        reader.CloseSections();
        return options;
    }

    /// <summary>A caller at an address of the loopback network, so that its refusals are its own.</summary>
    private HttpClient From(string address) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectCallback = async (context, token) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port, token);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = server.Address };
}
