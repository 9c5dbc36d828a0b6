namespace Baton.Server.Pages.Frame;

/// <summary>Headers that keep other people's code and frames out of the console; harmless for the API.</summary>
internal static class SecurityHeaders
{
    /// <summary>
    /// Tabler draws small marks from <c>data:</c> images inside its style sheet; nothing else is inline.
    /// </summary>
    private const string ContentPolicy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    extension(WebApplication app)
    {
        public void UseSecurityHeaders() => app.Use((http, next) =>
        {
            // At the last moment: an answer that is thrown away for an error takes its headers along.
            http.Response.OnStarting(Write, http.Response.Headers);
            return next(http);
        });
    }

    private static Task Write(object response)
    {
        var headers = (IHeaderDictionary)response;
        // A page for customers has a narrower policy of its own.
        if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.TryAdd("Referrer-Policy", "same-origin");
        headers.XFrameOptions = "DENY";
        return Task.CompletedTask;
    }
}
