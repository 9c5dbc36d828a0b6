using AngleSharp.Dom;

namespace Baton.Text.Html;

/// <summary>How a part of a page looks, as far as it decides whether a person can read it. Only what the part itself
/// says
/// in its attributes counts: style sheets are not read.</summary>
internal sealed record Look(bool IsHidden, string? Ink, string? Paper, bool IsPreformatted, bool IsInList)
{
    public static readonly Look Plain = new(false, null, null, false, false);

    /// <summary>How what is inside an element looks.</summary>
    public Look Inside(IElement element)
    {
        var name = element.LocalName;
        var style = Style(element.GetAttribute("style"));
        var ink = Color(style, "color") ?? Color(element.GetAttribute("color")) ?? Ink;
        var paper = Color(style, "background-color") ?? Color(style, "background")
            ?? Color(element.GetAttribute("bgcolor")) ?? Paper;
        return new Look(
            Hides(style) || (ink is not null && ink == paper), ink, paper, IsPreformatted || name == "pre",
            name is "ul" or "ol" || IsInList && name != "div");
    }

    private static bool Hides(Dictionary<string, string> style) =>
        style.GetValueOrDefault("display") == "none"
        || style.GetValueOrDefault("visibility") is "hidden" or "collapse"
        || style.GetValueOrDefault("mso-hide") == "all"
        || IsZero(style.GetValueOrDefault("font-size")) || IsZero(style.GetValueOrDefault("opacity"))
        || IsZero(style.GetValueOrDefault("max-height")) && style.GetValueOrDefault("overflow") == "hidden"
        || style.GetValueOrDefault("color") == "transparent";

    private static bool IsZero(string? value) =>
        value is ['0', ..] && value.All(c => c is '0' or '.' or '%' || char.IsAsciiLetter(c));

    private static Dictionary<string, string> Style(string? text)
    {
        var style = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var rule in (text ?? "").Split(';', 100, StringSplitOptions.RemoveEmptyEntries))
            if (rule.IndexOf(':', StringComparison.Ordinal) is > 0 and var at)
                style[rule[..at].Trim()] = rule[(at + 1)..]
                .Replace("!important", "", StringComparison.OrdinalIgnoreCase)
                    .Trim().ToLowerInvariant();
        return style;
    }

    private static string? Color(Dictionary<string, string> style, string name) => Color(style.GetValueOrDefault(name));

    /// <summary>One way to write a colour, so that "white" and "#fff" are the same.</summary>
    private static string? Color(string? value) =>
        value?.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant() switch
    {
        null or "" or "inherit" or "transparent" or "none" => null,
        "white" or "#fff" or "#ffffff" or "rgb(255,255,255)" or "rgba(255,255,255,1)" => "#ffffff",
        "black" or "#000" or "#000000" or "rgb(0,0,0)" => "#000000",
        ['#', var r, var g, var b] => $"#{r}{r}{g}{g}{b}{b}",
        var other => other,
    };
}
