using Baton.Conversations;
using Baton.People;
using Baton.People.SignIn;
using Baton.Server.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Baton.Server.Tests.Pages.Inboxes;

/// <summary>The live inbox in browsers: what changes shows itself, and everything goes by keys.</summary>
public sealed class InboxLiveBrowserTests(ServerFixture server, ConsoleBrowser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reply_is_taken_back_by_a_key_and_the_words_are_not_lost()
    {
        await server.EscalatedAsync("undo-keys", Token);
        var (_, page) = await AgentAsync(1400);
        await page.GotoAsync(server.Address + "inbox/undo-keys");
        await page.Keyboard.PressAsync("r");
        await page.Keyboard.TypeAsync("Dear Robin, it is gone.");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("[data-unsent]")).ToContainTextAsync("it is gone");

        await page.Keyboard.PressAsync("z");

        await Assertions.Expect(page.Locator("#text")).ToHaveValueAsync("Dear Robin, it is gone.");
        await Assertions.Expect(page.Locator("[data-unsent]")).ToHaveCountAsync(0);
        Assert.Single(server.Facts<ConversationEvent.ReplyTakenBack>("undo-keys"));
        Assert.Empty(server.Facts<ConversationEvent.AgentReplied>("undo-keys"));
    }

    [Fact]
    public async Task A_reply_that_has_left_shows_so_without_a_click()
    {
        await server.EscalatedAsync("undo-left", Token);
        var (_, page) = await AgentAsync(1400);
        await page.GotoAsync(server.Address + "inbox/undo-left");
        await page.FillAsync("#text", "On its way.");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("[data-unsent]")).ToBeVisibleAsync();

        await server.LeaveAsync("undo-left", Token);

        await Assertions.Expect(page.Locator("[data-unsent]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".message-agent").Last).ToContainTextAsync("On its way.");
    }

    [Fact]
    public async Task An_offer_that_times_out_goes_away_by_itself()
    {
        await server.EscalatedAsync("offer-over", Token);
        var (ann, page) = await AgentAsync(1400);
        await server.Services.GetRequiredService<PeopleStore>().SetPresenceAsync(
            ann.Id, Presence.Online, ann.Id, Token);
        await server.HappenAsync("offer-over", new ConversationEvent.Offered(
            ann.Id, TimeProvider.System.GetUtcNow().AddHours(1)), Token);
        await page.GotoAsync(server.Address + "inbox/offer-over");
        await Assertions.Expect(page.Locator("[data-offer]")).ToBeVisibleAsync();

        await server.HappenAsync("offer-over", new ConversationEvent.OfferExpired(ann.Id), Token);

        await Assertions.Expect(page.Locator("[data-offer]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#claim button")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_list_shows_what_changed_and_holds_still_under_the_pointer()
    {
        await server.EscalatedAsync("list-live", Token);
        var (ann, page) = await AgentAsync(1400);
        await page.GotoAsync(server.Address + "inbox?view=unassigned&q=list-live");
        await page.Mouse.MoveAsync(5, 5);
        await server.HappenAsync("list-live", new ConversationEvent.Offered(
            ann.Id, TimeProvider.System.GetUtcNow().AddHours(1)), Token);
        await server.Services.GetRequiredService<PeopleStore>().SetPresenceAsync(
            ann.Id, Presence.Online, ann.Id, Token);
        await Assertions.Expect(page.Locator("#row-list-live")).ToContainTextAsync("offered to");

        await page.HoverAsync("#row-list-live");
        await server.HappenAsync("list-live", new ConversationEvent.Claimed(ann.Id), Token);
        await Assertions.Expect(page.Locator("[data-news]")).ToBeVisibleAsync();
        Assert.Equal(1, await page.Locator("#row-list-live").CountAsync());
        await page.ClickAsync("[data-news]");

        await Assertions.Expect(page.Locator("#row-list-live")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_macro_is_found_filled_and_sent_without_a_mouse()
    {
        await server.EscalatedAsync("macro-keys", Token);
        var (ann, page) = await AgentAsync(1400);
        await page.GotoAsync(server.Address + "inbox/macro-keys");
        await page.Keyboard.PressAsync("m");
        await page.Keyboard.TypeAsync("Still waiting");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[data-holes-left]")).ToContainTextAsync("{reason}");
        await page.Keyboard.PressAsync("Control+Enter");
        Assert.Empty(server.Facts<ConversationEvent.ReplyWritten>("macro-keys"));

        // The first hole is selected: typing fills it.
        foreach (var words in (string[])["Robin", "a part is missing", "Friday noon"])
        {
            await page.Keyboard.TypeAsync(words);
            await page.Keyboard.PressAsync("Control+.");
        }
        await Assertions.Expect(page.Locator("[data-holes-left]")).ToBeEmptyAsync();
        await page.Keyboard.PressAsync("Control+Shift+Enter");
        await Assertions.Expect(page.Locator("[data-preview-at]")).ToContainTextAsync("again by Friday noon");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("[data-unsent]")).ToContainTextAsync("a part is missing");

        var text = Assert.Single(server.Facts<ConversationEvent.ReplyWritten>("macro-keys")).Text;
        Assert.Contains(ann.Name, text, StringComparison.Ordinal);
        Assert.DoesNotContain("**", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_tickets_are_chosen_and_closed_by_keys()
    {
        foreach (var id in (string[])["keys-a1", "keys-a2"]) await server.EscalatedAsync(id, Token);
        var (_, page) = await AgentAsync(1400);
        await page.GotoAsync(server.Address + "inbox?view=unassigned&q=keys-a");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("[data-chosen]")).ToHaveTextAsync("2 chosen");

        await page.Locator("#bulk-close summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#bulk-outcome").SelectOptionAsync("spam");
        await page.Locator("#bulk-needed").SelectOptionAsync("no");
        await page.Locator("#bulk-close button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("All done");
        await Assertions.Expect(page.Locator("[data-done] li")).ToHaveCountAsync(2);
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
