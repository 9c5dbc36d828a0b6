using System.Net;
using System.Security.Claims;
using Baton.Server.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Baton.Server.Accounts.OpenId;

/// <summary>Signing in with OpenID Connect: the code flow with PKCE; the session afterwards is ours.</summary>
internal static partial class OpenIdSignIn
{
    public const string LogInPath = "/login/openid";

    private const string Scheme = "openid";

    private static readonly string[] Told = ["email", "email_verified", "name"];

    extension(IServiceCollection services)
    {
        public IServiceCollection AddOpenId(OpenIdOptions options, AccessOptions access)
        {
            services.AddSingleton(options).AddSingleton<OpenIdPeople>();
            if (options.IsOn)
                services.AddAuthentication().AddOpenIdConnect(Scheme, provider => Configure(provider, options, access));
            return services;
        }
    }

    extension(IEndpointRouteBuilder routes)
    {
        public void MapOpenId() =>
            routes.MapGet(LogInPath, LogIn).AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult LogIn(OpenIdOptions options, string? to) => options.IsOn
        ? TypedResults.Challenge(new AuthenticationProperties { RedirectUri = OwnPath.Or(to, "/") }, [Scheme])
        : new ProblemResult(new Problem(404, "Not set up",
            "Nobody has set BATON__OpenId__Authority here. Log in with your e-mail and password.")
        {
            Back = "/login", BackTo = "To the log-in page",
        });

    private static void Configure(OpenIdConnectOptions provider, OpenIdOptions options, AccessOptions access)
    {
        provider.Authority = options.Authority!.AbsoluteUri;
        provider.RequireHttpsMetadata = !options.Authority.IsLoopback;
        (provider.ClientId, provider.ClientSecret) = (options.ClientId, options.ClientSecret);
        // As a query: with a form the provider's site would post here, and cookies would have to allow that.
        (provider.ResponseType, provider.ResponseMode, provider.UsePkce) = ("code", "query", true);
        (provider.SignInScheme, provider.MapInboundClaims) = (CookieAuthenticationDefaults.AuthenticationScheme, false);
        provider.GetClaimsFromUserInfoEndpoint = true;
        provider.Scope.Clear();
        foreach (var scope in options.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            provider.Scope.Add(scope);
        foreach (var claim in Told.Append(options.GroupsClaim)) provider.ClaimActions.MapJsonKey(claim, claim);
        foreach (var cookie in (CookieBuilder[])[provider.CorrelationCookie, provider.NonceCookie])
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax,
                access.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest);
        provider.Events.OnRedirectToIdentityProvider = context =>
        {
            if (access.PublicUrl is { } start)
                context.ProtocolMessage.RedirectUri = new Uri(start, provider.CallbackPath.Value).AbsoluteUri;
            return Task.CompletedTask;
        };
        provider.Events.OnTicketReceived = ReceivedAsync;
        provider.Events.OnRemoteFailure = FailedAsync;
    }

    private static async Task ReceivedAsync(TicketReceivedContext context)
    {
        var http = context.HttpContext;
        context.HandleResponse();
        var (person, problem) = await http.RequestServices.GetRequiredService<OpenIdPeople>()
            .FindOrAddAsync(context.Principal ?? new ClaimsPrincipal(), http.RequestAborted);
        if (person is null)
        {
            await RefuseAsync(http, 403, problem!);
            return;
        }
        await http.RequestServices.GetRequiredService<PersonSessions>().StartAsync(http, person, http.RequestAborted);
        // No redirect: one that began at the provider's site would not bring the strict cookie along.
        var to = WebUtility.HtmlEncode(OwnPath.Or(context.ReturnUri, "/"));
        await TypedResults.Content(
            $"""
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Logged in · Baton</title>
            <meta http-equiv="refresh" content="0;url={to}"></head><body><p><a href="{to}">Go on to Baton</a></p></body></html>
            """, "text/html; charset=utf-8").ExecuteAsync(http);
    }

    private static Task FailedAsync(RemoteFailureContext context)
    {
        context.HandleResponse();
        Failed(context.HttpContext.RequestServices.GetRequiredService<ILogger<OpenIdPeople>>(),
            context.Failure?.Message);
        return RefuseAsync(context.HttpContext, 400,
            "The provider did not confirm who you are, or it took too long. Begin again; the server's log has the reason.");
    }

    private static Task RefuseAsync(HttpContext http, int status, string why) =>
        ProblemAnswers.WriteAsync(http, new Problem(status, "Not logged in", why)
        {
            Back = "/login", BackTo = "To the log-in page",
        });

    [LoggerMessage(LogLevel.Warning, "Log-in with OpenID Connect failed: {Why}")]
    private static partial void Failed(ILogger log, string? why);
}
