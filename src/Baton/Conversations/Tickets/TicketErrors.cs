using Microsoft.AspNetCore.Http;

namespace Baton.Conversations.Tickets;

/// <summary>A ticket that cannot be read is the sender's to mend, in whatever host the routes are.</summary>
internal sealed class TicketErrors : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (TicketFormatException bad)
        {
            return TypedResults.Problem(bad.Message, statusCode: 400, title: "The request cannot be used",
                extensions: bad.Field is null ? null : new Dictionary<string, object?> { ["field"] = bad.Field });
        }
    }
}
