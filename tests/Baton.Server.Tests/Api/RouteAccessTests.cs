using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Baton.Operations;
using Baton.Server.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Api;

/// <summary>Who may call what, over the routes that are really mapped.</summary>
public sealed class RouteAccessTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_mapped_route_has_a_rule_and_every_rule_a_route()
    {
        var mapped = Routes(server).Select(r => r.Name).ToHashSet();
        var ruled = RouteAccess.Rules.Select(r => r.Route).ToHashSet();

        Assert.Empty(mapped.Except(ruled));
        Assert.Empty(ruled.Except(mapped));
    }

    [Fact]
    public void Only_routes_that_say_so_themselves_are_open()
    {
        var open = Routes(server).Where(r => r.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(r => r.Name);
        var allowed = RouteAccess.Rules.Where(r => r.Caller is Caller.Anybody or Caller.RouteChecks)
            .Select(r => r.Route);

        Assert.Equal(allowed.Order(StringComparer.Ordinal), open.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Neither_strangers_nor_wrong_keys_nor_sessions_open_a_route_of_programs()
    {
        using var visitor = await server.VisitorAsync(Token);
        foreach (var rule in RouteAccess.Rules.Where(r => r.Caller == Caller.Program))
        {
            using var stranger = server.Stranger();
            using var wrong = server.Stranger();
            wrong.DefaultRequestHeaders.Authorization =
                new AuthenticationHeaderValue("Bearer", "bt_" + new string('0', 64));
            foreach (var client in (HttpClient[])[stranger, wrong, visitor])
            {
                using var answer = await client.SendAsync(Request(rule), Token);
                Assert.Equal((rule.Route, HttpStatusCode.Unauthorized), (rule.Route, answer.StatusCode));
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            }
        }
    }

    [Fact]
    public async Task A_key_does_not_open_a_route_of_people()
    {
        using var api = server.Api();
        foreach (var rule in RouteAccess.Rules.Where(r => r.Caller == Caller.Person))
        {
            using var answer = await api.SendAsync(Request(rule), Token);
            Assert.Contains(answer.StatusCode,
                (HttpStatusCode[])[HttpStatusCode.Redirect, HttpStatusCode.UnsupportedMediaType]);
            if (answer.StatusCode == HttpStatusCode.Redirect)
                Assert.StartsWith("/login?to=", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_opens_exactly_the_routes_of_its_scopes()
    {
        foreach (var scope in AccessScopes.All)
        {
            using var api = await WithAsync(scope);
            foreach (var rule in RouteAccess.Rules.Where(r => r.Caller == Caller.Program))
            {
                using var answer = await api.SendAsync(Request(rule), Token);
                var open = rule.Scope is null || rule.Scope == scope;
                Assert.Equal((scope, rule.Route, open),
                    (scope, rule.Route, answer.StatusCode != HttpStatusCode.Forbidden));
                Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
                if (!open) Assert.Contains(
                    rule.Scope == AccessScopes.Everything ? "everything" : rule.Scope!, await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_session_sees_the_rooms_of_its_key_only()
    {
        var key = await Keys.CreateAsync("reads-tickets", [AccessScopes.TicketsRead], null, "test", Token);
        using var visitor = server.Stranger();
        using var opened = await visitor.PostFormAsync("/login", "/login", new() { ["key"] = key! }, Token);
        var page = await visitor.GetStringAsync("/tickets", Token);
        using var costs = await visitor.GetAsync("/costs", Token);

        Assert.Equal("/tickets", opened.Headers.Location?.ToString());
        Assert.DoesNotContain("href=\"/costs\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, costs.StatusCode);
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/api/nothing")]
    public async Task What_is_not_there_is_not_found_for_everybody(string path)
    {
        using var stranger = server.Stranger();
        using var answer = await stranger.GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private ApiKeys Keys => server.Services.GetRequiredService<ApiKeys>();

    private async Task<HttpClient> WithAsync(string scope)
    {
        var client = server.Stranger();
        var key = await Keys.CreateAsync("only " + scope, [scope], null, "test", Token);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>A request that finds the route and that the route itself refuses, where it takes a body.</summary>
    private static HttpRequestMessage Request(RouteRule rule)
    {
        var (method, path) =
            (rule.Route.Split(' ')[0].Replace(RouteAccess.Any, "GET", StringComparison.Ordinal),
            rule.Route.Split(' ')[1]);
        foreach (var name in (string[])["{id}", "{*Id}", "{model}"])
            path = path.Replace(name, "nowhere", StringComparison.Ordinal);
        return new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = method == "GET" ? null : new StringContent("{}", Encoding.UTF8, "application/json"),
        };
    }

    /// <summary>Routes as the table calls them. Pages say nothing of HEAD, which goes where GET goes.</summary>
    internal static IEnumerable<(string Name, RouteEndpoint Endpoint)> Routes(ServerFixture server) =>
        from route in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [RouteAccess.Any]
        where method != "HEAD"
        select (RouteAccess.Name(method, route.RoutePattern.RawText), route);
}
