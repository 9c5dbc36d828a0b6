using System.Globalization;
using Baton.Conversations.Tickets;
using Microsoft.AspNetCore.Http;

namespace Baton.Channels.Chat;

/// <summary>Before every route of the chat: is it set up, may this site, is it too much, who is it.</summary>
internal sealed class ChatDoor(ChannelOptions channels, ChatChannel channel, ChatTokens tokens, ChatLimits limits)
    : IEndpointFilter
{
    private const string Visitor = "baton.chat.visitor";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (channel.Missing(ChannelWays.Own) is not null)
            return Problem(503, "Not set up", "The chat is not set up here. `baton channels list` says what is missing.");
        if (!LetIn(http))
            return Problem(403, "Not this site",
                $"Pages of {http.Request.Headers.Origin} may not hold the chat: add the site to BATON__Channels__Chat__Origins.");
        if (HttpMethods.IsOptions(http.Request.Method)) return await next(context);
        var opens = http.Request.Path.Value!.EndsWith("/sessions", StringComparison.Ordinal);
        var visitor = opens ? null : tokens.Of(http.Request.Headers.Authorization);
        if (!opens && visitor is null)
            return Problem(401, "No session", "The token is none of ours, or over: open a session.");
        if (!HttpMethods.IsGet(http.Request.Method)
            && limits.Take(http.Connection.RemoteIpAddress, visitor?.Ticket) is { } wait)
            return TooMuch(http, wait, "Too much came at once; nothing of this was stored.");
        http.Items[Visitor] = visitor;
        return await ReadingAsync(context, next);
    }

    /// <summary>Who calls, on routes that need a session.</summary>
    public static ChatVisitor VisitorOf(HttpContext http) => (ChatVisitor)http.Items[Visitor]!;

    /// <summary>What a browser asks before it calls from another site.</summary>
    public static IResult Preflight(HttpContext http)
    {
        var headers = http.Response.Headers;
        (headers.AccessControlAllowMethods, headers.AccessControlAllowHeaders, headers.AccessControlMaxAge) =
            ("GET, POST", "authorization, content-type, last-event-id", "600");
        return TypedResults.NoContent();
    }

    public static IResult TooMuch(HttpContext http, TimeSpan wait, string what)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problem(429, "Too much", $"{what} Come again in {seconds} s.");
    }

    /// <summary>
    /// Pages of the listed sites, and of this server. A browser names the site with everything that changes something;
    /// without one it is a request of this server's own page, or no browser.
    /// </summary>
    private bool LetIn(HttpContext http)
    {
        http.Response.Headers.Append("Vary", "Origin");
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0) return HttpMethods.IsGet(http.Request.Method);
        if (!channels.Chat.OriginList.Contains(origin, StringComparer.OrdinalIgnoreCase)
            && !origin.Equals($"{http.Request.Scheme}://{http.Request.Host}", StringComparison.OrdinalIgnoreCase))
            return false;
        http.Response.Headers.AccessControlAllowOrigin = origin;
        http.Response.Headers.AccessControlExposeHeaders = "Retry-After";
        return true;
    }

    /// <summary>What cannot be read is answered here: the browser must be able to read the answer, too.</summary>
    private static async ValueTask<object?> ReadingAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (TicketFormatException bad)
        {
            return Problem(400, "The request cannot be used", $"{bad.Field} {bad.Problem}.");
        }
    }

    private static IResult Problem(int status, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title);
}
