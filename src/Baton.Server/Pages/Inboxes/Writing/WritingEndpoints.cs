using System.Security.Claims;
using Baton.Conversations;
using Baton.Server.Api;
using Baton.Server.Pages.Parts.Inboxes.Writing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Pages.Inboxes.Writing;

/// <summary>What the editor of a reply asks for: macros, filled, and what would leave.</summary>
internal static class WritingEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapWriting()
        {
            routes.MapGet("/desk/macros/{name}", Macro).ExcludeFromDescription();
            routes.MapPost("/desk/preview", Preview).ExcludeFromDescription();
        }
    }

    private static IResult Macro(string name, string? ticket, ClaimsPrincipal caller, MacroTexts macros) =>
        macros.Filled(name, ticket ?? "", caller) is { } text ? TypedResults.Text(text)
            : new ProblemResult(new Problem(404, "No such macro", $"The playbook has no macro '{name}'."));

    private static IResult Preview(
        [FromForm] string? id, [FromForm] string? text, ConversationStore store, ReplyTexts replies)
    {
        var channel = store.Load(id ?? "").Channel;
        return new RazorComponentResult<PreviewPart>(new
        {
            Text = replies.Leaving(channel, text ?? ""), Channel = channel,
            IsMarkdown = replies.CarriesMarkdown(channel), Problem = replies.Problem(text ?? ""),
        });
    }
}
