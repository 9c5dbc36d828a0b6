namespace Baton.Server.Demo;

/// <summary>The demo order system over HTTP, for <c>baton serve --demo</c>.</summary>
internal static class DemoOrdersEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapDemoOrders() =>
            routes.MapGet("/demo/orders/{id}", Get).ExcludeFromDescription().AllowAnonymous();
    }

    private static IResult Get(string id, TimeProvider clock) =>
        DemoOrders.Find(id, clock.GetUtcNow()) is { } order ? TypedResults.Ok(order) : TypedResults.NotFound();
}
