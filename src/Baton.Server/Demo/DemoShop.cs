using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Baton.Channels;
using Baton.Channels.Chat;
using Baton.Testing.Commerce;

namespace Baton.Server.Demo;

/// <summary>
/// A page of the sample shop that holds the chat, for <c>baton serve --demo</c>. It does what a real shop does: one
/// script element, a strict policy, and a signature of its own server's for who is logged in.
/// </summary>
internal static class DemoShop
{
    public const string Path = "/demo/shop";

    /// <summary>What was done to the shop's orders, beside the database.</summary>
    public const string Journal = "demo-shop.jsonl";

    private const string Policy =
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; base-uri 'none'; "
        + "form-action 'self'; frame-ancestors 'none'";

    private const int SecretBytes = 32;

    private static readonly CompositeFormat Page = CompositeFormat.Parse("""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8"><title>Northwind Outfitters</title>
        <meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
        <link rel="stylesheet" href="/shop.css">
        <script src="/chat.js" defer data-key="{0}" data-open{1}></script>
        </head>
        <body>
        <header><strong>Northwind Outfitters</strong><nav aria-label="Account">{2}</nav></header>
        <main>
        <h1>Ready for the first snow</h1>
        <p>A sample shop with the chat of this Baton server. Ask it how long you may return something, where an order is,
        or for a person: the ticket is in the console's inbox then, and your reply appears here.</p>
        {3}
        <ul class="goods">
        <li><h2>Ridgeline 2 tent</h2><p>Two people, three seasons, 1.9 kg.</p></li>
        <li><h2>Alpine down jacket</h2><p>800 fill, with a hood that fits a helmet.</p></li>
        <li><h2>Switchback hiking boots</h2><p>Resoleable, wide lasts too.</p></li>
        </ul>
        </main>
        </body>
        </html>
        """);

    /// <summary>Settings of the chat for a demo that has none of its own.</summary>
    public static ChatOptions Chat(ChatOptions given, Uri own) => given.Key.Length > 0 ? given : given with
    {
        Key = "demo", Origins = $"{given.Origins} {own.GetLeftPart(UriPartial.Authority)}",
        IdentitySecret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)),
    };

    extension(IEndpointRouteBuilder routes)
    {
        public void MapDemoShop() => routes.MapGet(Path, Show).ExcludeFromDescription().AllowAnonymous();
    }

    private static IResult Show(HttpContext http, ChannelOptions channels, TimeProvider clock, bool known = false)
    {
        (http.Response.Headers.ContentSecurityPolicy, http.Response.Headers.CacheControl) = (Policy, "no-store");
        var chat = channels.Chat;
        var (email, number) = SampleOrders.Customer;
        var html = string.Format(CultureInfo.InvariantCulture, Page,
            WebUtility.HtmlEncode(chat.Key),
            known ? User(chat, email, clock.GetUtcNow()) : "",
            known ? $"""<span>Ines Duarte</span> <a href="{Path}">Log out</a>""" : $"""<a href="{Path}?known=true">Log in as Ines Duarte</a>""",
            known ? $"<p>Your last order: <strong>NW-{number}</strong>. Because the shop's server has signed who you are, "
                + "the chat may say more of it than to a stranger.</p>" : "");
        return TypedResults.Content(html, "text/html; charset=utf-8", Encoding.UTF8);
    }

    /// <summary>What the shop's server says of who is logged in; see docs/channels/chat.md.</summary>
    private static string User(ChatOptions chat, string email, DateTimeOffset now)
    {
        const string id = "ines", name = "Ines Duarte";
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var hash = Convert.ToHexStringLower(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(chat.IdentitySecret), Encoding.UTF8.GetBytes($"{time}\n{id}\n{email}\n{name}")));
        return $""" data-user-id="{id}" data-user-email="{email}" data-user-name="{name}" data-user-time="{time}" data-user-hash="{hash}" """;
    }
}
