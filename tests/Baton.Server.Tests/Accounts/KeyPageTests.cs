using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Baton.People;
using Baton.Server.Accounts.Keys;

namespace Baton.Server.Tests.Accounts;

/// <summary>Keys, as admins make and end them in the console.</summary>
public sealed partial class KeyPageTests(ServerFixture server)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_shown_once_may_what_was_chosen_and_ends_with_a_click()
    {
        using var admin = await server.SignedInAsync(await server.PersonAsync(PersonRole.Admin, Token), Token);
        using var made = await MakeAsync(admin, "page-reader", "tickets:read");
        var page = await made.Content.ReadAsStringAsync(Token);
        var key = NewKey().Match(page).Groups[1].Value;

        Assert.True(made.Headers.CacheControl?.NoStore);
        Assert.Equal(HttpStatusCode.OK, await CallAsync(key, "/api/tickets"));
        Assert.Equal(HttpStatusCode.Forbidden, await CallAsync(key, "/api/costs"));

        var list = await admin.GetStringAsync("/keys", Token);
        Assert.DoesNotContain(key, list, StringComparison.Ordinal);
        using var twice = await MakeAsync(admin, "page-reader", "tickets:read");
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);

        var id = Regex.Match(list, "data-key-id=\"(key_[0-9a-f]+)\"[^>]*>\\s*<th scope=\"row\">page-reader<").Groups[1].Value;
        using var ended = await admin.PostFormAsync("/keys", "/keys/revoke", new() { ["key"] = id }, Token);
        using var again = await admin.PostFormAsync("/keys", "/keys/revoke", new() { ["key"] = id }, Token);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.NotFound), (ended.StatusCode, again.StatusCode));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(key, "/api/tickets"));
    }

    [Fact]
    public async Task A_key_that_may_do_everything_is_never_made_by_leaving_boxes_empty()
    {
        using var admin = await server.SignedInAsync(await server.PersonAsync(PersonRole.Admin, Token), Token);

        using var empty = await admin.PostFormAsync("/keys", "/keys", new() { ["name"] = "page-empty" }, Token);
        using var wrong = await MakeAsync(admin, "page-wrong", "tickets:eat");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (empty.StatusCode, wrong.StatusCode));
        Assert.Contains("tickets:eat", await wrong.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.DoesNotContain("page-empty", await admin.GetStringAsync("/keys", Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", "cannot be a name")]
    [InlineData("a\nb", "", "cannot be a name")]
    [InlineData("shop", "0d", "expires '0d'")]
    [InlineData("shop", "2026-11-29", "expires '2026-11-29'")]
    [InlineData("shop", "2026-13-01", "expires '2026-13-01'")]
    [InlineData("shop", "soon", "expires 'soon'")]
    public void Says_what_is_wrong(string name, string expires, string problem) =>
        Assert.Contains(problem, KeyWords.Read(name, [], expires, Now).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("90d", "2027-02-28T12:00:00Z")]
    [InlineData("2026-11-30", "2026-12-01T00:00:00Z")]
    [InlineData("", null)]
    public void Reads_when_it_ends(string expires, string? end) => Assert.Equal(
        end is null ? null : DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture),
        KeyWords.Read("shop", [], expires, Now).Key!.ExpiresAt);

    private static Task<HttpResponseMessage> MakeAsync(HttpClient admin, string name, string scope) =>
        admin.PostFormAsync("/keys", "/keys", new() { ["name"] = name, ["scope"] = scope }, Token);

    private async Task<HttpStatusCode> CallAsync(string key, string path)
    {
        using var program = server.Stranger();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await program.GetAsync(path, Token);
        return answer.StatusCode;
    }

    [GeneratedRegex("data-new-key[^>]*>(bt_[0-9a-f]+)<")]
    private static partial Regex NewKey();
}
