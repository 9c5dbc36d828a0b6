using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Baton.Server.Tests.Pages.Inboxes;

namespace Baton.Server.Tests.Pages;

/// <summary>Whose words a message on a ticket's page is.</summary>
public sealed class TicketFormTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("form-nobody-1", null)]
    [InlineData("form-nobody-2", "")]
    [InlineData("form-nobody-3", "baton")]
    public async Task Takes_no_words_whose_author_is_not_named(string id, string? from)
    {
        await SubmitAsync(id, "Where is my order NW-10003?");
        using var answer = await WriteAsync(id, "We have sent it again.", from);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(await MessagesAsync(id), m => m.Text == "We have sent it again.");
    }

    [Fact]
    public async Task Keeps_a_reply_to_an_escalated_ticket_as_the_persons_and_stops_the_clock()
    {
        await SubmitAsync("form-reply", "I want to speak to a person, please. A real human being.");
        using var answer = await WriteAsync("form-reply", "I will call you today.", "agent");

        Assert.StartsWith("/tickets/form-reply", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(("agent", "I will call you today."), await MessagesAsync("form-reply"));
        await server.LeaveAsync("form-reply", Token);
        Assert.Contains(("agent", "I will call you today."), await MessagesAsync("form-reply"));
        using var api = server.Api();
        var trace = await api.GetStringAsync("/api/tickets/form-reply/trace", Token);
        Assert.Contains("AgentReplied", trace, StringComparison.Ordinal);
        Assert.Equal(1, (await api.GetFromJsonAsync<JsonElement>("/api/tickets/form-reply", Token)).GetProperty("turns")
            .GetInt32());
    }

    [Fact]
    public async Task Offers_a_button_for_each_author_and_no_default()
    {
        await SubmitAsync("form-buttons", "Where is my order NW-10003?");
        using var visitor = await server.VisitorAsync(Token);
        var page = await visitor.GetStringAsync("/tickets/form-buttons", Token);

        Assert.Contains("name=\"from\" value=\"agent\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"from\" value=\"customer\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"radio\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decided_ticket_and_a_later_page_of_the_list_fetch_nothing_by_themselves()
    {
        await SubmitAsync("form-still", "Where is my order NW-10003?");
        using var visitor = await server.VisitorAsync(Token);

        Assert.DoesNotContain(
            "hx-get=\"/tickets/form-still\"", await visitor.GetStringAsync("/tickets/form-still", Token),
            StringComparison.Ordinal);
        var older = await visitor.GetStringAsync("/tickets?after=1~a", Token);
        Assert.DoesNotContain("hx-get=\"/tickets?after", older, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_a_ticket_by_the_words_of_a_message_and_calls_it_by_its_first_sentence()
    {
        await SubmitAsync("form-search", "The left wheel of the wheelbarrow squeaks. It has done so for weeks.");
        using var visitor = await server.VisitorAsync(Token);
        var page = await visitor.GetStringAsync("/tickets?q=WHEELBARROW", Token);

        Assert.Contains("row-form-search", page, StringComparison.Ordinal);
        Assert.Contains(">The left wheel of the wheelbarrow squeaks.</a>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_when_an_escalated_ticket_is_due()
    {
        await SubmitAsync("form-due", "I want to speak to a person, please. A real human being.");
        using var visitor = await server.VisitorAsync(Token);
        using var api = server.Api();
        var listed = await api.GetFromJsonAsync<JsonElement>("/api/tickets?q=form-due", Token);

        Assert.NotEqual(JsonValueKind.Null, listed.GetProperty("items")[0].GetProperty("due_at").ValueKind);
        Assert.Contains("data-due", await visitor.GetStringAsync("/tickets/form-due", Token), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> WriteAsync(string id, string text, string? from)
    {
        using var visitor = await server.VisitorAsync(Token);
        var fields = new Dictionary<string, string> { ["id"] = id, ["text"] = text };
        if (from is not null) fields["from"] = from;
        return await visitor.PostFormAsync("/tickets/" + id, "/tickets/messages", fields, Token);
    }

    private async Task<List<(string From, string Text)>> MessagesAsync(string id)
    {
        using var api = server.Api();
        var ticket = await api.GetFromJsonAsync<JsonElement>("/api/tickets/" + id, Token);
        return [.. ticket.GetProperty("messages").EnumerateArray()
            .Select(m => (m.GetProperty("from").GetString()!, m.GetProperty("text").GetString()!))];
    }

    private async Task SubmitAsync(string id, string body)
    {
        using var api = server.Api();
        using var content = new StringContent(
            JsonSerializer.Serialize(new { id, body }), Encoding.UTF8, "application/json");
        using var answer = await api.PostAsync("/api/tickets?wait=10s", content, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
