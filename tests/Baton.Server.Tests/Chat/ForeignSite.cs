using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Baton.Server.Tests.Chat;

/// <summary>
/// Somebody else's web site on another port, with a strict Content-Security-Policy: nothing inline, nothing from
/// elsewhere but the chat.
/// </summary>
internal sealed class ForeignSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ForeignSite(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Where the chat is loaded from.</summary>
    public Uri Chat { get; set; } = new("http://127.0.0.1");

    public static async Task<ForeignSite> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var site = new ForeignSite(app);
        app.MapGet("/", site.Page);
        app.MapGet("/style.css", () => TypedResults.Text("body { margin: 0; padding: 16px; }", "text/css"));
        await app.StartAsync(cancellationToken);
        site.Address = new Uri(app.Urls.Single());
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }

    /// <summary>A page whose query says what stands beside the key, and in which direction it is written.</summary>
    private IResult Page(HttpContext http)
    {
        var chat = Chat.GetLeftPart(UriPartial.Authority);
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src {chat}; connect-src {chat}; style-src 'self'; base-uri 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'";
        var attributes = string.Concat(http.Request.Query.Where(q => q.Key.StartsWith("data-", StringComparison.Ordinal))
            .Select(q => $" {q.Key}=\"{WebUtility.HtmlEncode(q.Value.ToString())}\""));
        return TypedResults.Content($"""
            <!doctype html>
            <html lang="en" dir="{(http.Request.Query["dir"] == "rtl" ? "rtl" : "ltr")}">
            <head><meta charset="utf-8"><title>A shop</title><meta name="viewport" content="width=device-width">
            <link rel="stylesheet" href="/style.css"><script src="{chat}/chat.js" data-key="shop"{attributes} defer></script></head>
            <body><main><h1>A shop</h1><p>Somebody else's page.</p></main></body>
            </html>
            """, "text/html; charset=utf-8");
    }
}
