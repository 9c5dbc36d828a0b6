using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace Baton.Server.Api;

/// <summary>Who may call, and how errors look.</summary>
internal static class ApiSetup
{
    /// <summary>Either way in is a key: sent with the request, or exchanged for a session cookie at the log-in page.</summary>
    private const string KeyOrCookie = "baton";

    extension(IServiceCollection services)
    {
        /// <param name="database">Session keys are kept beside it, so that a restart logs nobody out.</param>
        public IServiceCollection AddApi(string database)
        {
            services.AddAuthentication(KeyOrCookie)
                .AddPolicyScheme(KeyOrCookie, null, scheme => scheme.ForwardDefaultSelector = http =>
                    http.Request.Headers.Authorization.Count > 0 || http.Request.Path.StartsWithSegments("/api")
                        && !http.Request.Cookies.ContainsKey(SessionCookie.Name)
                        ? ApiKeyAuthentication.Scheme
                        : CookieAuthenticationDefaults.AuthenticationScheme)
                .AddScheme<ApiKeyAuthenticationOptions, ApiKeyAuthentication>(ApiKeyAuthentication.Scheme, null)
                .AddCookie(SessionCookie.Configure);
            services.AddAuthorizationBuilder().SetFallbackPolicy(
                new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            services.AddDataProtection().SetApplicationName("baton").PersistKeysToFileSystem(
                new DirectoryInfo(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(database))!, "session-keys")));
            services.AddProblemDetails();
            services.AddExceptionHandler<ApiErrors>();
            services.AddOpenApi();
            return services.ConfigureHttpJsonOptions(json =>
                json.SerializerOptions.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower);
        }
    }

    extension(WebApplication app)
    {
        /// <summary>Errors outermost, then who is calling.</summary>
        public void UseApi()
        {
            app.UseExceptionHandler();
            app.UseStatusCodePages();
            app.UseAuthentication();
            app.UseAuthorization();
        }
    }
}
