using System.Text.RegularExpressions;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Baton.Server.Tests.Pages.ConsoleBrowser))]

namespace Baton.Server.Tests.Pages;

/// <summary>
/// One browser for all tests; every page has cookies and storage of its own. Started by the first that needs it.
/// </summary>
public sealed class ConsoleBrowser : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    /// <summary>Longer than any page takes on a busy machine, milliseconds.</summary>
    private const float Patience = 120_000;

    /// <summary>Characters of a page that an error shows.</summary>
    private const int Shown = 600;

    private const string Loaded =
        "() => new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', () => done()))";

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _running = new(StartAsync);

    /// <summary>An empty page.</summary>
    public async Task<IPage> OpenAsync(int width, int height, ColorScheme scheme = ColorScheme.Light)
    {
        if (!File.Exists(Chromium)) Assert.Skip($"{Chromium} is not installed: apt-get install chromium");
        var page = await (await _running.Value).Browser.NewPageAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme,
        });
        page.SetDefaultTimeout(Patience);
        return page;
    }

    /// <summary>Logs in where a page of the console asks for it, by the button.</summary>
    /// <param name="path">The page that is wanted, without a leading slash.</param>
    internal static async Task LogInAsync(IPage page, ServerFixture server, string path = "playground")
    {
        await page.GotoAsync(server.Address + path);
        await OpenKeyFormAsync(page);
        await page.FillAsync("#key", server.Key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in", Exact = true }).ClickAsync();
        await ArriveAsync(page, path);
    }

    /// <summary>Folded away once there are people, whom other tests add.</summary>
    internal static Task OpenKeyFormAsync(IPage page) =>
        page.Locator("details:has(#key)").EvaluateAsync("form => { form.open = true; }");

    /// <summary>
    /// Waits until the page is there, and says what is there instead when it does not come. The driver itself looks at
    /// the address: <c>WaitForURLAsync</c> listens for events here, and misses one that comes while it begins to
    /// listen.
    /// </summary>
    /// <param name="path">Where the address is, without a leading slash.</param>
    /// <param name="query">What its query holds.</param>
    internal static async Task ArriveAsync(IPage page, string path, string query = "")
    {
        try
        {
            await Assertions.Expect(page)
                .ToHaveURLAsync(new Regex("/" + Regex.Escape(path) + ".*" + Regex.Escape(query)),
                new() { Timeout = Patience });
            await page.EvaluateAsync(Loaded);
        }
        catch (Exception error) when (error is TimeoutException or PlaywrightException)
        {
            var text = await page.Locator("body").InnerTextAsync(new() { Timeout = 5_000 });
            throw new TimeoutException(
                $"/{path}{query} did not come: the browser is at {page.Url} and shows: {text[..Math.Min(text.Length, Shown)]}", error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_running.IsValueCreated) return;
        var (playwright, browser) = await _running.Value;
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private static async Task<(IPlaywright, IBrowser)> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        return (playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        }));
    }
}
