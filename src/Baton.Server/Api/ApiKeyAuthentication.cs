using System.Security.Claims;
using System.Text.Encodings.Web;
using Baton.Operations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Baton.Server.Api;

internal sealed class ApiKeyAuthenticationOptions : AuthenticationSchemeOptions;

/// <summary><c>Authorization: Bearer bt_…</c>.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<ApiKeyAuthenticationOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys)
    : AuthenticationHandler<ApiKeyAuthenticationOptions>(options, logger, encoder)
{
    public new const string Scheme = "key";
    private const string Bearer = "Bearer ";

    /// <summary>The caller that a key stands for.</summary>
    public static ClaimsPrincipal Principal(string name, string scheme) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], scheme));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        // The model gateway has keys of its own.
        var ours = header.Length > 0 && !Request.Path.StartsWithSegments("/v1");
        if (!ours) return Task.FromResult(AuthenticateResult.NoResult());
        var name = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? keys.Find(header[Bearer.Length..].Trim()) : null;
        return Task.FromResult(name is null
            ? AuthenticateResult.Fail("nobody has this key")
            : AuthenticateResult.Success(new AuthenticationTicket(Principal(name, Scheme), Scheme)));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = 401;
        Response.Headers.WWWAuthenticate = "Bearer";
        await TypedResults.Problem(
            "Send the key that `baton serve` printed at its first start as `Authorization: Bearer bt_…`.",
            statusCode: 401, title: "No valid API key").ExecuteAsync(Context);
    }
}
