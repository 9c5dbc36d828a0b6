namespace Baton.Server.Pages;

/// <summary>The rooms of the console, in the order of the menu. A new page adds itself here.</summary>
internal static class Navigation
{
    public static readonly IReadOnlyList<Room> Rooms =
    [
        new("/playground", "Playground", "flask"),
        new("/tickets", "Tickets", "ticket"),
        new("/costs", "Costs", "coin"),
    ];

    /// <param name="Icon">Name in Tabler's outline set; also listed in <c>BrowserLibraries.targets</c>.</param>
    internal sealed record Room(string Path, string Title, string Icon);
}
