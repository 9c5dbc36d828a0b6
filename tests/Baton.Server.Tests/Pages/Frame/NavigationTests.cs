using Baton.People;
using Baton.People.SignIn;
using Baton.Server.Pages.Frame;
using Baton.Server.Tests.Accounts;
using Microsoft.Playwright;

namespace Baton.Server.Tests.Pages.Frame;

/// <summary>The menu of rooms, and the bar of a room that has several pages.</summary>
public sealed class NavigationTests(ServerFixture server, ConsoleBrowser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("people", "People")]
    [InlineData("people/018f", "People")]
    [InlineData("channels?x=/people", "Channels")]
    [InlineData("quality", "Runs")]
    [InlineData("quality/labels", "Labels")]
    [InlineData("quality/labels.jsonl", "Runs")]
    [InlineData("insights/review#down", "Figures")]
    [InlineData("approvals", "Approvals")]
    [InlineData("inbox/T-1", "Tickets")]
    [InlineData("workflows", "Workflows")]
    [InlineData("peoples", null)]
    [InlineData("account", null)]
    [InlineData("", null)]
    public void Knows_the_tab_that_an_address_is_at(string address, string? title) =>
        Assert.Equal(title, Navigation.At(address)?.Title);

    [Fact]
    public void Names_each_page_once_and_opens_a_room_at_its_first()
    {
        Assert.Equal(Navigation.Pages.Count(), Navigation.Pages.DistinctBy(page => page.Path).Count());
        Assert.All(Navigation.Rooms, room => Assert.Equal(room.Path, room.Pages[0].Path));
    }

    [Fact]
    public async Task Shows_the_bar_to_those_who_may_enter()
    {
        var person = await server.PersonAsync(PersonRole.Admin, Token);
        using var admin = await server.SignedInAsync(person, Token);
        using var lead = await server.SignedInAsync(await server.PersonAsync(PersonRole.Lead, Token), Token);

        var channels = await admin.GetStringAsync("/channels", Token);
        var below = await admin.GetStringAsync("/people/" + person.Id, Token);
        var account = await admin.GetStringAsync("/account", Token);
        var tickets = await lead.GetStringAsync("/tickets", Token);

        Assert.Contains("""<nav class="room-tabs" aria-label="Settings">""", channels, StringComparison.Ordinal);
        Assert.Contains("""<a href="/channels" class="active" aria-current="page">Channels</a>""", channels,
            StringComparison.Ordinal);
        Assert.Contains("""<a href="/people" class="active" aria-current="page">People</a>""", below,
            StringComparison.Ordinal);
        Assert.DoesNotContain("room-tabs", account + tickets, StringComparison.Ordinal);
        Assert.DoesNotContain("Settings", tickets, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Has_the_menu_on_one_line_at_1280_pixels()
    {
        var page = await browser.OpenAsync(1280, 800, ColorScheme.Light);
        var person = await server.PersonAsync(PersonRole.Admin, Token);
        await page.GotoAsync(new Uri(server.Address, await server.LinkAsync(person, LinkPurpose.SignIn, Token))
            .AbsoluteUri);
        await page.GotoAsync(server.Address + "channels");

        var tops = await page.EvaluateAsync<int>(
            "new Set([...document.querySelectorAll('nav[aria-label=Rooms] li')].map(li => li.offsetTop)).size");

        Assert.Equal(1, tops);
    }
}
