using Microsoft.AspNetCore.Authorization;

namespace Baton.Server.Api;

/// <summary>A request must satisfy the rule of its route.</summary>
internal sealed class RouteAccessRequirement : IAuthorizationRequirement;

/// <summary>Applies <see cref="RouteAccess"/>. Routes that say <c>AllowAnonymous</c> never come here.</summary>
internal sealed class RouteAccessHandler : AuthorizationHandler<RouteAccessRequirement>
{
    protected override Task HandleRequirementAsync(
        AuthorizationHandlerContext context, RouteAccessRequirement requirement)
    {
        // No route, or one that routing made itself to say 405 or 415: there is nothing to protect.
        if (context.Resource is not HttpContext http || http.GetEndpoint() is not RouteEndpoint route)
            context.Succeed(requirement);
        else if (RouteAccess.Of(route, http.Request.Method) is { } rule
            && Callers.Allows(context.User, rule.Scope)) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
