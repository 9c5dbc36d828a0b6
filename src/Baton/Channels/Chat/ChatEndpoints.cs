using System.Globalization;
using Baton.Conversations;
using Baton.Conversations.Attachments;
using Baton.Conversations.Inbound;
using Baton.Conversations.Solving;
using Baton.Conversations.Tickets;
using Baton.Conversations.Verdicts;
using Baton.Playbooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Baton.Channels.Chat;

/// <summary>
/// What the window calls from pages of other sites. Open to everybody; <see cref="ChatDoor"/> looks at site, rate and
/// key, the token of a session is the permission for its conversation and no other.
/// </summary>
internal static class ChatEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>/chat.js</c> and <c>/chat/…</c>.</summary>
        public void MapChat()
        {
            routes.MapMethods("/chat.js", [HttpMethods.Get, HttpMethods.Head],
                (HttpContext http, ChatScript script) => script.Answer(http)).AllowAnonymous().ExcludeFromDescription();
            var chat = routes.MapGroup("/chat").AllowAnonymous().ExcludeFromDescription()
                .AddEndpointFilter<ChatDoor>();
            chat.MapMethods("/{**path}", ["OPTIONS"], ChatDoor.Preflight);
            chat.MapPost("/sessions", OpenAsync);
            chat.MapPost("/messages", SayAsync);
            chat.MapGet("/stream", Stream);
            chat.MapGet("/files/{position}/{number}", File);
            chat.MapPost("/solved", SolvedAsync);
            chat.MapPost("/rating", RateAsync);
        }
    }

    private static async Task<IResult> OpenAsync(
        HttpContext http, ChatSessions sessions, CancellationToken cancellationToken)
    {
        var opening = ChatBody.Opening(await ChatBody.ReadAsync(http.Request, cancellationToken));
        return sessions.Open(opening) is { } session
            ? TypedResults.Json(session, ChatSession.Json)
            : Problem(403, "Not this site's key",
                "The page's data-key is not the one of BATON__Channels__Chat__Key: copy it from there.");
    }

    private static async Task<IResult> SayAsync(
        HttpContext http, ChatSessions sessions, ChannelOptions channels, CancellationToken cancellationToken)
    {
        var visitor = ChatDoor.VisitorOf(http);
        var (id, text) = ChatBody.Message(
            await ChatBody.ReadAsync(http.Request, cancellationToken), channels.Chat.MessageCharacters);
        if (sessions.LacksConsent(visitor))
            return Problem(403, "No consent", "The visitor has not agreed yet: open the session with consent.");
        var outcome = await sessions.SayAsync(visitor, id, text, cancellationToken);
        if (outcome is IntakeOutcome.Rejected rejected)
            return Problem(400, "The message cannot be used", $"{rejected.Field} {rejected.Problem}");
        return IntakeAnswers.Refusal(http, outcome) ?? TypedResults.Accepted((string?)null);
    }

    private static IResult Stream(
        HttpContext http, ChatStream streams, ChatLimits limits, IHostApplicationLifetime host)
    {
        var ticket = ChatDoor.VisitorOf(http).Ticket;
        if (limits.Enter(http.Connection.RemoteIpAddress, ticket) is not { } place)
            return ChatDoor.TooMuch(http, TimeSpan.FromSeconds(20), "Too many windows are open.");
        http.Response.RegisterForDispose(place);
        // A proxy that keeps answers back until they are complete would show nothing.
        (http.Response.Headers["X-Accel-Buffering"], http.Response.Headers.CacheControl) = ("no", "no-store");
        var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        http.Response.RegisterForDispose(ended);
        var after = int.TryParse(http.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture,
            out var position) ? position : 0;
        return TypedResults.ServerSentEvents(streams.Of(ticket, after, ended.Token));
    }

    private static IResult File(string position, string number, HttpContext http, ChatTranscripts transcripts) =>
        int.TryParse(position, out var message) && int.TryParse(number, out var place)
        && transcripts.File(ChatDoor.VisitorOf(http).Ticket, message, place) is { Body: { } body } file
            ? AttachmentAnswer.Download(http, file, body)
            : Problem(404, "No such file", "The conversation has no file there.");

    private static async Task<IResult> SolvedAsync(
        HttpContext http, Resolutions resolutions, CancellationToken cancellationToken)
    {
        var (turn, passage) = ChatBody.Solved(await ChatBody.ReadAsync(http.Request, cancellationToken));
        var answer = await resolutions.ConfirmAsync(
            new SolvedLink(ChatDoor.VisitorOf(http).Ticket, turn, passage), cancellationToken);
        return TypedResults.Json(new Dictionary<string, string> { ["answer"] = EnumWords.Of(answer) });
    }

    private static async Task<IResult> RateAsync(
        HttpContext http, ConversationStore store, RatingDesk desk, CancellationToken cancellationToken) =>
        await RatingEndpoints.RateAsync(
            ChatDoor.VisitorOf(http).Ticket, await ChatBody.ReadAsync(http.Request, cancellationToken), store, desk,
            cancellationToken);

    private static IResult Problem(int status, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title);
}
