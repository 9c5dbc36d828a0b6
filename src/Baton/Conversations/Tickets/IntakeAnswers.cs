using System.Globalization;
using System.Diagnostics;
using Baton.Conversations.Inbound;
using Microsoft.AspNetCore.Http;

namespace Baton.Conversations.Tickets;

/// <summary>What a sender is told of a delivery, whichever door it came by.</summary>
internal static class IntakeAnswers
{
    /// <summary>
    /// The answer to what was not accepted, or null. A rejected one is not among them: each door has its own words.
    /// </summary>
    public static IResult? Refusal(HttpContext http, IntakeOutcome outcome)
    {
        switch (outcome)
        {
            case IntakeOutcome.Conflict conflict:
                return TypedResults.Problem(conflict.Problem, statusCode: 409, title: "The ticket exists already");
            case IntakeOutcome.OtherContent other:
                return TypedResults.Problem(other.Problem, statusCode: other.ByKey ? 422 : 409,
                    title: "Known with other content");
            case IntakeOutcome.NotFound missing:
                return Missing(missing.TicketId);
            case IntakeOutcome.Busy busy:
                http.Response.Headers.RetryAfter =
                    ((int)Math.Ceiling(busy.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                return TypedResults.Problem("Too many turns are waiting; nothing was stored. Send it again later.",
                    statusCode: 429, title: "Busy");
            default: return null;
        }
    }

    /// <summary>What was accepted, now or before.</summary>
    public static TicketAccepted Accepted(IntakeOutcome outcome) => outcome switch
    {
        IntakeOutcome.Accepted accepted => new TicketAccepted(accepted.ConversationId, accepted.Turn),
        IntakeOutcome.Duplicate known => new TicketAccepted(known.ConversationId, known.Turn),
        _ => throw new UnreachableException(outcome.GetType().Name),
    };

    public static IResult Missing(string id) => TypedResults.Problem(
        $"There is no ticket '{id}'. GET /api/tickets lists what there is.", statusCode: 404, title: "No such ticket");
}

/// <summary>What a sender is told when a ticket is on the disk.</summary>
internal sealed record TicketAccepted(string Id, int Turn);
