using System.Net;
using System.Security.Cryptography;
using System.Text;
using Baton.Playbooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baton.Conversations.Solving;

/// <summary>
/// The page behind a <em>this solved it</em> link. Opening it changes nothing, because mail scanners open links; its
/// button does. The token in the address is the permission.
/// </summary>
internal static class SolvedEndpoints
{
    private const string Style =
        "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1rem}"
        + "button{font:inherit;padding:.7rem 1.2rem;min-height:44px;cursor:pointer}";

    private static readonly string Policy =
        "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        + $"style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'";

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>/solved/{token}</c>.</summary>
        public void MapSolved()
        {
            var solved = routes.MapGroup("/solved").AllowAnonymous().ExcludeFromDescription();
            solved.MapGet("/{token}", Ask);
            solved.MapPost("/{token}", Confirm);
        }
    }

    private static IResult Ask(
        string token, HttpContext http, SolvedLinks links, ConversationStore store, PlaybookHost playbooks)
    {
        if (links.Read(token) is not { } link) return Unknown(http);
        return Resolutions.Of(store.Load(link.Conversation), link.Turn) switch
        {
            SolvedAnswer.Over => Over(http),
            SolvedAnswer.Told => Page(http, 200, "Did this solve it?",
                "<p>A colleague has your request already. We can tell them that it is solved.</p>"
                    + Button("Tell them")),
            _ => Page(http, 200, "Did this solve it?",
                $"<p>Then we close your request at {WebUtility.HtmlEncode(playbooks.Current.Brand.Name)}, and nobody needs to"
                    + " write to you. If not, just close this page: your request stays open.</p>"
                    + Button("Yes, close my request")),
        };
    }

    private static async Task<IResult> Confirm(
        string token, HttpContext http, SolvedLinks links, Resolutions resolutions, CancellationToken cancellationToken)
    {
        if (links.Read(token) is not { } link) return Unknown(http);
        return await resolutions.ConfirmAsync(link, cancellationToken) switch
        {
            SolvedAnswer.Closed => Page(http, 200, "Thank you",
                "<p>Your request is closed. If anything is left, reply to our message and it opens again.</p>"),
            SolvedAnswer.Told => Page(http, 200, "Thank you",
                "<p>A colleague is on it and decides with what you wrote. You need not do anything.</p>"),
            _ => Over(http),
        };
    }

    private static string Button(string words) => $"<form method=\"post\"><button>{words}</button></form>";

    private static IResult Over(HttpContext http) => Page(http, 200, "Already done",
        "<p>This request is closed or has moved on. If anything is left, reply to our last message.</p>");

    private static IResult Unknown(HttpContext http) => Page(http, 404, "This link does not work",
        "<p>It is incomplete or older than 14 days. Reply to our message instead: write \"that solved it\", or what is left.</p>");

    private static IResult Page(HttpContext http, int status, string title, string body)
    {
        var headers = http.Response.Headers;
        (headers.CacheControl, headers["Referrer-Policy"], headers["X-Robots-Tag"]) =
            ("no-store", "no-referrer", "noindex");
        headers.ContentSecurityPolicy = Policy;
        return TypedResults.Content(
            $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>"
            + "<meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">"
            + $"<style>{Style}</style></head><body><main><h1>{title}</h1>{body}</main></body></html>",
            "text/html; charset=utf-8", Encoding.UTF8, status);
    }
}
