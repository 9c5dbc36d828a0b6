using Baton.Conversations;
using Baton.Conversations.Judging;
using Baton.People;
using Baton.People.SignIn;
using Baton.Server.Tests.Accounts;
using Microsoft.Playwright;

namespace Baton.Server.Tests.Pages.Inboxes;

/// <summary>The inbox in browsers: two agents at once, the keyboard alone, a narrow window.</summary>
public sealed class InboxBrowserTests(ServerFixture server, ConsoleBrowser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_agents_see_each_other_and_only_one_gets_the_ticket()
    {
        await server.EscalatedAsync("two-agents", Token);
        var (ann, first) = await AgentAsync(1400);
        var (ben, second) = await AgentAsync(1400);
        await first.GotoAsync(server.Address + "inbox/two-agents");
        await second.GotoAsync(server.Address + "inbox/two-agents");
        await Assertions.Expect(first.Locator("[data-onlooker]").First)
            .ToContainTextAsync($"{ben.Name} has this ticket open");
        await second.FocusAsync("#text");
        await second.Keyboard.TypeAsync("Dear Robin");
        await Assertions.Expect(first.Locator("[data-onlooker]").First).ToContainTextAsync($"{ben.Name} types a reply");

        await first.FocusAsync("main");
        await first.Keyboard.PressAsync("c");

        await Assertions.Expect(first.Locator("[data-claimed-by]")).ToHaveTextAsync("yours");
        await Assertions.Expect(second.Locator("[data-claimed-by]")).ToHaveTextAsync($"{ann.Name} has it");
        Assert.Equal(ann.Id, Assert.Single(server.Facts<ConversationEvent.Claimed>("two-agents")).By);
    }

    [Fact]
    public async Task A_ticket_is_worked_on_from_the_list_to_its_end_without_a_mouse()
    {
        await server.EscalatedAsync("by-keys", Token);
        await server.DraftAsync("by-keys", "Within 60 days.", Token);
        var (_, page) = await AgentAsync(1400);
        await page.GotoAsync(server.Address + "inbox?view=unassigned&q=by-keys");
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("#keys")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await ConsoleBrowser.ArriveAsync(page, "inbox/by-keys");
        await page.Keyboard.PressAsync("c");
        await Assertions.Expect(page.Locator("[data-claimed-by]")).ToHaveTextAsync("yours");
        await page.Keyboard.PressAsync("n");
        await page.Keyboard.TypeAsync("She is a regular.");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("[data-note]")).ToContainTextAsync("She is a regular.");
        await page.Keyboard.PressAsync("e");
        await page.Keyboard.TypeAsync(" See you soon.");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".message-agent").Last).ToContainTextAsync("See you soon.");
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("#close-outcome")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("2");
        await page.Keyboard.PressAsync("Enter");
        await ConsoleBrowser.ArriveAsync(page, "inbox?", "view=unassigned");

        Assert.Single(server.Facts<ConversationEvent.DraftEdited>("by-keys"));
        Assert.Equal(PersonNeeded.No, Assert.Single(server.Facts<ConversationEvent.HandoffJudged>("by-keys")).Needed);
    }

    [Fact]
    public async Task Fits_a_narrow_window_with_the_packet_first()
    {
        await server.EscalatedAsync("narrow", Token);
        var (_, page) = await AgentAsync(400);
        foreach (var path in (string[])["inbox", "inbox?view=unassigned", "inbox/narrow"])
        {
            await page.GotoAsync(server.Address + path);
            Assert.True(
                await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), path);
        }
        var (packet, talk) = (await page.Locator(".desk-packet").BoundingBoxAsync(),
            await page.Locator(".desk-talk").BoundingBoxAsync());

        Assert.True(packet!.Y < talk!.Y);
    }

    [Fact]
    public async Task Presence_is_one_click()
    {
        var (_, page) = await AgentAsync(1400);
        await page.ClickAsync("[data-presence=offline] button");
        await Assertions.Expect(page.Locator("[data-presence]")).ToContainTextAsync("Online");
        await page.Keyboard.PressAsync("p");
        await Assertions.Expect(page.Locator("[data-presence]")).ToContainTextAsync("Away");
    }

    private async Task<(Person, IPage)> AgentAsync(int width)
    {
        var person = await server.PersonAsync(PersonRole.Agent, Token);
        var page = await browser.OpenAsync(width, 900);
        await page.GotoAsync(new Uri(
            server.Address, await server.LinkAsync(person, LinkPurpose.SignIn, Token)).AbsoluteUri);
        await page.GotoAsync(server.Address + "inbox");
        return (person, page);
    }
}
