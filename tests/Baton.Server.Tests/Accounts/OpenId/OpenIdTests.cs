using System.Net;
using Baton.Server.Tests.Processes;

namespace Baton.Server.Tests.Accounts.OpenId;

/// <summary>Signing in with a company's own accounts, against a real provider.</summary>
public sealed class OpenIdTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lets_people_in_with_the_role_of_their_groups_and_nobody_without_one()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(IdentityServer.Folder, "node_modules")),
            $"run npm ci in {IdentityServer.Folder}");
        using var place = new Place();
        using var company = new IdentityServer();
        using var baton = await ServerProcess.StartAsync(place, null,
            ("BATON__OpenId__Authority", company.Address.AbsoluteUri), ("BATON__OpenId__ClientId", "baton"),
            ("BATON__OpenId__ClientSecret", IdentityServer.Secret), ("BATON__OpenId__Name", "Northwind"),
            ("BATON__OpenId__Leads", "support-leads, heads"), ("BATON__OpenId__Agents", "support"),
            ("BATON__OpenId__Admins", "it"));
        await company.StartAsync(new Uri(baton.Http.BaseAddress!, "/signin-oidc"), Token);

        company.Person = Person("ann", "Ann Lee", "support", "support-leads");
        using (var ann = Browser(baton))
        {
            Assert.Contains("Log in with Northwind", await ann.GetStringAsync("/login", Token),
                StringComparison.Ordinal);
            var landed = await ann.GetStringAsync("/login/openid?to=%2Fcosts", Token);
            Assert.Contains("url=/costs", landed, StringComparison.Ordinal);
            var account = await ann.GetStringAsync("/account", Token);
            Assert.Contains("Ann Lee", account, StringComparison.Ordinal);
            Assert.Contains("<strong>lead</strong>", account, StringComparison.Ordinal);
            Assert.Contains("data-no-password", account, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Forbidden, (await ann.GetAsync("/people", Token)).StatusCode);
        }

        // The groups say the role at every log-in, up and down; the person is the same one.
        foreach (var (group, role) in ((string, string)[])[("it", "admin"), ("support", "agent")])
        {
            company.Person = Person("ann", "Ann Lee", group);
            using var again = Browser(baton);
            await again.GetStringAsync("/login/openid", Token);
            Assert.Contains($"<strong>{role}</strong>", await again.GetStringAsync("/account", Token),
                StringComparison.Ordinal);
        }
        Assert.Single((await PeopleAsync(place)).Split('\n'),
            line => line.Contains("ann@corp.example", StringComparison.Ordinal));

        await RefusesAsync(company, baton, Person("eve", "Eve", "sales"), "in none of the groups");
        await RefusesAsync(company, baton, Person("eve", "Eve"), "in none of the groups");
        await RefusesAsync(company, baton,
            Person("eve", "Eve", "it").Replace("true", "false", StringComparison.Ordinal), "has not verified");
        await BatonProgram.RunAsync("people", "disable", "ann@corp.example", "--db", place.Database);
        await RefusesAsync(company, baton, Person("ann", "Ann Lee", "it"), "disabled");
        Assert.DoesNotContain("eve", await PeopleAsync(place), StringComparison.Ordinal);
    }

    private static async Task RefusesAsync(IdentityServer company, ServerProcess baton, string person, string why)
    {
        company.Person = person;
        using var browser = Browser(baton);
        using var answer = await browser.GetAsync("/login/openid", Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(why, await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        using var inside = await browser.GetAsync("/account", Token);
        Assert.EndsWith("/login?to=%2Faccount", inside.RequestMessage!.RequestUri!.ToString(),
            StringComparison.Ordinal);
    }

    private static async Task<string> PeopleAsync(Place place) =>
        (await BatonProgram.RunAsync("people", "list", "--db", place.Database)).Output;

    private static string Person(string id, string name, params string[] groups) =>
        $$"""{"sub":"{{id}}","email":"{{id}}@corp.example","email_verified":true,"name":"{{name}}","groups":[{{string.Join(',', groups.Select(g => $"\"{g}\""))}}]}""";

    /// <summary>Follows redirects and keeps cookies, without any key.</summary>
    private static HttpClient Browser(ServerProcess baton) =>
        new(new SocketsHttpHandler { CookieContainer = new CookieContainer() })
        {
            BaseAddress = baton.Http.BaseAddress, Timeout = TimeSpan.FromMinutes(2),
        };
}
