using Baton.Storage;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.HttpOverrides;

namespace Baton.Server.Api;

/// <summary>Who may call, and how errors look.</summary>
internal static class ApiSetup
{
    /// <summary>
    /// Programs bring a key with each request, people a session: the rule of the route says which is looked at.
    /// </summary>
    private const string KeyOrSession = "baton";

    extension(IServiceCollection services)
    {
        /// <param name="folder">Where this machine keeps what is not in the database: the keys of sessions.</param>
        /// <param name="access">Proxies, the public address and the limit of log-ins.</param>
        public IServiceCollection AddApi(string folder, AccessOptions access)
        {
            services.AddSingleton(access).AddSingleton<LogInLimit>().AddSingleton<LogIns>();
            services.AddAuthentication(KeyOrSession)
                .AddPolicyScheme(KeyOrSession, null, scheme => scheme.ForwardDefaultSelector = SchemeOf)
                .AddScheme<ApiKeyAuthenticationOptions, ApiKeyAuthentication>(ApiKeyAuthentication.Scheme, null)
                .AddCookie(SessionCookie.Configure);
            if (access.IsSecure)
                services.Configure<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme,
                        cookie => cookie.Cookie.SecurePolicy = CookieSecurePolicy.Always)
                    .Configure<AntiforgeryOptions>(form => form.Cookie.SecurePolicy = CookieSecurePolicy.Always);
            else
                services.Configure<AntiforgeryOptions>(
                    form => form.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
            services.AddSingleton<IAuthorizationHandler, RouteAccessHandler>();
            // For routes that ask for a caller themselves, and for those that say nothing.
            var policy = new AuthorizationPolicyBuilder().AddRequirements(new RouteAccessRequirement()).Build();
            services.AddAuthorizationBuilder().SetDefaultPolicy(policy).SetFallbackPolicy(policy);
            services.AddDataProtection().SetApplicationName("baton");
            services.AddOptions<KeyManagementOptions>().Configure<Database, ILoggerFactory>((keys, database, logs) =>
                keys.XmlRepository = new FileSystemXmlRepository(SessionKeys.In(folder, database), logs));
            services.Configure<ForwardedHeadersOptions>(forwarded => Believe(forwarded, access));
            services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
            // The framework tells at this level of every request without a key; what matters is logged by LogIns.
            services.AddLogging(logging => logging.AddFilter(typeof(ApiKeyAuthentication).FullName, LogLevel.Warning));
            services.AddProblemDetails();
            services.AddExceptionHandler<ApiErrors>();
            services.AddOpenApi();
            return services.ConfigureHttpJsonOptions(json =>
                json.SerializerOptions.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower);
        }
    }

    extension(WebApplication app)
    {
        /// <summary>Where the request came from, errors, then who is calling.</summary>
        public void UseApi()
        {
            var access = app.Services.GetRequiredService<AccessOptions>();
            if (access.KnownProxies.Count > 0) app.UseForwardedHeaders();
            app.UseExceptionHandler();
            app.UseStatusCodePages(
                context => ProblemAnswers.WriteAsync(context.HttpContext, ProblemAnswers.Of(context.HttpContext)));
            app.Use((http, next) => IsForPeople(http) && SameOrigin.Check(http.Request, access.PublicUrl) is { } problem
                ? ProblemAnswers.WriteAsync(http, problem)
                : next(http));
            app.UseAuthentication();
            app.UseAuthorization();
        }
    }

    /// <summary>
    /// Routes of programs, and routes that nobody has a rule for, ask for a key; everything else at most for a session.
    /// </summary>
    private static string SchemeOf(HttpContext http) =>
        http.GetEndpoint() is not RouteEndpoint route || route.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || RouteAccess.Of(route, http.Request.Method)?.Caller == Caller.Person
            ? CookieAuthenticationDefaults.AuthenticationScheme
            : ApiKeyAuthentication.Scheme;

    private static bool IsForPeople(HttpContext http) => RouteAccess.Of(http) is { TakesForms: true };

    /// <summary>Only the nearest proxy is asked, and only when it is one of the known.</summary>
    private static void Believe(ForwardedHeadersOptions forwarded, AccessOptions access)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in access.KnownProxies) forwarded.KnownIPNetworks.Add(proxy);
    }
}
