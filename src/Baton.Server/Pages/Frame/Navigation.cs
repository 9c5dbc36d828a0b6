using System.Security.Claims;
using Baton.Operations;
using Baton.Server.Api;

namespace Baton.Server.Pages.Frame;

/// <summary>
/// The rooms of the console, in the order of the menu, and the tabs of a room, in the order of its bar. A new page adds
/// itself here: as a tab where it fits a room.
/// </summary>
internal static class Navigation
{
    private const string LookAround = "/playground";

    private const string Measure = "Measure", Change = "Change", Learn = "Learn";

    public static readonly IReadOnlyList<Room> Rooms =
    [
        new("/inbox", "Inbox", "headset", AccessScopes.People)
        {
            Tabs =
            [
                new("/inbox", "Tickets", AccessScopes.People),
                new("/approvals", "Approvals", AccessScopes.People),
            ],
        },
        new("/tickets", "Tickets", "ticket", AccessScopes.TicketsRead),
        new("/insights", "Insights", "chart-bar", AccessScopes.Operations)
        {
            Tabs =
            [
                new("/insights", "Figures", AccessScopes.Operations),
                new("/insights/digest", "Digest", AccessScopes.Operations),
            ],
        },
        new("/quality", "Quality", "list-details", AccessScopes.Operations)
        {
            Tabs =
            [
                new("/quality", "Runs", AccessScopes.Operations) { Group = Measure },
                new("/quality/production", "Production", AccessScopes.Operations) { Group = Measure },
                new("/quality/labels", "Labels", AccessScopes.Operations) { Group = Measure },
                new("/quality/replay", "What if", AccessScopes.Operations) { Group = Change },
                new("/quality/shadow", "Shadow", AccessScopes.Operations) { Group = Change },
                new("/quality/rollouts", "Roll-outs", AccessScopes.Operations) { Group = Change },
                new("/quality/autonomy", "Autonomy", AccessScopes.Operations) { Group = Change },
                new("/quality/suggestions", "Suggestions", AccessScopes.Operations) { Group = Learn },
                new("/quality/gaps", "Gaps", AccessScopes.Operations) { Group = Learn },
                new("/quality/collisions", "Collisions", AccessScopes.Operations) { Group = Learn },
            ],
        },
        new("/on-call", "On call", "bell", AccessScopes.Operations)
        {
            Tabs =
            [
                new("/on-call", "Now", AccessScopes.Operations),
                new("/on-call/alerts", "Alerts", AccessScopes.Operations),
                new("/on-call/incidents", "Incidents", AccessScopes.Operations),
                new("/on-call/drills", "Drills", AccessScopes.Operations),
                new("/on-call/archive", "Archive", AccessScopes.Operations),
            ],
        },
        new("/costs", "Costs", "coin", AccessScopes.Operations),
        new("/tools", "Playbook", "route", AccessScopes.Operations)
        {
            Tabs =
            [
                new("/tools", "Tools", AccessScopes.Operations),
                new("/workflows", "Workflows", AccessScopes.Operations),
                new("/in-force", "In force", AccessScopes.Operations),
            ],
        },
        new(LookAround, "Playground", "flask", AccessScopes.TicketsWrite),
        new("/people", "Settings", "settings", AccessScopes.Everything)
        {
            Tabs =
            [
                new("/people", "People", AccessScopes.Everything),
                new("/keys", "Keys", AccessScopes.Everything),
                new("/channels", "Channels", AccessScopes.Everything),
                new("/audit", "Audit", AccessScopes.Audit),
                new("/data", "Data", AccessScopes.Everything),
            ],
        },
    ];

    /// <summary>Every page of the menu and of the bars, once; <see cref="RouteAccess"/> reads who may enter.</summary>
    public static IEnumerable<Tab> Pages => Rooms.SelectMany(room => room.Pages);

    /// <summary>The rooms that this caller's key or role opens.</summary>
    public static IEnumerable<Room> For(ClaimsPrincipal caller) =>
        Rooms.Where(room => room.For(caller).Any());

    /// <summary>
    /// The first room the caller may enter; the first of all when there is none, which says what is missing.
    /// </summary>
    public static string HomeOf(ClaimsPrincipal caller)
    {
        var open = For(caller).SelectMany(room => room.For(caller)).ToList();
        // Nobody offers tickets to a key: who logs in with one looks around.
        return (open.FirstOrDefault(page => Callers.Person(caller) is not null || page.Path == LookAround)
            ?? open.FirstOrDefault() ?? Pages.First()).Path;
    }

    /// <summary>
    /// The page of the menu or of a bar that an address is at or below; the longest that fits, none for pages apart.
    /// </summary>
    /// <param name="address">Relative to the server, with or without a query.</param>
    public static Tab? At(string address)
    {
        var path = "/" + address.TrimStart('/').Split('?', '#')[0];
        return Pages.Where(page => path == page.Path || path.StartsWith(page.Path + "/", StringComparison.Ordinal))
            .MaxBy(page => page.Path.Length);
    }

    /// <summary>The room whose page or tab this is.</summary>
    public static Room? RoomOf(Tab? page) =>
        Rooms.FirstOrDefault(room => page is not null && room.Pages.Contains(page));

    /// <param name="Path">Of the first of its pages.</param>
    /// <param name="Icon">Name in Tabler's outline set; also listed in <c>BrowserLibraries.targets</c>.</param>
    /// <param name="Scope">What a key or a role must be allowed to do to enter, where the room is one page; each tab
    /// says its own.</param>
    internal sealed record Room(string Path, string Title, string Icon, string Scope)
    {
        /// <summary>Pages side by side in one room; none for a room of one page.</summary>
        public IReadOnlyList<Tab> Tabs { get; init; } = [];

        public IReadOnlyList<Tab> Pages => Tabs.Count == 0 ? [new(Path, Title, Scope)] : Tabs;

        /// <summary>The pages that this caller may enter.</summary>
        public IEnumerable<Tab> For(ClaimsPrincipal caller) =>
            Pages.Where(page => Callers.Allows(caller, page.Scope));
    }

    /// <param name="Path">A page whose address begins with this one is below it, unless another fits better.</param>
    internal sealed record Tab(string Path, string Title, string Scope)
    {
        /// <summary>What it is for among many tabs, which stand together by it; null where there are few.</summary>
        public string? Group { get; init; }
    }
}
