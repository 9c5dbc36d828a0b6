namespace Baton.Server.Pages.Frame;

/// <summary>A part of a page that fetches itself again while there is something to wait for.</summary>
internal static class Live
{
    /// <summary>A part that is fetched when the page says that something in it has changed.</summary>
    /// <param name="address">Of the part alone.</param>
    public static Dictionary<string, object> Part(string address, string id) => new()
    {
        ["hx-get"] = address, ["hx-select"] = "#" + id, ["hx-target"] = "#" + id, ["hx-swap"] = "outerMorph",
        ["hx-trigger"] = Event, ["hx-status:4xx"] = "swap:none", ["hx-status:5xx"] = "swap:none", ["data-part"] = id,
    };

    /// <summary>What the page's script raises at a part that is to be fetched.</summary>
    private const string Event = "stale";

    /// <summary>
    /// The attributes, or none: htmx takes an element with an address and no trigger for one that fetches on every
    /// click.
    /// </summary>
    /// <param name="every">For example <c>5s</c>; null when nothing will change.</param>
    public static Dictionary<string, object>? Area(string address, string id, string? every) =>
        every is null ? null : new()
    {
        ["hx-get"] = address, ["hx-select"] = "#" + id, ["hx-target"] = "#" + id, ["hx-swap"] = "outerMorph",
        ["hx-trigger"] = "every " + every,
    };
}
