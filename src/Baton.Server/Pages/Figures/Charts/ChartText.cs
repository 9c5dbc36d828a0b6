using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Components;

namespace Baton.Server.Pages.Figures.Charts;

/// <summary>Words inside a drawing: Razor keeps the element <c>text</c> for itself.</summary>
internal static class ChartText
{
    /// <param name="anchor">Where <paramref name="x"/> is in it: start or end.</param>
    public static MarkupString At(double x, double y, string words, string anchor = "start") => new(
        $"<text class=\"chart-text\" x=\"{Number(x)}\" y=\"{Number(y)}\" text-anchor=\"{anchor}\">"
        + $"{WebUtility.HtmlEncode(words)}</text>");

    /// <summary>A place in a drawing, as SVG writes it.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
