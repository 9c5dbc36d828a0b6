using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Baton.Operations.Links;

/// <summary>A small page for customers behind a signed link: no script, nothing from elsewhere, kept nowhere.</summary>
internal static class CustomerPage
{
    private const string Style =
        "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1rem}"
        + "button,textarea{font:inherit;padding:.7rem 1.2rem;min-height:44px}button{cursor:pointer}"
        + "textarea{display:block;box-sizing:border-box;width:100%;margin:.3rem 0 1rem}"
        + "fieldset{border:0;padding:0;margin:0 0 1rem}"
        + "label.step{display:block;padding:.5rem 0;min-height:28px}";

    private static readonly string Policy =
        "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        + $"style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'";

    /// <param name="body">HTML; whatever is not ours is encoded in it.</param>
    public static IResult Answer(HttpContext http, int status, string title, string body)
    {
        var headers = http.Response.Headers;
        (headers.CacheControl, headers["Referrer-Policy"], headers["X-Robots-Tag"]) =
            ("no-store", "no-referrer", "noindex");
        headers.ContentSecurityPolicy = Policy;
        return TypedResults.Content(
            $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>"
            + "<meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">"
            + $"<style>{Style}</style></head><body><main><h1>{title}</h1>{body}</main></body></html>",
            "text/html; charset=utf-8", Encoding.UTF8, status);
    }
}
