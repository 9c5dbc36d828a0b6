using System.Security.Claims;
using Baton.Operations;
using Baton.Server.Api;

namespace Baton.Server.Pages.Frame;

/// <summary>The rooms of the console, in the order of the menu. A new page adds itself here.</summary>
internal static class Navigation
{
    public static readonly IReadOnlyList<Room> Rooms =
    [
        new("/inbox", "Inbox", "headset", AccessScopes.People),
        new("/playground", "Playground", "flask", AccessScopes.TicketsWrite),
        new("/tickets", "Tickets", "ticket", AccessScopes.TicketsRead),
        new("/approvals", "Approvals", "hand-stop", AccessScopes.People),
        new("/insights", "Insights", "chart-bar", AccessScopes.Operations),
        new("/tools", "Tools", "bolt", AccessScopes.Operations),
        new("/quality", "Quality", "list-details", AccessScopes.Operations),
        new("/workflows", "Workflows", "route", AccessScopes.Operations),
        new("/costs", "Costs", "coin", AccessScopes.Operations),
        new("/people", "People", "user", AccessScopes.Everything),
        new("/channels", "Channels", "message", AccessScopes.Everything),
    ];

    /// <summary>The rooms that this caller's key or role opens.</summary>
    public static IEnumerable<Room> For(ClaimsPrincipal caller) =>
        Rooms.Where(room => Callers.Allows(caller, room.Scope));

    /// <summary>
    /// The first room the caller may enter; the first of all when there is none, which says what is missing.
    /// </summary>
    public static string HomeOf(ClaimsPrincipal caller) =>
        // Nobody offers tickets to a key: who logs in with one looks around.
        (For(caller).FirstOrDefault(r => r != Rooms[0] || Callers.Person(caller) is not null) ?? Rooms[0]).Path;

    /// <param name="Icon">Name in Tabler's outline set; also listed in <c>BrowserLibraries.targets</c>.</param>
    /// <param name="Scope">What a key or a role must be allowed to do to enter; <see cref="RouteAccess"/> reads
    /// it.</param>
    internal sealed record Room(string Path, string Title, string Icon, string Scope);
}
