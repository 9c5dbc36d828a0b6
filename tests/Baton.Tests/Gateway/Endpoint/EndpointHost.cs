using Baton.Gateway.Endpoint;
using Baton.Gateway.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Baton.Tests.Gateway.Endpoint;

/// <summary>The endpoint alone in a web server on a free port.</summary>
internal sealed class EndpointHost(WebApplication app, VirtualKeyStore keys) : IAsyncDisposable
{
    private int _keys;

    /// <summary>Base address with <c>/v1/</c>.</summary>
    public Uri Address => new(app.Urls.First() + "/v1/");

    public static async Task<EndpointHost> StartAsync(GatewayFixture fixture)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var keys = new VirtualKeyStore(fixture.Database, TimeProvider.System);
        app.MapGateway(new GatewayEndpointParts(fixture.Gateway, keys, fixture.Options, TimeProvider.System));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new EndpointHost(app, keys);
    }

    /// <summary>Makes a key and returns its secret.</summary>
    public Task<string> Key(Func<VirtualKey, VirtualKey>? change = null)
    {
        var number = Interlocked.Increment(ref _keys);
        var key = new VirtualKey { Id = $"key-{number}", Name = $"test {number}" };
        return keys.CreateAsync(change?.Invoke(key) ?? key, "test", TestContext.Current.CancellationToken);
    }

    /// <summary>Posts a body with a key and further headers.</summary>
    public async Task<(int Status, string Body)> PostAsync(
        string path, string body, string secret, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, path))
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", secret);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
