using System.Text.RegularExpressions;
using Baton.Conversations;
using Baton.People;
using Baton.People.SignIn;
using Baton.Server.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Baton.Server.Tests.Pages.Inboxes;

/// <summary>A queue that offers its tickets, with two agents at their browsers, in a host of its own.</summary>
public sealed partial class OfferBrowserTests(ConsoleBrowser browser) : IAsyncLifetime
{
    private const string Ticket = "offer-real";

    /// <summary>Offers that the second agent may miss on a busy machine.</summary>
    private const int Tries = 20;

    private ServerFixture _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var sample = new ServerFixture();
        var queues = await File.ReadAllTextAsync(Path.Combine(sample.Playbook, "queues.yaml"), Token);
        var escalation = await File.ReadAllTextAsync(Path.Combine(sample.Playbook, "escalation.yaml"), Token);
        _server = new ServerFixture
        {
            Files = new Dictionary<string, string>
            {
                ["queues.yaml"] = FirstLine().Replace(
                    queues, "  l1:\n    assignment: push\n    accept_within: 10s\n    description: First line\n"
                        + "    hours:\n      mon-sun: [\"00:00-24:00\"]\n"),
                // At any time of the day: the sample's queue for this has hours of its own.
                ["escalation.yaml"] = escalation.Replace(
                    "human_now: priority }", "human_now: l1 }", StringComparison.Ordinal),
            },
        };
        await _server.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Nobody_answers_so_the_offer_goes_on_to_a_colleague_who_accepts_it_by_a_key()
    {
        var people = _server.Services.GetRequiredService<PeopleStore>();
        foreach (var other in people.List()) await people.SetPresenceAsync(other.Id, Presence.Offline, "test", Token);
        var pages = new Dictionary<string, IPage>();
        for (var i = 0; i < 2; i++)
        {
            var (person, page) = await AgentAsync(people);
            pages[person.Id] = page;
        }
        await _server.EscalatedAsync(Ticket, Token);
        foreach (var page in pages.Values) await page.GotoAsync(_server.Address + "inbox/" + Ticket);
        var first = await OfferedAsync();
        var (idle, quick) = (pages[first], pages.Single(p => p.Key != first));

        for (var i = 0; i < Tries && _server.Facts<ConversationEvent.OfferAccepted>(Ticket).Count == 0; i++)
        {
            await Assertions.Expect(quick.Value.Locator("[data-offer]")).ToBeVisibleAsync();
            await quick.Value.Keyboard.PressAsync("a");
            await Assertions.Expect(quick.Value.Locator("[data-offer]")).ToHaveCountAsync(0);
            if (!quick.Value.Url.EndsWith(Ticket, StringComparison.Ordinal))
                await quick.Value.GotoAsync(_server.Address + "inbox/" + Ticket);
        }

        Assert.Equal(quick.Key, Assert.Single(_server.Facts<ConversationEvent.OfferAccepted>(Ticket)).By);
        Assert.Equal(first, _server.Facts<ConversationEvent.OfferExpired>(Ticket)[0].To);
        Assert.Equal([first, quick.Key], _server.Facts<ConversationEvent.Offered>(Ticket).Take(2).Select(o => o.To));
        await Assertions.Expect(idle.Locator("[data-offer]")).ToHaveCountAsync(0);
        await Assertions.Expect(idle.Locator("main")).ToContainTextAsync(people.Find(quick.Key)!.Name);
        // A page that goes on asking a server that has ended fills its log.
        foreach (var page in pages.Values) await page.CloseAsync();
    }

    private async Task<(Person, IPage)> AgentAsync(PeopleStore people)
    {
        var person = await _server.PersonAsync(PersonRole.Agent, Token);
        await people.ChangeAsync(
            person.Id, person.Version, PersonDetails.Of(person) with { Queues = ["l1"] }, "test", Token);
        var page = await browser.OpenAsync(1400, 900);
        await page.GotoAsync(new Uri(
            _server.Address, await _server.LinkAsync(person, LinkPurpose.SignIn, Token)).AbsoluteUri);
        await people.SetPresenceAsync(person.Id, Presence.Online, person.Id, Token);
        return (person, page);
    }

    /// <summary>To whom it was offered first; the router looks once a second.</summary>
    private async Task<string> OfferedAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (_server.Facts<ConversationEvent.Offered>(Ticket).Count == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        return _server.Facts<ConversationEvent.Offered>(Ticket)[0].To;
    }

    /// <summary>The first line up to its skills.</summary>
    [GeneratedRegex(@"  l1:\n.*?(?=    skills:)", RegexOptions.Singleline)]
    private static partial Regex FirstLine();
}
