using System.Net;
using System.Text;
using System.Text.Json;
using Baton.Server.Tests.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using OwnHost;

namespace Baton.Server.Tests;

/// <summary>The sample in <c>samples/OwnHost</c>: Baton inside somebody else's program.</summary>
public sealed class OwnHostTests : IDisposable
{
    private readonly Place _place = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Decides_a_ticket_with_the_hosts_directory_and_stage()
    {
        await using var host = await StartAsync();
        using var shop = Client(host, "letmein");

        using var answer = await shop.PostAsync("/api/tickets?wait=30s", Json(
            """{"id":"O-1","customer":{"id":"m-1","tier":"free"},"body":"how long do I have to return something"}"""),
            Token);
        var decision = await answer.Content.ReadAsStringAsync(Token);

        Assert.True(answer.StatusCode == HttpStatusCode.OK, decision);
        Assert.Contains("\"outcome\"", decision, StringComparison.Ordinal);
        var trace = await shop.GetStringAsync("/api/tickets/O-1/trace", Token);
        Assert.Contains("\"open_day\"", trace, StringComparison.Ordinal);
        // The ticket says free; the shop knows better.
        Assert.Contains("\"enterprise\"", trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lets_nobody_send_tickets_whom_the_host_does_not_know()
    {
        await using var host = await StartAsync();
        using var stranger = Client(host, "guessed");

        using var answer = await stranger.PostAsync("/api/tickets", Json("""{"id":"O-2","body":"hi"}"""), Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        using var ready = await stranger.GetAsync("/health/ready", Token);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        using var gateway = await stranger.GetAsync("/v1/models", Token);
        Assert.Equal(HttpStatusCode.Unauthorized, gateway.StatusCode);
    }

    [Fact]
    public async Task Says_what_cannot_be_used_in_a_ticket()
    {
        await using var host = await StartAsync();
        using var shop = Client(host, "letmein");

        using var answer = await shop.PostAsync("/api/tickets", Json("""{"id":"O-3","colour":"red"}"""), Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal("colour", problem.RootElement.GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("--Baton:Jobs:QueueLimit", "many", "BATON__Jobs")]
    [InlineData("--Baton:Jobs:QueueLimits", "3", "QueueLimits")]
    [InlineData("--Baton:ToolBase", "shop", "BATON__ToolBase")]
    [InlineData("--Baton:Playbook", "", "BATON__Playbook")]
    [InlineData("--Baton:Database", "", "BATON__Database")]
    public void Refuses_a_setting_that_cannot_be_used_and_names_it(string name, string value, string named)
    {
        var error = Assert.Throws<BatonSettingException>(() => ShopHost.Build([.. Arguments(), name, value]));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_start_on_a_playbook_with_a_mistake()
    {
        await File.AppendAllTextAsync(Path.Combine(_place.Playbook, "escalation.yaml"), "colour: red\n", Token);

        var error = await Assert.ThrowsAsync<Baton.Playbooks.InvalidPlaybookException>(StartAsync);

        Assert.Contains("colour", error.Message, StringComparison.Ordinal);
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static HttpClient Client(WebApplication host, string key)
    {
        var client = new HttpClient { BaseAddress = new Uri(host.Urls.Single()) };
        client.DefaultRequestHeaders.Add("X-Shop-Key", key);
        return client;
    }

    private async Task<WebApplication> StartAsync()
    {
        var host = ShopHost.Build([.. Arguments(), "--Logging:LogLevel:Default", nameof(LogLevel.None)]);
        try
        {
            await host.StartAsync(Token);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    private string[] Arguments() =>
    [
        "--urls", "http://127.0.0.1:0", "--Shop:Key", "letmein", "--Baton:Playbook", _place.Playbook,
        "--Baton:Database", _place.Database,
    ];
}
