using System.Text.Json;
using Baton.Tests.Gateway.Endpoint;

namespace Baton.Tests.Gateway;

/// <summary>
/// Everything that leaves to a provider or is written on a receipt: no place is left for personal data.
/// </summary>
public sealed class BoundaryRedactionTests : IAsyncLifetime
{
    private const string Mail = "robin@example.com";

    private GatewayFixture _fixture = null!;
    private EndpointHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _fixture = await GatewayFixture.StartAsync();
        _fixture.Policy = _fixture.Policy with
        {
            Models = [.. _fixture.Policy.Models.Select(m => m with
            {
                Capabilities = m.Capabilities | Baton.Playbooks.Models.ModelCapabilities.Images,
            })],
        };
        _host = await EndpointHost.StartAsync(_fixture);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"role":"user","name":"MAIL","content":"x"}""", "")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":"MAIL","cache_control":{"type":"ephemeral"}}]}""",
        "")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":"x","cache_control":{"type":"MAIL"}}]}""", "")]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"MAIL","function":{"name":"f","arguments":"{\"MAIL\":\"MAIL\"}"}}]},{"role":"tool","tool_call_id":"MAIL","content":"MAIL"}""", "")]
    [InlineData(null, """ "tools":[{"type":"function","function":{"name":"f","description":"Mails MAIL","parameters":{"type":"object","properties":{"to":{"description":"MAIL","enum":["MAIL"]}}}}}] """)]
    [InlineData(null, """ "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"MAIL":{}}}}}] """)]
    [InlineData(null, """ "response_format":{"type":"json_schema","json_schema":{"name":"MAIL","description":"MAIL","schema":{"type":"object","properties":{"note":{"type":"string","description":"MAIL"}}}}} """)]
    [InlineData(null, """ "stop":["MAIL"] """)]
    [InlineData(null, """ "stop":"MAIL" """)]
    [InlineData(null, """ "prompt_cache_key":"MAIL","safety_identifier":"MAIL" """)]
    [InlineData(null, """ "prediction":{"type":"content","content":[{"type":"text","text":"write to MAIL"}]} """)]
    [InlineData(null, """ "future":{"deep":[{"MAIL":["MAIL"]}]} """)]
    [InlineData(null, """ "user":"MAIL","metadata":{"a":"MAIL"} """)]
    public async Task No_field_carries_personal_data_to_a_provider(string? message, string field)
    {
        var messages = message ?? """{"role":"user","content":"x"}""";
        var body = $$"""{"model":"small","messages":[{{messages}}]{{(field.Length > 0 ? "," + field : "")}}}""".Replace(
            "MAIL", Mail);

        var (status, answer) = await _host.PostAsync("chat/completions", body, await _host.Key());

        Assert.True(status == 200, answer);
        Assert.DoesNotContain("robin", Assert.Single(_fixture.One.Requests).Body, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("""{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/?mail=MAIL"}}]}""", "", "the address of an image")]
    [InlineData("""{"role":"user","content":"x"}""", """ ,"tools":[{"type":"function","function":{"name":"MAIL"}}] """,
        "the name of a tool")]
    [InlineData("""{"role":"user","content":"x"}""", """ ,"MAIL":1 """, "the name of a field")]
    public async Task Where_a_placeholder_would_break_the_request_it_is_refused(
        string message, string field, string what)
    {
        var body = $$"""{"model":"small","messages":[{{message}}]{{field}}}""".Replace("MAIL", Mail);

        var (status, answer) = await _host.PostAsync("chat/completions", body, await _host.Key());

        Assert.Equal(400, status);
        Assert.Contains(what, answer, StringComparison.Ordinal);
        Assert.DoesNotContain(Mail, answer, StringComparison.Ordinal);
        Assert.Empty(_fixture.One.Requests);
    }

    [Fact]
    public async Task What_says_nothing_personal_arrives_as_it_was_sent()
    {
        const string tools =
            """[{"type":"function","function":{"name":"f","description":"Finds.","parameters":{"type":"object"},"strict":true},"cache_control":{"type":"ephemeral"}}]""";
        const string format =
            """{"type":"json_schema","json_schema":{"name":"x","schema":{"type":"object"},"strict":false}}""";
        const string content =
            """[{"type":"text","text":"see","cache_control":{"type":"ephemeral"}},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo=","detail":"low"}}]""";
        var body = $$"""{"model":"small","messages":[{"role":"user","content":{{content}}}],"tools":{{tools}},"response_format":{{format}},"reasoning_effort":"low"}""";

        var (status, answer) = await _host.PostAsync("chat/completions", body, await _host.Key());

        Assert.True(status == 200, answer);
        var sent = JsonSerializer.Deserialize<JsonElement>(_fixture.One.Requests.Single().Body);
        Assert.Equal(content, sent.GetProperty("messages")[0].GetProperty("content").GetRawText());
        Assert.Equal(tools, sent.GetProperty("tools").GetRawText());
        Assert.Equal(format, sent.GetProperty("response_format").GetRawText());
        Assert.Equal("low", sent.GetProperty("reasoning_effort").GetString());
    }

    [Fact]
    public async Task Headers_are_written_on_receipts_under_a_pseudonym()
    {
        var secret = await _host.Key(key => key with { SharesAccounts = true });
        const string body = """{"model":"small","messages":[{"role":"user","content":"x"}]}""";

        await _host.PostAsync("chat/completions", body, secret,
            ("X-Baton-Customer", Mail), ("X-Baton-Ticket", Mail), ("X-Baton-Stage", "web"),
                ("X-Baton-Tag-Owner", Mail));

        var receipt = (await _fixture.Receipts()).Single();
        Assert.StartsWith("pseudonym-", receipt.Customer, StringComparison.Ordinal);
        Assert.Equal(receipt.Customer, receipt.Ticket);
        Assert.Equal(receipt.Customer, receipt.Tags["owner"]);
        Assert.Equal("web", receipt.Stage);
    }

    [Theory, InlineData(false, "key-1/C-1"), InlineData(true, "C-1")]
    public async Task A_key_spends_the_budgets_of_its_own_customers_only(bool shares, string account)
    {
        var secret = await _host.Key(key => key with { SharesAccounts = shares });
        const string body = """{"model":"small","messages":[{"role":"user","content":"x"}]}""";

        await _host.PostAsync("chat/completions", body, secret, ("X-Baton-Customer", "C-1"), ("X-Baton-Ticket", "C-1"));

        var receipt = (await _fixture.Receipts()).Single();
        Assert.Equal((account, account), (receipt.Customer, receipt.Ticket));
    }
}
