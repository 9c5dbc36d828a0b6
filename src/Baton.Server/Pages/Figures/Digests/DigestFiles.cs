using System.Text;
using Baton.Incidents.Digesting;

namespace Baton.Server.Pages.Figures.Digests;

/// <summary>Parts of the digest that are no pages of the console: its chart, and the page of the mail.</summary>
internal static class DigestFiles
{
    /// <summary>A mail has its styles in it, and nothing else.</summary>
    private const string Policy =
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

    extension(IEndpointRouteBuilder routes)
    {
        public void MapDigestFiles()
        {
            routes.MapGet("/insights/digest/chart.png", Chart).ExcludeFromDescription();
            routes.MapGet("/insights/digest/mail", Mail).ExcludeFromDescription();
        }
    }

    private static IResult Chart(string? weekly, DigestDesk desk) =>
        TypedResults.Bytes(desk.Make(weekly == "true").Chart, "image/png");

    private static IResult Mail(string? weekly, DigestDesk desk, HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        return TypedResults.Text(desk.Make(weekly == "true").Page, "text/html", Encoding.UTF8);
    }
}
