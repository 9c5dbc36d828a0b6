using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baton.Testing.Commerce;

/// <summary>A shop over HTTP.</summary>
public static class ShopEndpoints
{
    private const int LargestBody = 16 * 1024;

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>
        /// Puts the shop below <paramref name="at"/>. Orders are shown to everybody; what has an effect is done for
        /// callers on the same machine, with a header that no page of another site can send.
        /// </summary>
        public void MapShop(string at, SampleShop shop)
        {
            Delegate answer = (HttpContext http) => AnswerAsync(http, at, shop, http.RequestAborted);
            foreach (var page in (string[])["orders/{id}", "customers/{id}/history", "effects/{id}"])
                routes.MapGet($"{at}/{page}", answer).ExcludeFromDescription().AllowAnonymous();
            foreach (var page in (string[])["orders/{id}/{name}", "effects/{id}/undo"])
                routes.MapPost($"{at}/{page}", answer).ExcludeFromDescription().AllowAnonymous();
        }
    }

    /// <summary>The request as the shop reads it; null when it is larger than any.</summary>
    internal static async Task<ShopRequest?> ReadAsync(
        HttpRequest request, string at, CancellationToken cancellationToken)
    {
        if (request.ContentLength > LargestBody) return null;
        using var reader = new StreamReader(request.Body);
        var key = request.Headers["Idempotency-Key"].ToString();
        return new ShopRequest(
            request.Method, request.Path.Value![at.Length..], key.Length == 0 ? null : key,
            await reader.ReadToEndAsync(cancellationToken));
    }

    internal static IResult Result(ShopAnswer answer) => Results.Json(answer.Body, statusCode: answer.Status);

    private static async Task<IResult> AnswerAsync(
        HttpContext http, string at, SampleShop shop, CancellationToken cancellationToken)
    {
        var local = http.Connection.RemoteIpAddress is not { } from || IPAddress.IsLoopback(from);
        if (!local && (http.Request.Method != "GET" || !http.Request.Path.Value!.StartsWith($"{at}/orders/")))
            return Result(ShopAnswer.Refuse(403, "not_here", "the demo shop acts for callers on its own machine only"));
        return await ReadAsync(http.Request, at, cancellationToken) is { } request
            ? Result(shop.Answer(request)) : Result(ShopAnswer.Refuse(413, "too_large", "the body is too large"));
    }
}
