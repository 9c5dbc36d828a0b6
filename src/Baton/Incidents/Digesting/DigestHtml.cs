using System.Net;
using System.Text;

namespace Baton.Incidents.Digesting;

/// <summary>
/// A digest as a page for mail clients: tables and inline styles, for they know little else; at most 600 pixels wide,
/// and dark where the reader's is. Clients that drop the style sheet show it light.
/// </summary>
internal static class DigestHtml
{
    /// <summary>Address of the picture inside a mail.</summary>
    public const string InMail = "cid:chart";

    private const string Head =
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
        """;

    private const string Style =
        """
        <style>
        :root { color-scheme: light dark; }
        td, th, h1, h2, p { overflow-wrap: anywhere; }
        @media (prefers-color-scheme: dark) {
        .page { background: #16181d !important; } .sheet { background: #1f2229 !important; }
        .ink { color: #e6e8ec !important; } .soft { color: #a9b0bb !important; }
        .rule { border-color: #3a3f4a !important; } a { color: #8ab4ff !important; }
        }
        </style></head>
        """;

    private const string Font = "font-family:-apple-system,'Segoe UI',Roboto,Arial,sans-serif;";

    private const string Cell = "padding:7px 0;border-bottom:1px solid #e3e6ea;font-size:15px;line-height:21px;";

    /// <param name="address">Where links begin; null: tickets are named.</param>
    public static string Of(DigestFacts facts, Uri? address)
    {
        var html = new StringBuilder(Head).Append("<title>").Append(Text(DigestLine.Title(facts))).Append("</title>\n")
            .Append(Style)
            .Append("<body class=\"page\" style=\"margin:0;padding:0;background:#f2f4f7;").Append(Font).Append("\">\n")
            .Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\"><tr><td align=\"center\" style=\"padding:12px 8px\">\n")
            .Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"max-width:600px\">\n")
            .Append("<tr><td class=\"sheet\" style=\"background:#ffffff;padding:20px 18px;border-radius:8px\">\n")
            .Append("<h1 class=\"ink\" style=\"margin:0 0 14px;font-size:20px;line-height:26px;color:#1b1f24\">")
            .Append(Text(DigestLine.Title(facts))).Append("</h1>\n");
        if (facts.IsQuiet) Paragraph(html, "A quiet time: no ticket came and nothing was decided.");
        Figures(html, facts);
        html.Append("<p style=\"margin:18px 0 0\"><img src=\"").Append(InMail).Append("\" width=\"564\" alt=\"")
            .Append(Text(DigestChart.Words(facts)))
            .Append("\" style=\"display:block;width:100%;max-width:564px;height:auto;border-radius:6px\"></p>\n");
        List(html, "What changed", facts.Changes.Select(c => Text(FormattableString.Invariant(
            $"{c.At.UtcDateTime:ddd HH:mm} {c.Kind.Replace('_', ' ')}: {c.What}"))), "Nothing was changed.");
        if (DigestLine.Gap(facts) is { } gap) List(html, "Top knowledge gap", [Text(gap)], "");
        List(html, "Worth reading", facts.Tickets.Select(t => Ticket(t, address)), "Nothing stands out.");
        html.Append("<p class=\"soft\" style=\"margin:18px 0 0;font-size:13px;line-height:19px;color:#5b6470\">")
            .Append("Whole days in UTC, as on the page Insights. Who gets this, and when, is <code>digest</code> in alerts.yaml.")
            .Append("</p>\n");
        return html.Append("</td></tr></table></td></tr></table></body></html>\n").ToString().ReplaceLineEndings("\n");
    }

    private static void Figures(StringBuilder html, DigestFacts facts)
    {
        html.Append("<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\">\n");
        foreach (var line in DigestLine.Of(facts))
        {
            html.Append("<tr><th scope=\"row\" align=\"left\" valign=\"top\" class=\"ink rule\" style=\"")
                .Append(Cell).Append("font-weight:normal;color:#1b1f24\">").Append(Text(line.Label));
            if (line.Note.Length > 0)
                html.Append("<br><span class=\"soft\" style=\"font-size:13px;line-height:18px;color:#5b6470\">")
                    .Append(Text(line.Note)).Append("</span>");
            html.Append("</th><td align=\"right\" valign=\"top\" class=\"ink rule\" style=\"").Append(Cell)
                .Append("padding-left:12px;font-weight:bold;color:#1b1f24\">").Append(Text(line.Value)).Append("</td></tr>\n");
        }
        html.Append("</table>\n");
    }

    private static void List(StringBuilder html, string title, IEnumerable<string> lines, string otherwise)
    {
        html.Append("<h2 class=\"ink\" style=\"margin:20px 0 6px;font-size:16px;line-height:22px;color:#1b1f24\">")
            .Append(title).Append("</h2>\n");
        var any = false;
        foreach (var line in lines)
        {
            any = true;
            html.Append("<p class=\"ink\" style=\"margin:0 0 6px;font-size:15px;line-height:21px;color:#1b1f24\">")
                .Append(line).Append("</p>\n");
        }
        if (!any) Paragraph(html, otherwise);
    }

    private static void Paragraph(StringBuilder html, string text) => html
        .Append("<p class=\"soft\" style=\"margin:0 0 6px;font-size:15px;line-height:21px;color:#5b6470\">")
        .Append(Text(text)).Append("</p>\n");

    private static string Ticket(WorthReading ticket, Uri? address) =>
        (DigestText.Link(ticket.Ticket, address) is { } link
            ? $"<a href=\"{Text(link)}\" style=\"color:#0b57d0\">{Text(ticket.Ticket)}</a>" : Text(ticket.Ticket))
        + ": " + Text(ticket.Why);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
