using Baton.People;
using Baton.People.Inboxes;
using Baton.People.SignIn;
using Baton.Playbooks;
using Baton.Server.Accounts;
using Baton.Testing;

namespace Baton.Server.Tests.Accounts;

/// <summary>What a start prints for people.</summary>
public sealed class StartLinksTests(ServerFixture server) : IAsyncDisposable
{
    private readonly TemporaryDatabase _temporary = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeopleStore People => new(_temporary.Database);

    private PersonLinks Links => new(_temporary.Database);

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task Lead_to_the_first_admin_until_there_is_somebody()
    {
        var first = (await LineAsync(demo: false))!;
        var second = (await LineAsync(demo: false))!;

        Assert.StartsWith("First admin: http://127.0.0.1:5280/join/", second, StringComparison.Ordinal);
        Assert.Null(Links.Find(Name(first)));
        Assert.Equal(new PersonLink(LinkPurpose.FirstAdmin, null), Links.Find(Name(second)));
        await People.AddAsync(new PersonDetails { Name = "Ann", Email = "ann@example.com" }, "test", Token);
        Assert.Null(await LineAsync(demo: false));
        Assert.Null(await LineAsync(demo: true));
    }

    [Fact]
    public async Task Sign_in_as_the_lead_of_a_demo_team_at_every_start()
    {
        await StartDemoAsync();
        await StartDemoAsync();
        var team = People.List();

        Assert.Equal(["Agent", "Agent", "Lead", "Admin"], team.Select(p => p.Role.ToString()));
        Assert.All(team, p => Assert.Equal(p.Role != PersonRole.Admin, p.TakesWork(_temporary.Clock.GetUtcNow())));
        Assert.Empty(Playbook().Queues.Select(q => q.Name)
            .Except(team.Where(p => p.Role == PersonRole.Agent).SelectMany(p => p.Queues)));
        for (var start = 0; start < 2; start++)
        {
            var line = (await LineAsync(demo: true))!;
            Assert.StartsWith("Demo team: http://127.0.0.1:5280/enter/", line, StringComparison.Ordinal);
            Assert.Equal(team.Single(p => p.Role == PersonRole.Lead).Id, Links.Find(Name(line))?.PersonId);
        }
    }

    [Fact]
    public async Task Leave_nobody_of_a_demo_team_online_for_ever()
    {
        await StartDemoAsync();
        _temporary.Clock.Advance(PersonActivity.AwayAfter);
        await new PersonActivity(_temporary.Database).SweepAsync(Token);
        Assert.DoesNotContain(People.List(), person => person.Presence == Presence.Online);

        await StartDemoAsync();
        Assert.Equal(3, People.List().Count(person => person.Presence == Presence.Online));
    }

    private Task StartDemoAsync() =>
        DemoTeam.StartAsync(People, new PersonActivity(_temporary.Database), Playbook(), Token);

    private Task<string?> LineAsync(bool demo) =>
        new StartLinks(People, Links).LineAsync("http://127.0.0.1:5280", demo, Token);

    private Playbook Playbook() => ((LoadedPlaybook.Valid)PlaybookLoader.Load(server.Playbook)).Playbook;

    private static string Name(string line) =>
        line.Split(' ').Single(w => w.StartsWith("http", StringComparison.Ordinal)).Split('/')[^1];
}
