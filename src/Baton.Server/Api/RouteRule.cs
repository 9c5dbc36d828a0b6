namespace Baton.Server.Api;

/// <summary>Who may call a route.</summary>
internal enum Caller
{
    /// <summary>Everybody.</summary>
    Anybody,

    /// <summary>Whoever the route itself recognises: virtual keys of the gateway, signatures of webhooks.</summary>
    RouteChecks,

    /// <summary>A program with an API key as bearer; a cookie is not looked at.</summary>
    Program,

    /// <summary>A person who logged in to the console; a bearer key is not looked at.</summary>
    Person,
}

/// <summary>Who may call one route.</summary>
/// <param name="Route">Method and pattern, as in <c>GET /api/tickets/{id}</c>. HEAD counts as GET.</param>
/// <param name="Scope">What the key must be allowed to do; null: any key in use.</param>
internal sealed record RouteRule(string Route, Caller Caller, string? Scope)
{
    /// <summary>Whether it takes forms of the console's own pages only; strangers have some too.</summary>
    public bool TakesForms { get; init; } = Caller == Caller.Person;
}
