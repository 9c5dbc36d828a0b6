using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Baton.People;
using Baton.Server.Tests.Accounts;

namespace Baton.Server.Tests.Api;

/// <summary>The demo does what it is asked for, with no key and no model.</summary>
public sealed class DemoRefundTests(ServerFixture server) : IDisposable
{
    private readonly HttpClient _api = server.Api();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _api.Dispose();

    private async Task<JsonElement> PostAsync(string id, string email, string body)
    {
        var ticket = JsonSerializer.Serialize(new
        {
            id, body, customer = new { id = "C-" + id, email, verified = true, tier = "plus" },
        });
        using var content = new StringContent(ticket, Encoding.UTF8, "application/json");
        using var answer = await _api.PostAsync(new Uri("/api/tickets?wait=20s", UriKind.Relative), content, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    [Theory]
    [InlineData("demo-refund", "lena.brandt@example.com", "Please refund my order NW-10023, I want my money back", "issue_refund", 91)]
    [InlineData("demo-cancel", "robin.vale@example.com", "Please cancel my order NW-10010, I do not need it any more", "cancel_order", null)]
    [InlineData("demo-exchange", "yuki.tanabe@example.com", "I would like to exchange NW-10008, please send me size L instead", "exchange_item", null)]
    [InlineData("demo-invoice", "ines.duarte@example.com", "Please email me a copy of the invoice for order NW-10048", "send_invoice", null)]
    public async Task Acts_for_a_verified_customer_and_lists_what_was_done(
        string id, string email, string body, string tool, int? amount)
    {
        var decision = await PostAsync(id, email, body);
        Assert.True(decision.GetProperty("outcome").GetString() == "acted", decision.GetRawText());
        var ticket = await _api.GetFromJsonAsync<JsonElement>($"/api/tickets/{id}", Token);
        var action = Assert.Single(ticket.GetProperty("actions").EnumerateArray());
        Assert.Equal((tool, "done"), (action.GetProperty("tool").GetString(), action.GetProperty("status").GetString()));
        var reference = action.GetProperty("reference").GetString()!;
        Assert.Contains(ticket.GetProperty("messages").EnumerateArray(),
            m => m.GetProperty("text").GetString()!.Contains(reference, StringComparison.Ordinal));
        if (amount is not null) Assert.Equal(amount.Value, action.GetProperty("amount").GetDecimal());
    }

    [Fact]
    public async Task Shows_workflows_as_pictures_and_the_runs_with_their_steps()
    {
        await PostAsync("demo-page", "ellen.marsh@example.com", "Please cancel my order NW-10060, I do not need it");
        using var lead = await server.SignedInAsync(await server.PersonAsync(PersonRole.Lead, Token), Token);

        var page = await lead.GetStringAsync("/workflows", Token);

        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.Contains("calls issue_refund", page, StringComparison.Ordinal);
        Assert.Contains("demo-page", page, StringComparison.Ordinal);
    }
}
