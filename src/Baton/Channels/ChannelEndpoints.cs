using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Baton.Channels;

/// <summary>The way in for channels that are called.</summary>
internal static class ChannelEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>/channels/{name}</c>. Open: each channel checks its callers' signatures itself.</summary>
        public void MapChannels() => routes.MapPost("/channels/{name}", Receive).AllowAnonymous().WithTags("Channels")
            .WithSummary("Tickets and messages of a channel, signed as it demands")
            .Produces(202).ProducesProblem(400).ProducesProblem(401).ProducesProblem(404).ProducesProblem(409)
            .ProducesProblem(413).ProducesProblem(422).ProducesProblem(429).ProducesProblem(503);
    }

    private static async Task<IResult> Receive(
        string name, HttpContext http, ChannelList channels, ChannelIntake intake, CancellationToken cancellationToken)
    {
        if (channels.Find(name) is not { } channel || !channel.Ways.HasFlag(ChannelWays.In))
            return Problem(404, "No such channel",
                $"There is no channel '{name}' that takes requests. `baton channels list` shows those there are.");
        if (channel.Missing(ChannelWays.In) is not null)
            return Problem(503, "Not set up",
                $"Channel {name} is not set up here. `baton channels list` says what is missing.");
        if (await BodyAsync(http.Request, channel.LargestBody, cancellationToken) is not { } body)
            return Problem(413, "Too large",
                $"Channel {name} reads {channel.LargestBody:N0} bytes at most: send less.");
        var request = new InboundRequest(body, http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString()))
        {
            Url = Uri.TryCreate(http.Request.GetEncodedUrl(), UriKind.Absolute, out var url) ? url : null,
        };
        if (channel.Verify(request) is Verification.Refused refused)
            return Problem(401, "Not verified", $"{refused.Why}.");
        return channel.Parse(request) switch
        {
            ParsedRequest.Refused unread => Unusable(unread.Field, unread.Problem),
            ParsedRequest.Arrived arrived => await AcceptAsync(http, channel, arrived, intake, cancellationToken),
            var other => throw new System.Diagnostics.UnreachableException(other.GetType().Name),
        };
    }

    /// <summary>
    /// One after the other. What came before one that cannot be accepted stays, and is the same delivery when it comes
    /// again.
    /// </summary>
    private static async Task<IResult> AcceptAsync(
        HttpContext http, IChannel channel, ParsedRequest.Arrived arrived, ChannelIntake intake,
        CancellationToken cancellationToken)
    {
        TicketAccepted? last = null;
        foreach (var arrival in arrived.All)
        {
            var outcome = await intake.AcceptAsync(
                channel, await channel.CompleteAsync(arrival, cancellationToken), cancellationToken);
            if (outcome is IntakeOutcome.Rejected rejected) return Unusable(rejected.Field, rejected.Problem);
            if (IntakeAnswers.Refusal(http, outcome) is { } refusal) return refusal;
            last = IntakeAnswers.Accepted(outcome);
        }
        return arrived.Answer is { } answer
            ? TypedResults.Text(answer.Body, answer.ContentType)
            : TypedResults.Accepted((string?)null, last);
    }

    /// <summary>Every byte, or null when there are more than allowed.</summary>
    private static async Task<byte[]?> BodyAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit) return null;
        // The host's own limit is for its other routes; where it cannot be set, it has read the body already.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } own)
            own.MaxRequestBodySize = limit + 1L;
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > limit) return null;
            body.Write(buffer, 0, read);
        }
        return body.ToArray();
    }

    private static IResult Unusable(string field, string problem) => TypedResults.Problem(
        $"{field} {problem}", statusCode: 400, title: "The request cannot be used",
        extensions: new Dictionary<string, object?> { ["field"] = field });

    private static IResult Problem(int status, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title);
}
