using Baton.People;
using Baton.People.SignIn;
using Baton.Server.Tests.Pages;
using Microsoft.Playwright;

namespace Baton.Server.Tests.Accounts;

/// <summary>Signing in and the account, in a browser, by the keyboard.</summary>
public sealed class AccountBrowserTests(ServerFixture server, ConsoleBrowser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Opens_with_a_link_a_password_and_a_code_without_a_mouse()
    {
        var ann = await server.PersonAsync(PersonRole.Agent, Token);
        var link = await server.LinkAsync(ann, LinkPurpose.Password, Token);
        var page = await browser.OpenAsync(400, 800);
        await page.GotoAsync(new Uri(server.Address, link).AbsoluteUri);
        await FitsAsync(page);
        await page.FillAsync("#password", Colleagues.Password);
        await page.Keyboard.PressAsync("Enter");
        await ConsoleBrowser.ArriveAsync(page, "login", "set=true");
        await FitsAsync(page);

        await SignInAsync(page, ann);
        await ConsoleBrowser.ArriveAsync(page, "inbox");
        await page.GotoAsync(server.Address + "account");
        await FitsAsync(page);
        var key = await page.Locator("[data-code-key]").InnerTextAsync();
        await page.FillAsync("#code", Code(key, 0));
        await page.Keyboard.PressAsync("Enter");
        await ConsoleBrowser.ArriveAsync(page, "account", "done=code");

        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).PressAsync("Enter");
        await ConsoleBrowser.ArriveAsync(page, "login");
        await SignInAsync(page, ann);
        await ConsoleBrowser.ArriveAsync(page, "login/code");
        await FitsAsync(page);
        // The next one: however long the pages took, it is newer than the one that was used.
        await page.Keyboard.TypeAsync(Code(key, 30));
        await page.Keyboard.PressAsync("Enter");
        await ConsoleBrowser.ArriveAsync(page, "inbox");
    }

    [Fact]
    public async Task Shows_people_to_admins_on_a_narrow_window()
    {
        var admin = await server.PersonAsync(PersonRole.Admin, Token);
        var page = await browser.OpenAsync(400, 800);
        await page.GotoAsync(new Uri(
            server.Address, await server.LinkAsync(admin, LinkPurpose.SignIn, Token)).AbsoluteUri);
        await page.GotoAsync(server.Address + "people");

        await FitsAsync(page);
        await Assertions.Expect(page.Locator($"[data-person='{admin.Id}']")).ToContainTextAsync("admin (you)");
    }

    private static async Task SignInAsync(IPage page, Person person)
    {
        // The first field has the focus.
        await page.Keyboard.TypeAsync(person.Email);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(Colleagues.Password);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task FitsAsync(IPage page) => Assert.True(
        await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
        $"{page.Url} scrolls sideways");

    private static string Code(string key, int seconds) =>
        OneTimeCodes.Code(key, TimeProvider.System.GetUtcNow().AddSeconds(seconds));
}
