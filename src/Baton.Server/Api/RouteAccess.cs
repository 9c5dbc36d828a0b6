using Baton.Server.Pages.Frame;
using Scope = Baton.Operations.AccessScopes;

namespace Baton.Server.Api;

/// <summary>
/// Who may call what: every route of the server is here (the rooms of the console by <see cref="Navigation"/>), and one
/// that is not is refused to everybody. A test walks the routes that are mapped and compares.
/// </summary>
internal static class RouteAccess
{
    /// <summary>Stands for the method of routes that take every one.</summary>
    public const string Any = "ANY";

    public static readonly IReadOnlyList<RouteRule> Rules =
    [
        Program("POST /api/tickets", Scope.TicketsWrite),
        Program("POST /api/tickets/{id}/messages", Scope.TicketsWrite),
        Program("GET /api/tickets", Scope.TicketsRead),
        Program("GET /api/tickets/{id}", Scope.TicketsRead),
        Program("GET /api/tickets/{id}/trace", Scope.TicketsRead),
        Program("GET /api/tickets/{id}/attachments/{position}/{number}", Scope.TicketsRead),
        Program("POST /api/tickets/{id}/attachments", Scope.TicketsWrite),
        Program("POST /api/tickets/{id}/attachments/reply", Scope.People),
        Program("POST /api/tickets/{id}/actions", Scope.People),
        Program("POST /api/tickets/{id}/merge", Scope.People),
        Program("POST /api/tickets/{id}/draft", Scope.People),
        Program("POST /api/tickets/{id}/rating", Scope.TicketsWrite),
        Program("POST /api/tickets/{id}/deliveries/{position}/retry", Scope.People),
        Program("POST /api/tickets/{id}/deliveries/{position}/redirect", Scope.People),
        Program("GET /api/callbacks", Scope.TicketsRead),
        Program("GET /api/approvals", Scope.People),
        Program("GET /api/approvals/{id}", Scope.People),
        Program("POST /api/approvals/{id}", Scope.People),
        Program("POST /api/people/{id}/next", Scope.People),
        Program("POST /api/people/{id}/absence", Scope.People),
        Program("GET /api/costs", Scope.Operations),
        Program("GET /api/insights/overview", Scope.Operations),
        Program("GET /api/insights/figures/{figure}", Scope.Operations),
        Program("GET /api/insights/tickets", Scope.Operations),
        Program("GET /api/insights/latency", Scope.Operations),
        Program("GET /api/insights/queues", Scope.Operations),
        Program("GET /api/insights/people", Scope.Operations),
        Program("GET /api/insights/economics", Scope.Operations),
        Program("GET /api/alerts", Scope.Operations),
        Program("GET /api/audit", Scope.Audit),
        Program("POST /api/customers/{id}/export", Scope.Everything),
        Program("POST /api/customers/{id}/erase", Scope.Everything),
        Program("ANY /metrics", Scope.Operations),
        Program("GET /openapi.json", null),

        .. Navigation.Pages.Select(page => Person("GET " + page.Path, page.Scope)),
        Person("GET /", null),
        Person("POST /logout", null),
        // Mapped with the pages by the framework; Baton does not use it.
        Person("GET /_framework/opaque-redirect", null),
        Person("POST /playground", Scope.TicketsWrite),
        Person("GET /playground/{id}/stream", Scope.TicketsWrite),
        Person("GET /tickets/{*Id}", Scope.TicketsRead),
        Person("GET /attachments/{position}/{number}/{*id}", Scope.People),
        Person("POST /tickets/messages", Scope.People),
        Person("POST /tickets/draft", Scope.People),
        Person("POST /tickets/deliveries", Scope.People),
        Person("GET /insights/digest/chart.png", Scope.Operations),
        Person("GET /insights/digest/mail", Scope.Operations),
        Person("GET /insights/tickets", Scope.Operations),
        Person("GET /insights/open", Scope.Operations),
        Person("GET /insights/customers", Scope.Operations),
        Person("GET /insights/reads", Scope.Operations),
        Person("GET /insights/review", Scope.Operations),
        Person("POST /insights/review", Scope.Operations),
        Person("POST /quality/labels", Scope.Operations),
        Person("POST /quality/suggestions", Scope.Operations),
        Person("POST /quality/learn", Scope.Operations),
        Person("GET /quality/labels.jsonl", Scope.Operations),
        Person("POST /quality/rollouts", Scope.Operations),
        Person("POST /quality/autonomy", Scope.Operations),
        Person("GET /inbox/{*Id}", Scope.People),
        Person("POST /approvals", Scope.People),
        Person("GET /calls", Scope.People),
        Person("POST /inbox/act", Scope.People),
        Person("POST /inbox/presence", Scope.People),
        Person("POST /inbox/here", Scope.People),
        Person("POST /inbox/away", Scope.People),
        Person("POST /inbox/bulk", Scope.People),
        Person("POST /inbox/views", Scope.People),
        Person("POST /inbox/views/remove", Scope.People),
        Person("GET /desk/list.csv", Scope.People),
        Person("GET /desk/live", Scope.People),
        Person("GET /desk/parts/{name}", Scope.People),
        Person("GET /desk/macros/{name}", Scope.People),
        Person("POST /desk/preview", Scope.People),

        Person("GET /account", null),
        Person("POST /account/password", null),
        Person("POST /account/code", null),
        Person("POST /account/code/remove", null),
        Person("POST /account/sessions/end", null),
        Person("POST /on-call/stop", Scope.Operations),
        Person("POST /on-call/alerts", Scope.Operations),
        Person("POST /on-call/incidents", Scope.Operations),
        Person("GET /on-call/incidents/{id}/report.md", Scope.Operations),
        Person("POST /channel-test", Scope.Everything),
        Person("POST /channel-events", Scope.Everything),
        Person("POST /people", Scope.Everything),
        Person("POST /people/change", Scope.Everything),
        Person("GET /people/{Id}", Scope.Everything),
        Person("POST /people/save", Scope.Everything),
        Person("POST /people/link", Scope.Everything),
        Person("POST /people/sessions/end", Scope.Everything),
        Person("POST /keys", Scope.Everything),
        Person("POST /keys/revoke", Scope.Everything),
        Person("POST /audit/export", Scope.Audit),
        Person("POST /data/export", Scope.Everything),
        Person("POST /data/erase", Scope.Everything),
        Person("POST /data/hold", Scope.Everything),

        Anybody("GET /login"),
        Form("POST /login"),
        Anybody("GET /login/code"),
        Form("POST /login/code"),
        Anybody("GET /login/forgotten"),
        Form("POST /login/forgotten"),
        Anybody("GET /login/openid"),
        Anybody("GET /join/{Token}"),
        Form("POST /join"),
        Anybody("GET /enter/{token}"),
        Anybody("ANY /health/live"),
        Anybody("ANY /health/ready"),
        Anybody("GET /demo/orders/{id}"),
        Anybody("GET /demo/shop"),
        RouteChecks("GET /demo/customers/{id}/history"),
        RouteChecks("GET /demo/effects/{id}"),
        RouteChecks("POST /demo/effects/{id}/undo"),
        RouteChecks("POST /demo/orders/{id}/{name}"),

        RouteChecks("GET /solved/{token}"),
        RouteChecks("POST /solved/{token}"),
        RouteChecks("GET /rate/{token}"),
        RouteChecks("POST /rate/{token}"),
        RouteChecks("POST /channels/{name}"),
        RouteChecks("POST /channels/voice/{step}"),
        RouteChecks("POST /channels/voice/vapi/chat/completions"),
        RouteChecks("POST /channels/voice/vapi/chat/completions/chat/completions"),
        RouteChecks("POST /channels/voice/vapi/events"),
        RouteChecks("GET /chat.js"),
        RouteChecks("OPTIONS /chat/{**path}"),
        RouteChecks("POST /chat/sessions"),
        RouteChecks("POST /chat/messages"),
        RouteChecks("GET /chat/stream"),
        RouteChecks("GET /chat/files/{position}/{number}"),
        RouteChecks("POST /chat/solved"),
        RouteChecks("POST /chat/rating"),
        RouteChecks("POST /v1/chat/completions"),
        RouteChecks("POST /v1/embeddings"),
        RouteChecks("GET /v1/models"),
        RouteChecks("GET /v1/models/{model}"),
        RouteChecks("ANY /v1/{**path}"),
        RouteChecks("ANY /chat/completions"),
        RouteChecks("ANY /completions"),
        RouteChecks("ANY /embeddings"),
        RouteChecks("ANY /responses"),
    ];

    private static readonly Dictionary<string, RouteRule> ByRoute = Rules.ToDictionary(r => r.Route);

    /// <summary>The rule of a route that was found, or null when it has none.</summary>
    public static RouteRule? Of(RouteEndpoint route, string method) =>
        ByRoute.GetValueOrDefault(
            Name(HttpMethods.IsHead(method) ? HttpMethods.Get : method, route.RoutePattern.RawText))
        ?? ByRoute.GetValueOrDefault(Name(Any, route.RoutePattern.RawText));

    /// <summary>The rule of the route that a request found; null when it found none, or one without a rule.</summary>
    public static RouteRule? Of(HttpContext http) =>
        http.GetEndpoint() is RouteEndpoint route ? Of(route, http.Request.Method) : null;

    /// <summary>How a route is called in the table.</summary>
    public static string Name(string method, string? pattern) => method + " /" + pattern?.Trim('/');

    private static RouteRule Program(string route, string? scope) => new(route, Caller.Program, scope);

    private static RouteRule Person(string route, string? scope) => new(route, Caller.Person, scope);

    private static RouteRule Anybody(string route) => new(route, Caller.Anybody, null);

    private static RouteRule Form(string route) => new(route, Caller.Anybody, null) { TakesForms = true };

    private static RouteRule RouteChecks(string route) => new(route, Caller.RouteChecks, null);
}
