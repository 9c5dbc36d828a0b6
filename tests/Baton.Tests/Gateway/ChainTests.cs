using System.Text.Json;
using Baton.Gateway;
using Baton.Gateway.Calls;
using Baton.Gateway.Money;
using Baton.Gateway.Providers;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Testing.StandIn;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Gateway;

public sealed class ChainTests : IAsyncLifetime
{
    private const string Personal = "I am at jane.doe@example.com, card 4111 1111 1111 1111, thanks";
    private GatewayFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await GatewayFixture.StartAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory, InlineData(false), InlineData(true)]
    public async Task Personal_data_never_reaches_the_wire_and_comes_back_in_the_answer(bool streaming)
    {
        _fixture.One.Script = Says(new StandInAnswer { Text = "You said: {last_user_message}", ChunkChars = 1 });

        var answer = streaming
            ? string.Concat((await _fixture.Stream(Personal)).Select(u => u.Text))
            : (await _fixture.Ask(Personal)).Text;

        var body = _fixture.One.Requests.Single().Body;
        Assert.DoesNotContain("jane.doe", body);
        Assert.DoesNotContain("4111", body);
        Assert.Equal("You said: " + Personal, answer);
    }

    [Fact]
    public async Task Text_that_was_redacted_before_keeps_its_placeholders()
    {
        var placeholders = new Baton.Privacy.Placeholders();
        var name = placeholders.For(Baton.Privacy.PersonalDataType.Email, "jane@example.com");
        _fixture.One.Script = Says(new StandInAnswer { Text = "{last_user_message}" });

        var answer = await _fixture.Ask($"Write to {name} or bob@example.org",
            GatewayFixture.Triage with { Placeholders = placeholders });

        Assert.Equal("Write to [EMAIL_1] or [EMAIL_2]", answer.Text);
    }

    [Fact]
    public async Task Restored_values_cannot_break_json()
    {
        _fixture.One.Script = Says(new StandInAnswer { Text = """{"echo":"[LITERAL_1]"}""" });
        var format = new ChatOptions { ResponseFormat = ChatResponseFormat.Json };

        var answer = await _fixture.Ask("[EMAIL_9] is what I typed", options: format);

        Assert.Equal("[EMAIL_9]", JsonDocument.Parse(answer.Text).RootElement.GetProperty("echo").GetString());
    }

    [Fact]
    public async Task The_kill_switch_stops_every_call()
    {
        _fixture.KillSwitch = () => "drill";

        var error = await Assert.ThrowsAsync<GatewayException>(() => _fixture.Ask("x"));

        Assert.Equal(GatewayFailure.Stopped, error.Failure);
        Assert.Empty(_fixture.One.Requests);
    }

    [Fact]
    public async Task The_same_question_is_answered_from_the_cache_and_saves_its_cost()
    {
        _fixture.Change(stage => stage with { Cache = CacheMode.Exact });

        var first = await _fixture.Ask("What are your hours?");
        await _fixture.Receipts();
        var second = await _fixture.Ask("What are your hours?");
        var third = await _fixture.Ask("What are your hours?", GatewayFixture.Triage with { Tenant = "other" });

        Assert.Equal(first.Text, second.Text);
        Assert.Equal(ReceiptStatus.Cached, second.Receipts().Single().Status);
        Assert.Equal(first.Receipts().Single().Cost, second.Receipts().Single().Saved);
        Assert.Equal(ReceiptStatus.Answered, third.Receipts().Single().Status);
        await _fixture.Reconcile();
    }

    [Fact]
    public async Task Calls_with_tools_are_never_answered_from_the_cache()
    {
        _fixture.Change(stage => stage with { Cache = CacheMode.Exact });
        var tools = new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "now")] };

        await _fixture.Ask("x", options: tools);
        await _fixture.Receipts();
        await _fixture.Ask("x", options: tools);

        Assert.Equal(2, _fixture.One.Requests.Count);
    }

    [Fact]
    public async Task A_model_without_schema_support_gets_one_attempt_at_repair()
    {
        _fixture.Policy = _fixture.Policy with
        {
            Models = [SomePolicy.Model("small") with { Capabilities = ModelCapabilities.Streaming },
                _fixture.Policy.Models[1]],
        };
        _fixture.One.Script = new StandInScript
        {
            Rules = [new StandInRule { Times = 1,
                Answer = new StandInAnswer { Text = "Sure! The intent is refund." } }],
            Otherwise = new StandInAnswer { Text = "```json\n{\"intent\":\"refund\"}\n```" },
        };

        var answer = await _fixture.Ask("x", options: new ChatOptions { ResponseFormat = Intent });

        Assert.Equal("""{"intent":"refund"}""", answer.Text);
        Assert.Equal(2, answer.Receipts().Count);
        Assert.All(answer.Receipts(), receipt => Assert.True(receipt.Cost > Usd.Zero));
        await _fixture.Reconcile();
    }

    [Fact]
    public async Task An_answer_that_stays_wrong_is_the_next_models_turn()
    {
        _fixture.One.Script = new StandInScript { Rules = [new StandInRule { Fault = StandInFault.WrongSchema }] };

        var answer = await _fixture.Ask("x", options: new ChatOptions { ResponseFormat = Intent });

        Assert.Equal("""{"intent":"refund"}""", answer.Text);
        Assert.Equal(["small", "small", "large"], answer.Receipts().Select(r => r.Model));
    }

    [Fact]
    public async Task A_refusal_is_paid_for_and_not_failed_over()
    {
        _fixture.One.Script = Says(new StandInAnswer { Refusal = "No." });

        var answer = await _fixture.Ask("x");

        Assert.True(answer.IsRefusal());
        Assert.Equal(ReceiptStatus.Refused, answer.Receipts().Single().Status);
        Assert.Empty(_fixture.Two.Requests);
    }

    [Fact]
    public async Task An_unknown_model_is_a_bad_request()
    {
        var error = await Assert.ThrowsAsync<GatewayException>(
            () => _fixture.Ask("x", options: new ChatOptions { ModelId = "gpt-none" }));

        Assert.Equal(GatewayFailure.BadRequest, error.Failure);
    }

    private static ChatResponseFormat Intent =>
        ChatResponseFormat.ForJsonSchema(JsonSerializer.Deserialize<JsonElement>(
        """{"type":"object","properties":{"intent":{"enum":["refund"]}},"required":["intent"],"additionalProperties":false}"""));

    private static StandInScript Says(StandInAnswer answer) => new() { Otherwise = answer };
}
