using System.Security.Claims;
using Baton.Server.Api;

namespace Baton.Server.Pages.Frame;

/// <summary>The rooms of the console, in the order of the menu. A new page adds itself here.</summary>
internal static class Navigation
{
    public static readonly IReadOnlyList<Room> Rooms =
    [
        new("/playground", "Playground", "flask"),
        new("/tickets", "Tickets", "ticket"),
        new("/costs", "Costs", "coin"),
    ];

    /// <summary>The rooms that this caller's key opens.</summary>
    public static IEnumerable<Room> For(ClaimsPrincipal caller) => Rooms.Where(room =>
        RouteAccess.Rules.Any(rule => rule.Route == "GET " + room.Path && Callers.Allows(caller, rule.Scope)));

    /// <summary>The first room the caller may enter; the first of all when there is none, which says what is missing.</summary>
    public static string HomeOf(ClaimsPrincipal caller) => (For(caller).FirstOrDefault() ?? Rooms[0]).Path;

    /// <param name="Icon">Name in Tabler's outline set; also listed in <c>BrowserLibraries.targets</c>.</param>
    internal sealed record Room(string Path, string Title, string Icon);
}
