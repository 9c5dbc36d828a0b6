namespace Baton.Server.Api;

/// <summary>
/// Writes of the console come from its own pages and as forms. The antiforgery token and the strict cookie say the
/// same; this does not depend on either, and refuses before anything is read.
/// </summary>
internal static class SameOrigin
{
    private static readonly string[] Forms = ["application/x-www-form-urlencoded", "multipart/form-data"];

    /// <summary>What is wrong with a request to a route for people, or null.</summary>
    public static Problem? Check(HttpRequest request, Uri? publicUrl)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return null;
        if (!ComesFromHere(request, publicUrl))
            return new Problem(403, "Not from this console",
                "The form came from another site. Open the page here and send it again.");
        var type = request.ContentType?.Split(';')[0].Trim() ?? "";
        return Forms.Contains(type, StringComparer.OrdinalIgnoreCase)
            ? null
            : new Problem(415, "Not a form",
                $"The content type is '{type}': the console takes {Forms[0]}. Programs use /api with a key.");
    }

    /// <summary>
    /// Browsers send at least one of the two headers with every write; without both the form's token decides.
    /// </summary>
    private static bool ComesFromHere(HttpRequest request, Uri? publicUrl)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        if (site.Length > 0 && site != "same-origin") return false;
        if (origin.Length == 0) return true;
        // A proxy that changes Host leaves `Sec-Fetch-Site` true; `null` is nobody's origin.
        return Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && (site.Length > 0 || Same(from, publicUrl) || Same(from, Own(request)));
    }

    private static Uri? Own(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own) ? own : null;

    private static bool Same(Uri from, Uri? own) => own is not null
        && Uri.Compare(from, own, UriComponents.SchemeAndServer, UriFormat.Unescaped,
            StringComparison.OrdinalIgnoreCase) == 0;
}
