using System.Net;
using System.Text;

namespace Baton.Server.Tests.Pages;

public sealed class ConsolePagesTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/playground")]
    [InlineData("/tickets")]
    [InlineData("/tickets/any")]
    public async Task Sends_strangers_to_the_log_in_page(string path)
    {
        using var stranger = server.Stranger();
        using var answer = await stranger.GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/login?to=" + Uri.EscapeDataString(path), answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Says_that_nobody_has_a_wrong_key()
    {
        using var stranger = server.Stranger();
        using var answer = await stranger.PostFormAsync("/login", "/login", new() { ["key"] = "bt_wrong" }, Token);
        var page = await stranger.GetStringAsync(answer.Headers.Location, Token);

        Assert.Contains("Nobody has this key", page, StringComparison.Ordinal);
        using var inside = await stranger.GetAsync("/playground", Token);
        Assert.Equal(HttpStatusCode.Redirect, inside.StatusCode);
    }

    [Theory]
    [InlineData("/tickets?route=l1", "/tickets?route=l1")]
    [InlineData("https://example.com/", "/playground")]
    [InlineData("//example.com", "/playground")]
    [InlineData("/\\example.com", "/playground")]
    public async Task Goes_on_to_its_own_pages_only(string wanted, string target)
    {
        using var stranger = server.Stranger();
        using var answer = await stranger.PostFormAsync(
            "/login", "/login", new() { ["key"] = server.Key, ["to"] = wanted }, Token);

        Assert.Equal(target, answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Refuses_forms_without_the_token_of_their_page()
    {
        using var visitor = await server.VisitorAsync(Token);
        using var content = new FormUrlEncodedContent([new("Body", "hello")]);
        using var answer = await visitor.PostAsync("/playground", content, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Logs_out()
    {
        using var visitor = await server.VisitorAsync(Token);
        using var answer = await visitor.PostFormAsync("/playground", "/logout", [], Token);
        using var after = await visitor.GetAsync("/playground", Token);

        Assert.Equal("/login", answer.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }

    [Fact]
    public async Task Shows_markup_of_customers_as_text()
    {
        await SubmitAsync("""{"id":"xss","subject":"<script>alert('s')</script>","body":"<script>alert('b')</script> <img src=x onerror=alert(1)>"}""");
        using var visitor = await server.VisitorAsync(Token);

        foreach (var path in (
            string[])["/tickets/xss", "/tickets?q=xss", "/tickets?q=%3Cscript%3Ealert(2)%3C/script%3E"])
        {
            var page = await visitor.GetStringAsync(path, Token);
            Assert.DoesNotContain("<script>alert", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img src=x", page, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("&lt;script&gt;alert", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Forbids_inline_code_and_foreign_frames()
    {
        using var stranger = server.Stranger();
        using var answer = await stranger.GetAsync("/login", Token);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Filters_the_list()
    {
        await SubmitAsync("""{"id":"filter-a","channel":"filtering","body":"Where is my order NW-10003?"}""");
        await SubmitAsync("""{"id":"filter-b","channel":"other","body":"Where is my order NW-10003?"}""");
        using var visitor = await server.VisitorAsync(Token);

        var page = await visitor.GetStringAsync("/tickets?channel=filtering", Token);

        Assert.Contains("row-filter-a", page, StringComparison.Ordinal);
        Assert.DoesNotContain("row-filter-b", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_when_nothing_matches()
    {
        using var visitor = await server.VisitorAsync(Token);

        Assert.Contains("No ticket matches",
            await visitor.GetStringAsync("/tickets?channel=nobody-writes-here", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_filter_that_cannot_match()
    {
        using var visitor = await server.VisitorAsync(Token);
        using var answer = await visitor.GetAsync("/tickets?status=asleep", Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("use open, waiting, escalated", await answer.Content.ReadAsStringAsync(Token),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_there_is_no_such_ticket()
    {
        using var visitor = await server.VisitorAsync(Token);
        using var answer = await visitor.GetAsync("/tickets/nowhere", Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Opens_tickets_whose_id_has_a_slash()
    {
        await SubmitAsync("""{"id":"shop/4#2","body":"Where is my order NW-10003?"}""");
        using var visitor = await server.VisitorAsync(Token);

        var page = await visitor.GetStringAsync("/tickets/" + Uri.EscapeDataString("shop/4#2"), Token);

        Assert.Contains("Where is my order NW-10003?", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adds_a_message_from_the_page()
    {
        await SubmitAsync("""{"id":"adds-a-message","body":"Where is my order?"}""");
        using var visitor = await server.VisitorAsync(Token);
        using var answer = await visitor.PostFormAsync("/tickets/adds-a-message", "/tickets/messages",
            new() { ["id"] = "adds-a-message", ["text"] = "Is anybody there?", ["from"] = "customer" }, Token);
        var page = await visitor.GetStringAsync("/tickets/adds-a-message", Token);

        Assert.StartsWith("/tickets/adds-a-message", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Contains("Is anybody there?", page, StringComparison.Ordinal);
        Assert.Contains("id=\"turn-2\"", page, StringComparison.Ordinal);
    }

    private async Task SubmitAsync(string json)
    {
        using var api = server.Api();
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await api.PostAsync("/api/tickets?wait=10s", content, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
