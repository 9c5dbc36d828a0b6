using System.Net;
using Baton.Operations.Links;
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
            SolvedAnswer.Told => CustomerPage.Answer(http, 200, "Did this solve it?",
                "<p>A colleague has your request already. We can tell them that it is solved.</p>"
                    + Button("Tell them")),
            _ => CustomerPage.Answer(http, 200, "Did this solve it?",
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
            SolvedAnswer.Closed => CustomerPage.Answer(http, 200, "Thank you",
                "<p>Your request is closed. If anything is left, reply to our message and it opens again.</p>"),
            SolvedAnswer.Told => CustomerPage.Answer(http, 200, "Thank you",
                "<p>A colleague is on it and decides with what you wrote. You need not do anything.</p>"),
            _ => Over(http),
        };
    }

    private static string Button(string words) => $"<form method=\"post\"><button>{words}</button></form>";

    private static IResult Over(HttpContext http) => CustomerPage.Answer(http, 200, "Already done",
        "<p>This request is closed or has moved on. If anything is left, reply to our last message.</p>");

    private static IResult Unknown(HttpContext http) => CustomerPage.Answer(http, 404, "This link does not work",
        "<p>It is incomplete or older than 14 days. Reply to our message instead: write \"that solved it\", or what is left.</p>");
}
