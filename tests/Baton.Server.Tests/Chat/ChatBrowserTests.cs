using Baton.Operations;
using Baton.Server.Tests.Pages;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Baton.Server.Tests.Chat;

/// <summary>The window in a real browser, on a page of another origin with a strict policy.</summary>
public sealed class ChatBrowserTests(ConsoleBrowser browser) : IAsyncLifetime
{
    private const string AsksForPerson = "I want to speak to a person, please. A real human being.";

    private readonly List<string> _complaints = [];
    private ForeignSite _site = null!;
    private ChatServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await ForeignSite.StartAsync(Token);
        _server = await ChatServer.StartAsync(_site.Address, Token);
        _site.Chat = _server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Answers_with_its_source_and_is_the_same_after_a_reload()
    {
        var page = await OpenAsync();
        await SayAsync(page, ChatServer.Question);

        await Assertions.Expect(Messages(page, "baton")).ToContainTextAsync("30 days");
        await Assertions.Expect(Messages(page, "baton")).ToContainTextAsync("Source: Returning something");
        await page.ReloadAsync();

        await Assertions.Expect(Messages(page, "customer")).ToHaveCountAsync(1);
        await Assertions.Expect(Messages(page, "baton")).ToHaveCountAsync(1);
        Assert.Empty(await page.Context.CookiesAsync());
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task Hands_over_to_a_person_who_answers_by_name_and_is_rated()
    {
        var page = await OpenAsync();
        await SayAsync(page, AsksForPerson);
        await Assertions.Expect(page.GetByText("A person of our team will answer here.")).ToBeVisibleAsync();
        await Assertions.Expect(Messages(page, "baton")).ToHaveCountAsync(1);
        var (ticket, agent) = (await TicketAsync(), await _server.PersonAsync("Amir Haddad", Token));
        await SayAsync(page, "It is about my tent.");

        await _server.ActAsync(ticket, new { action = "claim", by = agent }, Token);
        await Assertions.Expect(page.GetByText("Amir Haddad is here and answers you.")).ToBeVisibleAsync();
        await _server.ActAsync(ticket, new { action = "reply", by = agent, text = "Hello, how can I help?" }, Token);
        await Assertions.Expect(Messages(page, "agent")).ToContainTextAsync("Amir Haddad");
        await Assertions.Expect(Messages(page, "agent")).ToContainTextAsync("Hello, how can I help?");
        await _server.ActAsync(ticket, new { action = "close", by = agent, why = "done" }, Token);

        await page.GetByRole(AriaRole.Button, new() { Name = "Amazing" }).ClickAsync();
        await page.GetByLabel("What should we know?").FillAsync("Quick and kind");
        await page.Locator(".rate").GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Thank you for your rating.")).ToBeVisibleAsync();
        Assert.Equal(5, _server.Services.GetRequiredService<Conversations.ConversationStore>().Load(ticket).LastRating);
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task Says_what_waits_while_the_kill_switch_is_on()
    {
        await _server.Services.GetRequiredService<KillSwitch>().SetAsync(true, "test", "a test", Token);
        var page = await OpenAsync();

        await SayAsync(page, ChatServer.Question);

        await Assertions.Expect(Messages(page, "baton")).ToHaveCountAsync(1);
        await Assertions.Expect(Messages(page, "baton")).Not.ToContainTextAsync("30 days");
        await Assertions.Expect(page.GetByText("A person of our team will answer here.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Goes_on_after_a_restart_of_the_server_and_shows_nothing_twice()
    {
        var page = await OpenAsync();
        await SayAsync(page, ChatServer.Question);
        await Assertions.Expect(Messages(page, "baton")).ToHaveCountAsync(1);

        await _server.StopAsync();
        await SayAsync(page, AsksForPerson);
        await Assertions.Expect(page.GetByText("Not sent yet. Trying again")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("The connection is lost.")).ToBeVisibleAsync();
        await _server.StartAgainAsync(Token);

        await Assertions.Expect(Messages(page, "baton")).ToHaveCountAsync(2);
        await Assertions.Expect(Messages(page, "customer")).ToHaveCountAsync(2);
        await Assertions.Expect(page.GetByText("The connection is lost.")).ToBeHiddenAsync();
        Assert.Equal(1, await CountAsync("conversations"));
        Assert.Equal(4, await CountAsync("messages"));
    }

    [Fact]
    public async Task Is_written_from_right_to_left_where_the_page_is()
    {
        var page = await OpenAsync(query: "?dir=rtl&data-open=");
        await SayAsync(page, "שלום, how long do I have to return something?");

        Assert.Equal("rtl", await DirectionAsync());
        Assert.True(await LeftAsync() < 40, $"the window stands at {await LeftAsync()}");

        await page.EvaluateAsync("document.documentElement.dir = 'ltr'");
        Assert.Equal("ltr", await DirectionAsync());
        Assert.True(await LeftAsync() > 400, $"the window stands at {await LeftAsync()}");

        await page.EvaluateAsync("document.body.style.direction = 'rtl'");
        Assert.Equal("rtl", await DirectionAsync());

        Task<string> DirectionAsync() =>
            page.Locator(".panel").EvaluateAsync<string>("e => getComputedStyle(e).direction");

        async Task<float> LeftAsync() => (await page.Locator(".panel").BoundingBoxAsync())!.X;
    }

    [Theory]
    [InlineData(320, ColorScheme.Light, "")]
    [InlineData(320, ColorScheme.Dark, "&dir=rtl")]
    [InlineData(1200, ColorScheme.Light, "")]
    [InlineData(1200, ColorScheme.Dark, "")]
    public async Task Has_nothing_that_axe_calls_serious_and_scrolls_in_one_direction(
        int width, ColorScheme scheme, string query)
    {
        var page = await OpenAsync(width, scheme, "?data-open=" + query);
        var found = new List<string>(await LookAsync(page));
        await SayAsync(page, ChatServer.Question + " " + new string('x', 200));
        await Assertions.Expect(Messages(page, "baton")).ToHaveCountAsync(1);
        found.AddRange(await LookAsync(page));
        await SayAsync(page, AsksForPerson);
        await Assertions.Expect(Messages(page, "baton")).ToHaveCountAsync(2);
        found.AddRange(await LookAsync(page));
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator(".panel")).ToBeHiddenAsync();
        found.AddRange(await LookAsync(page));

        Assert.True(found.Count == 0, string.Join('\n', found.Distinct()));
    }

    [Fact]
    public async Task Is_used_by_keys_alone_and_gives_the_focus_back()
    {
        var page = await OpenAsync(query: "");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(ChatServer.Question);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Messages(page, "baton")).ToHaveCountAsync(1);

        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.Locator(".launcher")).ToBeFocusedAsync();
    }

    private async Task<IPage> OpenAsync(
        int width = 1000, ColorScheme scheme = ColorScheme.Light, string query = "?data-open=")
    {
        var page = await browser.OpenAsync(width, 800, scheme);
        page.PageError += (_, error) => _complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal)) _complaints.Add(message.Text);
        };
        await page.GotoAsync(_site.Address + query);
        return page;
    }

    private static async Task SayAsync(IPage page, string text)
    {
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Write a message" }).FillAsync(text);
        await page.Locator("form").GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
    }

    private static ILocator Messages(IPage page, string from) => page.Locator("li." + from);

    private Task<string> TicketAsync() => Task.FromResult(_server.Services.GetRequiredService<Storage.Database>().Read(
        c => c.First("select conversation_id from conversations", row => row.Text(0)))!);

    private Task<long> CountAsync(string table) => Task.FromResult(
        _server.Services.GetRequiredService<Storage.Database>().Read(c => c.Number($"select count(*) from {table}")) ?? 0);

    private static async Task<IEnumerable<string>> LookAsync(IPage page)
    {
        var result = await page.RunAxe();
        var wide = await page.EvaluateAsync<bool>(
            "() => document.documentElement.scrollWidth > innerWidth || [...document.querySelector('#baton-chat').shadowRoot.querySelectorAll('.log, .panel')].some(e => e.scrollWidth > e.clientWidth + 1)");
        return (
            from violation in result.Violations
            where violation.Impact is "serious" or "critical"
            from node in violation.Nodes
            select $"{violation.Id} at {node.Target}: {node.Html}").Concat(wide ? ["it is wider than the screen"] : []);
    }
}
