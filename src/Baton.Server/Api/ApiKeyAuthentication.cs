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

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0) return Task.FromResult(AuthenticateResult.NoResult());
        var key = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? keys.Find(header[Bearer.Length..].Trim()) : null;
        return Task.FromResult(key is null
            ? AuthenticateResult.Fail("nobody has this key, or it has ended")
            : AuthenticateResult.Success(new AuthenticationTicket(Callers.Of(key, Scheme), Scheme)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemAnswers.WriteAsync(Context, 401, "No valid API key",
            "Send a key in use as `Authorization: Bearer bt_…`: the one that `baton serve` printed at its first start, "
            + "or one of `baton keys create`. Sessions of the console do not open the API.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ProblemAnswers.ForbiddenAsync(Context);
}
