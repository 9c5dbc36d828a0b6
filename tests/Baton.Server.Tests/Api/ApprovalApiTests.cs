using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Conversations.Approvals;
using Baton.Tools.Authority;
using Baton.Tools.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Api;

/// <summary>Approvals over HTTP and in the console.</summary>
public sealed class ApprovalApiTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private const string Asked = """{"order_id":"NW-1","amount":140}""";

    private static string Digest => EffectKey.InputDigest(new ToolCall
    {
        Tool = "issue_refund", Agent = "refund", ConversationId = "any", Inputs = JsonNode.Parse(Asked)!.AsObject(),
    });

    private async Task<string> AskAsync(string ticket)
    {
        using var api = server.Api();
        using var made = await api.PostAsJsonAsync(
            "/api/tickets", new { id = ticket, body = "my bicycle is made of cheese" }, Token);
        made.EnsureSuccessStatusCode();
        var now = TimeProvider.System.GetUtcNow();
        var (id, isNew) = await server.Services.GetRequiredService<ApprovalDesk>().AskAsync(new Approval
        {
            Id = $"ap_{ticket}", EffectKey = $"key {ticket}", ConversationId = ticket, Agent = "refund",
            Tool = "issue_refund", InputDigest = Digest, Inputs = Asked, Amount = 140,
            Currency = "USD", Reason = "140.00 is more than 100.00", Role = "lead", RequestedAt = now,
            ExpiresAt = now.AddHours(1),
        }, null, Token);
        Assert.True(isNew);
        return id!;
    }

    [Fact]
    public async Task Lists_decides_and_refuses_to_decide_again()
    {
        var id = await AskAsync("APPR-1");
        using var api = server.Api();

        var list = await api.GetFromJsonAsync<JsonElement>("/api/approvals", Token);
        using var bad = await api.PostAsJsonAsync($"/api/approvals/{id}", new { decision = "yes" }, Token);
        using var half = await api.PostAsync($"/api/approvals/{id}", new StringContent(
            """{"decision":"approve","why":"\ud800"}""", Encoding.UTF8, "application/json"), Token);
        using var yes = await api.PostAsJsonAsync($"/api/approvals/{id}", new { decision = "approve" }, Token);
        using var again = await api.PostAsJsonAsync($"/api/approvals/{id}", new { decision = "approve" }, Token);
        using var none = await api.PostAsJsonAsync("/api/approvals/ap_none", new { decision = "approve" }, Token);

        var item = list.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("id").GetString() == id);
        Assert.Equal(140, item.GetProperty("inputs").GetProperty("amount").GetInt32());
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, half.StatusCode);
        Assert.Equal(HttpStatusCode.OK, yes.StatusCode);
        Assert.Equal("approved",
            (await yes.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Refuses_changed_inputs_that_policy_forbids_at_once_and_says_why()
    {
        var id = await AskAsync("APPR-3");
        using var api = server.Api();
        using var visitor = await server.VisitorAsync(Token);

        using var over = await api.PostAsJsonAsync(
            $"/api/approvals/{id}",
            new { decision = "approve", inputs = new { order_id = "NW-10023", amount = -5 } }, Token);
        using var form = await visitor.PostFormAsync(
            "/approvals", "/approvals", new() { ["id"] = id, ["decision"] = "approve", ["amount"] = "-5" }, Token);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity),
            (over.StatusCode, form.StatusCode));
        var problem = await over.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Contains(
            "policy does not allow it (input:", problem.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        Assert.Contains(
            "Policy does not allow it (input:", await form.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        var store = server.Services.GetRequiredService<ConversationStore>();
        Assert.Equal(ApprovalStatus.Open, store.Database.Read(c => ApprovalRows.Find(c, id))!.Status);
    }

    [Fact]
    public async Task Shows_it_in_the_console_and_takes_the_decision_there()
    {
        var id = await AskAsync("APPR-2");
        using var visitor = await server.VisitorAsync(Token);
        var page = await visitor.GetStringAsync("/approvals", Token);

        Assert.Contains($"data-approval=\"{id}\"", page, StringComparison.Ordinal);
        Assert.Contains("140.00 is more than 100.00", page, StringComparison.Ordinal);
        using var without = await visitor.PostFormAsync(
            "/approvals", "/approvals", new() { ["id"] = id, ["decision"] = "refuse", ["why"] = "" }, Token);
        using var refused = await visitor.PostFormAsync(
            "/approvals", "/approvals", new() { ["id"] = id, ["decision"] = "refuse", ["why"] = "no proof" }, Token);

        Assert.Equal(HttpStatusCode.Conflict, without.StatusCode);
        var store = server.Services.GetRequiredService<ConversationStore>();
        Assert.Equal(ApprovalStatus.Refused, store.Database.Read(c => ApprovalRows.Find(c, id))!.Status);
    }
}
