using System.Net;
using System.Net.Http.Json;
using Baton.Conversations;
using Baton.People;
using Baton.Server.Tests.Accounts;

namespace Baton.Server.Tests.Pages.Inboxes;

/// <summary>Writing a reply: macros with holes, what would leave, and what does.</summary>
public sealed class WritingTests(ServerFixture server)
{
    private const string Macro = "refund-on-its-way";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fills_a_macro_from_the_ticket_and_the_person_and_leaves_what_only_a_person_knows()
    {
        var ann = await server.PersonAsync(PersonRole.Agent, Token);
        using var browser = await server.SignedInAsync(ann, Token);
        await EscalatedAsync("write-macro");

        var text = await browser.GetStringAsync($"/desk/macros/{Macro}?ticket=write-macro", Token);
        using var missing = await browser.GetAsync("/desk/macros/none?ticket=write-macro", Token);
        var page = await browser.GetStringAsync($"/inbox/write-macro?macro={Macro}", Token);

        Assert.StartsWith("Hi Robin Vale,", text, StringComparison.Ordinal);
        Assert.Contains("order NW-10003", text, StringComparison.Ordinal);
        Assert.Contains(ann.Name, text, StringComparison.Ordinal);
        Assert.Contains("**{refund_amount}**", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        // Without scripts the field is filled by the page.
        Assert.Contains("Hi Robin Vale,", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_send_a_hole_and_loses_no_word_of_it()
    {
        using var browser = await server.SignedInAsync(await server.PersonAsync(PersonRole.Agent, Token), Token);
        await EscalatedAsync("write-hole");

        using var refused = await SendAsync(browser, "write-hole", "Your refund of {refund_amount} is on its way.");
        var page = await refused.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("The reply still has {refund_amount}", page, StringComparison.Ordinal);
        Assert.Contains("is on its way.", page, StringComparison.Ordinal);
        Assert.Empty(server.Facts<ConversationEvent.ReplyWritten>("write-hole"));
        using var sent = await SendAsync(browser, "write-hole", "A {first_name} of another system is no hole.");
        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
    }

    [Fact]
    public async Task Sends_what_the_channel_can_carry_and_shows_it_before()
    {
        using var browser = await server.SignedInAsync(await server.PersonAsync(PersonRole.Agent, Token), Token);
        await EscalatedAsync("write-plain");
        const string Written = "Your **refund** is [here](https://example.com/r).";
        const string Left = "Your refund is here (https://example.com/r).";

        using var preview = await browser.PostFormAsync(
            "/inbox/write-plain", "/desk/preview", new() { ["id"] = "write-plain", ["text"] = Written }, Token);
        using var sent = await SendAsync(browser, "write-plain", Written);

        Assert.Contains(Left, await preview.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(Left, Assert.Single(server.Facts<ConversationEvent.ReplyWritten>("write-plain")).Text);
    }

    [Theory]
    [InlineData("**a** and *b*", "<p><strong>a</strong> and <em>b</em></p>")]
    [InlineData("- a\n- b\n\n1. c", "<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>")]
    [InlineData("<script>x</script> <b>", "<p>&lt;script&gt;x&lt;/script&gt; &lt;b&gt;</p>")]
    [InlineData("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>")]
    [InlineData("[a](https://x.example/\" onclick=\"y)", "<p>[a](https://x.example/&quot; onclick=&quot;y)</p>")]
    [InlineData("[a](https://x.example/?b=c)",
        "<p><a href=\"https://x.example/?b=c\" rel=\"noopener noreferrer\">a</a></p>")]
    public void Shows_Markdown_and_never_what_somebody_hides_in_it(string text, string html) =>
        Assert.Equal(html, Baton.Text.MarkdownHtml.Of(text));

    private static Task<HttpResponseMessage> SendAsync(HttpClient browser, string id, string text) =>
        browser.PostFormAsync("/inbox/" + id, "/tickets/messages", new()
        {
            ["id"] = id, ["text"] = text, ["from"] = "agent", ["back"] = "/inbox/" + id,
        }, Token);

    private async Task EscalatedAsync(string id)
    {
        using var api = server.Api();
        using var answer = await api.PostAsJsonAsync("/api/tickets?wait=30s", new
        {
            id, customer = new { id = "c-" + id, name = "Robin Vale", email = "robin@example.com" },
            body = "I want to speak to a person about order NW-10003, please. A real human being.",
        }, Token);
        answer.EnsureSuccessStatusCode();
    }
}
