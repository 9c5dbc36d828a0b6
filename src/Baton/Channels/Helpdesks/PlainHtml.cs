using System.Net;

namespace Baton.Channels.Helpdesks;

/// <summary>A text in the HTML that some helpdesks want: its letters and lines, and nothing that acts.</summary>
internal static class PlainHtml
{
    public static string Of(string text) => "<p>"
        + WebUtility.HtmlEncode(text.ReplaceLineEndings("\n")).Replace("\n", "<br>", StringComparison.Ordinal) + "</p>";
}
