using System.Net;
using System.Text;
using Baton.Operations;
using Baton.People;
using Baton.Playbooks;
using Baton.Server.Api;
using Baton.Server.Tests.Api;

namespace Baton.Server.Tests.Accounts;

/// <summary>The table of <c>docs/operating/access.md</c> says who may call, and so it is.</summary>
public sealed class AccessTests(ServerFixture server)
{
    private const string LogIn = "log in", Key = "a key is asked for", Refused = "refused", Open = "open";

    private static readonly IReadOnlyList<AccessTable> Table = AccessTable.Read();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Has_a_row_for_every_mapped_route_and_no_other()
    {
        var mapped = RouteAccessTests.Routes(server).Select(r => r.Name).Distinct().ToList();

        Assert.Empty(mapped.Except(Table.Select(row => row.Route))
            .Select(r => $"docs/operating/access.md has no row for {r}"));
        Assert.Empty(Table.Select(row => row.Route).Except(mapped)
            .Select(r => $"docs/operating/access.md: nothing is at {r}"));
        Assert.Equal(Table.Count, Table.DistinctBy(row => row.Route).Count());
    }

    [Fact]
    public void Says_what_the_rules_of_the_code_say() =>
        Assert.Equal(
            RouteAccess.Rules.Select(Row).OrderBy(row => row.Route, StringComparer.Ordinal),
            Table.OrderBy(row => row.Route, StringComparer.Ordinal));

    [Fact]
    public async Task Is_what_happens_without_log_in()
    {
        using var stranger = server.Stranger();

        Assert.Empty((await WalkAsync(stranger)).Except(Table.Select(row => (row.Route, Expected(row, null)))));
    }

    [Theory]
    [InlineData("viewer")]
    [InlineData("agent")]
    [InlineData("lead")]
    [InlineData("admin")]
    public async Task Is_what_happens_with_every_role(string word)
    {
        var role = EnumWords.Find<PersonRole>(word)!.Value;
        using var client = await server.SignedInAsync(await server.PersonAsync(role, Token), Token);

        Assert.Empty((await WalkAsync(client)).Except(Table.Select(row => (row.Route, Expected(row, role)))));
    }

    [Fact]
    public async Task Gives_the_gateway_to_virtual_keys_only()
    {
        using var key = server.Api();
        using var admin = await server.SignedInAsync(await server.PersonAsync(PersonRole.Admin, Token), Token);
        foreach (var client in (HttpClient[])[key, admin])
            foreach (var path in (string[])["/v1/models", "/v1/models/any"])
                Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(path, Token)).StatusCode);
    }

    /// <summary>What may be is decided by scopes, and a role is the scopes up to it.</summary>
    [Fact]
    public void Gives_a_role_all_that_the_one_before_it_has()
    {
        foreach (var (before, after) in ((PersonRole, PersonRole)[])
            [(PersonRole.Viewer, PersonRole.Agent), (PersonRole.Agent, PersonRole.Lead)])
            Assert.Empty(PersonRoles.Scopes(before).Except(PersonRoles.Scopes(after)));
        Assert.Equal([AccessScopes.Everything], PersonRoles.Scopes(PersonRole.Admin));
        Assert.Equal(PersonRole.Admin, PersonRoles.Least(AccessScopes.Everything));
        Assert.Equal(PersonRole.Viewer, PersonRoles.Least(null));
    }

    private static AccessTable Row(RouteRule rule) => rule.Caller switch
    {
        Caller.Anybody => new(rule.Route, "anybody", "–"),
        Caller.RouteChecks => new(rule.Route, "itself", "–"),
        Caller.Program => new(rule.Route, "–", Scope(rule)),
        _ => new(rule.Route, rule.Scope is null ? "any" : EnumWords.Of(PersonRoles.Least(rule.Scope)), Scope(rule)),
    };

    private static string Scope(RouteRule rule) =>
        rule.Scope switch { null => "any", AccessScopes.Everything => "everything", var scope => scope };

    private static string Expected(AccessTable row, PersonRole? role) => row.Person switch
    {
        "anybody" or "itself" => Open,
        "–" => Key,
        _ when role is null => LogIn,
        "any" => Open,
        var least => role >= EnumWords.Find<PersonRole>(least)!.Value ? Open : Refused,
    };

    private async Task<List<(string Route, string Seen)>> WalkAsync(HttpClient client)
    {
        List<(string, string)> seen = [];
        foreach (var row in Table)
        {
            using var request = Request(row);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
            seen.Add((row.Route, Seen(row, answer)));
        }
        return seen;
    }

    /// <summary>What the route itself would refuse: a form without its token, an empty object.</summary>
    private static HttpRequestMessage Request(AccessTable row)
    {
        var (method, path) = (row.Route.Split(' ')[0].Replace(RouteAccess.Any, "GET", StringComparison.Ordinal),
            row.Route.Split(' ')[1]);
        foreach (var name in (string[])["{id}", "{*Id}", "{model}", "{token}", "{Token}", "{name}", "{**path}"])
            path = path.Replace(name, "nowhere", StringComparison.Ordinal);
        return new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = method == "GET" ? null
                : row.Person is "–" or "itself" ? new StringContent("{}", Encoding.UTF8, "application/json")
                : new FormUrlEncodedContent([]),
        };
    }

    private static string Seen(AccessTable row, HttpResponseMessage answer) => answer.StatusCode switch
    {
        // A route that looks at callers itself may refuse as it likes.
        _ when row.Person == "itself" => Open,
        HttpStatusCode.Unauthorized => Key,
        HttpStatusCode.Forbidden => Refused,
        HttpStatusCode.Redirect when answer.Headers.Location?.ToString()
            .StartsWith("/login?to=", StringComparison.Ordinal) == true => LogIn,
        _ => Open,
    };
}
