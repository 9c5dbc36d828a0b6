using System.Net;
using System.Text.RegularExpressions;
using Baton.People;
using Baton.People.SignIn;
using Baton.Storage;
using Baton.Storage.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Accounts;

/// <summary>People sign in, in a host of their own: its limits are their own too.</summary>
public sealed partial class PasswordLogInTests : IAsyncLifetime
{
    private readonly ServerFixture _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Opens_the_console_for_the_password_and_goes_where_the_person_wanted()
    {
        var ann = await _server.PersonAsync(PersonRole.Lead, Token);
        using var browser = _server.Stranger();
        using var opened = await LogInAsync(browser, ann.Email.ToUpperInvariant(), Colleagues.Password, "/costs");
        var page = await browser.GetStringAsync("/costs", Token);

        Assert.Equal("/costs", opened.Headers.Location?.ToString());
        Assert.Contains(ann.Name, page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/people\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_nobody_whether_an_address_is_known()
    {
        var (known, disabled) = (await _server.PersonAsync(PersonRole.Agent, Token),
            await _server.PersonAsync(PersonRole.Agent, Token));
        await People.DisableAsync(disabled.Id, true, "test", Token);
        using var browser = _server.Stranger();
        var answers = new List<string>();
        foreach (var (email, password) in ((string, string)[])
            [(known.Email, "wrong"), ("nobody@example.com", "wrong"), (disabled.Email, Colleagues.Password),
                ("", "")])
        {
            using var answer = await LogInAsync(browser, email, password);
            answers.Add($"{answer.StatusCode} {answer.Headers.Location} {await answer.Content.ReadAsStringAsync(Token)}");
        }

        Assert.Equal("Found /login?wrong=password ", Assert.Single(answers.Distinct()));
        Assert.Contains("E-mail or password is wrong",
            await browser.GetStringAsync("/login?wrong=password", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Makes_an_address_wait_that_guesses_whomever_it_tries()
    {
        var ann = await _server.PersonAsync(PersonRole.Agent, Token);
        using var browser = _server.Stranger();
        for (var i = 0; i < 10; i++)
        {
            using var wrong = await LogInAsync(browser, $"guess{i}@example.com", "wrong");
            Assert.Equal(HttpStatusCode.Redirect, wrong.StatusCode);
        }
        using var refused = await LogInAsync(browser, ann.Email, Colleagues.Password);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task Asks_for_a_code_once_the_person_has_turned_it_on_and_takes_it_off_again()
    {
        var ann = await _server.PersonAsync(PersonRole.Agent, Token);
        using var browser = await _server.SignedInAsync(ann, Token);
        var key = Key().Match(await browser.GetStringAsync("/account", Token)).Groups[1].Value;
        using var on = await browser.PostFormAsync(
            "/account", "/account/code", new() { ["code"] = Code(key, -30) }, Token);
        Assert.Equal("/account?done=code", on.Headers.Location?.ToString());

        using var other = _server.Stranger();
        using var half = await LogInAsync(other, ann.Email, Colleagues.Password, "/tickets");
        Assert.Equal("/login/code", half.Headers.Location?.ToString());
        using var outside = await other.GetAsync("/tickets", Token);
        Assert.Equal("/login?to=%2Ftickets", outside.Headers.Location?.ToString());
        using var wrong = await other.PostFormAsync("/login/code", "/login/code", new() { ["code"] = "abcdef" }, Token);
        Assert.StartsWith("/login/code?wrong=true", wrong.Headers.Location?.ToString(), StringComparison.Ordinal);
        using var used = await other.PostFormAsync(
            "/login/code", "/login/code", new() { ["code"] = Code(key, -30) }, Token);
        Assert.StartsWith("/login/code?wrong=true", used.Headers.Location?.ToString(), StringComparison.Ordinal);
        using var right = await other.PostFormAsync(
            "/login/code", "/login/code", new() { ["code"] = Code(key, 0) }, Token);
        Assert.Equal("/tickets", right.Headers.Location?.ToString());

        using var off = await browser.PostFormAsync(
            "/account", "/account/code/remove", new() { ["code"] = Code(key, 30) }, Token);
        Assert.Equal("/account?done=no-code", off.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Asks_nobody_for_a_code_whose_password_was_not_right()
    {
        using var browser = _server.Stranger();
        using var answer = await browser.PostFormAsync(
            "/login", "/login/code", new() { ["code"] = "123456" }, Token);

        Assert.Equal("/login?wrong=late", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Sets_a_password_by_a_link_that_works_once()
    {
        var ann = await _server.PersonAsync(PersonRole.Agent, Token);
        var path = await _server.LinkAsync(ann, LinkPurpose.Password, Token);
        using var browser = _server.Stranger();
        Dictionary<string, string> Form(string password) =>
            new() { ["token"] = path[PersonLinks.JoinPath.Length..], ["password"] = password };
        using var weak = await browser.PostFormAsync(path, "/join", Form("short"), Token);
        using var set = await browser.PostFormAsync(path, "/join", Form("six other words that work"), Token);
        using var again = await browser.PostFormAsync("/login", "/join", Form("six other words that work"), Token);
        using var over = await browser.GetAsync(path, Token);
        using var opened = await LogInAsync(browser, ann.Email, "six other words that work");

        Assert.Equal((HttpStatusCode.BadRequest, "/login?set=true", HttpStatusCode.NotFound, HttpStatusCode.NotFound),
            (weak.StatusCode, set.Headers.Location?.ToString(), again.StatusCode, over.StatusCode));
        Assert.Equal("/inbox", opened.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Changes_the_password_for_who_knows_the_old_one_and_ends_the_other_sessions()
    {
        var ann = await _server.PersonAsync(PersonRole.Agent, Token);
        using var here = await _server.SignedInAsync(ann, Token);
        using var elsewhere = await _server.SignedInAsync(ann, Token);
        Dictionary<string, string> Form(string old) =>
            new() { ["old"] = old, ["password"] = "six other words that work" };
        using var wrong = await here.PostFormAsync("/account", "/account/password", Form("wrong"), Token);
        using var changed = await here.PostFormAsync(
            "/account", "/account/password", Form(Colleagues.Password), Token);

        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal("/account?done=password", changed.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/account", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/account", Token)).StatusCode);
    }

    [Fact]
    public async Task Lists_the_own_sessions_and_ends_one_but_nobody_elses()
    {
        var ann = await _server.PersonAsync(PersonRole.Agent, Token);
        using var here = await _server.SignedInAsync(ann, Token);
        using var lost = await _server.SignedInAsync(ann, Token);
        using var colleague = await _server.SignedInAsync(await _server.PersonAsync(PersonRole.Agent, Token), Token);
        var own = Session().Matches(await here.GetStringAsync("/account", Token)).Select(m => m.Groups[1].Value)
            .ToList();
        var others = Session().Match(await colleague.GetStringAsync("/account", Token)).Groups[1].Value;
        var ends = Ends().Match(await here.GetStringAsync("/account", Token)).Groups[1].Value;
        using var ended = await here.PostFormAsync(
            "/account", "/account/sessions/end", new() { ["session"] = ends }, Token);
        using var refused = await here.PostFormAsync(
            "/account", "/account/sessions/end", new() { ["session"] = others }, Token);

        Assert.Equal(2, own.Count);
        Assert.DoesNotContain(others, own);
        Assert.Equal("/account?done=session", ended.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await lost.GetAsync("/account", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await colleague.GetAsync("/account", Token)).StatusCode);
    }

    [Fact]
    public async Task Puts_log_ins_and_changes_on_the_record_with_the_persons_id()
    {
        var ann = await _server.PersonAsync(PersonRole.Admin, Token);
        using var browser = await _server.SignedInAsync(ann, Token);
        using var added = await browser.PostFormAsync("/people", "/people",
            new() { ["name"] = "New One", ["email"] = "new@example.com", ["role"] = "agent" }, Token);
        var page = await added.Content.ReadAsStringAsync(Token);
        var fresh = People.FindByEmail("new@example.com")!;

        Assert.Contains("/join/", page, StringComparison.Ordinal);
        Assert.Contains($"\"by\":\"{ann.Id}\"", Events("operations/people/" + fresh.Id)[0], StringComparison.Ordinal);
        Assert.Contains(Events("operations/access"),
            e => e.Contains($"\"person\":\"{ann.Id}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tells_an_admin_that_somebody_else_was_faster()
    {
        var person = await _server.PersonAsync(PersonRole.Agent, Token);
        using var admin = await _server.SignedInAsync(await _server.PersonAsync(PersonRole.Admin, Token), Token);
        Dictionary<string, string> Form(string role) =>
            new() { ["person"] = person.Id, ["version"] = "1", ["role"] = role };
        using var first = await admin.PostFormAsync("/people", "/people/change", Form("lead"), Token);
        using var second = await admin.PostFormAsync("/people", "/people/change", Form("viewer"), Token);

        Assert.Equal("/people", first.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Contains("was changed by somebody while you looked", await second.Content.ReadAsStringAsync(Token),
            StringComparison.Ordinal);
        Assert.Equal(PersonRole.Lead, People.Find(person.Id)!.Role);
    }

    [Fact]
    public async Task Takes_a_role_away_at_once()
    {
        var ann = await _server.PersonAsync(PersonRole.Admin, Token);
        using var browser = await _server.SignedInAsync(ann, Token);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/people", Token)).StatusCode);
        await People.ChangeAsync(ann.Id, 1, PersonDetails.Of(ann) with { Role = PersonRole.Viewer }, "test", Token);

        using var refused = await browser.GetAsync("/people", Token);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/tickets", Token)).StatusCode);
    }

    private PeopleStore People => _server.Services.GetRequiredService<PeopleStore>();

    private List<string> Events(string stream) => [.. _server.Services.GetRequiredService<Database>()
        .Read(c => Ledger.Read(c, stream)).Select(e => e.Json)];

    private Task<HttpResponseMessage> LogInAsync(HttpClient browser, string email, string password, string to = "") =>
        browser.PostFormAsync(
            "/login", "/login", new() { ["email"] = email, ["password"] = password, ["to"] = to }, Token);

    private static string Code(string key, int seconds) =>
        OneTimeCodes.Code(key, TimeProvider.System.GetUtcNow().AddSeconds(seconds));

    [GeneratedRegex("data-code-key[^>]*>([A-Z2-7]+)<")]
    private static partial Regex Key();

    [GeneratedRegex("data-session=\"(s_[0-9a-f]+)\"")]
    private static partial Regex Session();

    [GeneratedRegex("name=\"session\" value=\"(s_[0-9a-f]+)\"")]
    private static partial Regex Ends();
}
