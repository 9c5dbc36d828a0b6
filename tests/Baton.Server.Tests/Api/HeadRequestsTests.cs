using System.Net;
using Baton.Server.Pages.Frame;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Baton.Server.Tests.Api;

/// <summary>HEAD is GET without a body.</summary>
public sealed class HeadRequestsTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("login", HttpStatusCode.OK)]
    [InlineData("health/live", HttpStatusCode.OK)]
    [InlineData("console.css", HttpStatusCode.OK)]
    [InlineData("api/alerts", HttpStatusCode.Unauthorized)]
    [InlineData("nowhere", HttpStatusCode.NotFound)]
    public async Task Answers_as_get_does(string path, HttpStatusCode status)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = server.Address,
        };
        using var get = await client.GetAsync(path, Token);
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Token);
        // The connection is still good: nothing followed the headers.
        using var again = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Token);

        Assert.Equal((status, status, status), (get.StatusCode, head.StatusCode, again.StatusCode));
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task Ends_a_stream_of_events_after_its_headers_and_leaves_alone_what_works_once()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.UseHeadRequests();
        app.UseRouting();
        app.MapGet("/events", async (HttpContext http) =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync("data: 1\n\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        app.MapGet("/enter/{token}", () => "used up");
        await app.StartAsync(Token);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        using var events = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "events"), Token);
        using var once = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "enter/x"), Token);

        Assert.Equal("text/event-stream", events.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, once.StatusCode);
    }
}
