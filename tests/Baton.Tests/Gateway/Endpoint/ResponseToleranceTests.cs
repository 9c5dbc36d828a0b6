using System.Text;
using Baton.Gateway;
using Baton.Gateway.Providers;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Gateway.Endpoint;

/// <summary>What compatible servers send beside the letter of the protocol, and what is made of it.</summary>
public sealed class ResponseToleranceTests
{
    [Theory]
    [InlineData("\"Hello\"", "\"stop\"", "Hello", "stop")]
    [InlineData("\"Hello\"", "\"\"", "Hello", null)]
    [InlineData("\"Hello\"", "null", "Hello", null)]
    [InlineData("\"Hello\"", "\"eos\"", "Hello", "eos")]
    [InlineData("\"Hello\"", "\"function_call\"", "Hello", "tool_calls")]
    [InlineData("""[{"type":"text","text":"Hel"},{"type":"text","text":"lo"}]""", "\"stop\"", "Hello", "stop")]
    [InlineData("""[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"Hello"}]""",
        "\"stop\"", "Hello", "stop")]
    [InlineData("""[{"text":"Hello"},7,null]""", "\"stop\"", "Hello", "stop")]
    [InlineData("[]", "\"stop\"", "", "stop")]
    [InlineData("null", "\"stop\"", "", "stop")]
    public void Content_and_finish_reason_are_read_in_every_form(
        string content, string finish, string text, string? reason)
    {
        var response = Read($$"""{"choices":[{"message":{"content":{{content}}},"finish_reason":{{finish}}}],"error":null}""");

        Assert.Equal((text, reason), (response.Text, response.FinishReason?.Value));
    }

    [Theory]
    [InlineData(""" "{\"order_id\":\"NW-1\"}" """)]
    [InlineData("""{"order_id":"NW-1"}""")]
    public void Arguments_of_a_call_may_be_text_or_the_object_itself(string arguments)
    {
        var response = Read(
            $$$"""{"choices":[{"message":{"tool_calls":[{"id":"a","function":{"name":"f","arguments":{{{arguments}}}}}]},"finish_reason":"tool_calls"}]}""");

        var call = Assert.Single(response.Messages[0].Contents.OfType<FunctionCallContent>());
        Assert.Equal("NW-1", call.Arguments!["order_id"]!.ToString());
        Assert.Equal("""{"order_id":"NW-1"}""", ToolText.Arguments(call));
    }

    [Theory]
    // Fragments as (index, id, arguments); a dash for a missing one. What comes out, as id:arguments.
    [InlineData("-|a|{\"n\":1} -|b|{\"n\":2}", "a:{\"n\":1} b:{\"n\":2}")]
    [InlineData("-|a|{\"n\": -|-|1}", "a:{\"n\":1}")]
    [InlineData("-|a|{\"n\": -|a|1}", "a:{\"n\":1}")]
    [InlineData("-|a|{\"n\": -|-|1} -|b|{} ", "a:{\"n\":1} b:{}")]
    [InlineData("0|a|{\"n\": 0|-|1}", "a:{\"n\":1}")]
    [InlineData("0|a|{\"n\": 0||1}", "a:{\"n\":1}")]
    [InlineData("0|a|{\"n\": 0|a|1}", "a:{\"n\":1}")]
    [InlineData("1|b|{} 0|a|{\"n\":1}", "a:{\"n\":1} b:{}")]
    [InlineData("0|a|{\"n\": 1|b|{ 0|-|1} 1|-|}", "a:{\"n\":1} b:{}")]
    public void Fragments_of_calls_find_one_another(string fragments, string calls)
    {
        var open = new ToolCallFragments();
        foreach (var fragment in fragments.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = fragment.Split('|');
            var json = "{" + (parts[0] == "-" ? "" : $"\"index\":{parts[0]},")
                + (parts[1] == "-" ? "" : $"\"id\":\"{parts[1]}\",")
                + $"\"function\":{{\"name\":\"f\",\"arguments\":{System.Text.Json.JsonSerializer.Serialize(parts[2])}}}}}";
            open.Add(System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(json));
        }

        Assert.Equal(calls.Trim(), string.Join(' ', open.Take().Select(c => $"{c.CallId}:{ToolText.Arguments(c)}")));
        Assert.Empty(open.Take());
    }

    [Theory]
    [InlineData("null", false)]
    [InlineData("""{"message":"Overloaded"}""", true)]
    [InlineData("\"Overloaded\"", true)]
    public void An_error_in_a_stream_is_one_unless_it_is_null(string error, bool fails)
    {
        var chunk = Encoding.UTF8.GetBytes(
            $$"""{"choices":[{"delta":{"content":"Hel"},"finish_reason":""}],"error":{{error}}}""");

        if (fails)
        {
            var failure = Assert.Throws<GatewayException>(
                () => OpenAiResponseJson.ReadChunk(chunk, new ToolCallFragments()));
            Assert.Equal((GatewayFailure.ProviderFailed, true), (failure.Failure, failure.MayBeBilled));
            return;
        }
        var update = OpenAiResponseJson.ReadChunk(chunk, new ToolCallFragments());
        Assert.Equal(("Hel", null), (update.Text, update.FinishReason));
    }

    [Theory]
    // prompt, completion, total, reasoning ⇒ input, output
    [InlineData("1000", "100", "1600", "500", 1000, 600)]
    [InlineData("1000", "600", "1600", "500", 1000, 600)]
    [InlineData("1000", "100", "1100", "0", 1000, 100)]
    [InlineData("1000", "100", "1100", "null", 1000, 100)]
    [InlineData("1000", "100", "null", "500", 1000, 600)]
    [InlineData("1000", "500", "null", "500", 1000, 500)]
    [InlineData("1000.0", "100.0", "1100.0", "0", 1000, 100)]
    [InlineData("-5", "-100", "0", "0", 0, 0)]
    [InlineData("1e300", "100", "0", "0", 0, 100)]
    public void Reasoning_beside_the_completion_is_output_too(
        string prompt, string completion, string total, string reasoning, long input, long output)
    {
        var response = Read(
            """{"choices":[{"message":{"content":"x"},"finish_reason":"stop"}],"usage":{"prompt_tokens":"""
            + $"{prompt},\"completion_tokens\":{completion},\"total_tokens\":{total},"
            + $$"""
                "completion_tokens_details":{"reasoning_tokens":{{reasoning}} } } }
                """);

        var tokens = Tokens.Of(response.Usage!);
        Assert.Equal((input, output), (tokens.Input, tokens.Output));
    }

    [Fact]
    public void Of_running_totals_the_largest_counts_and_never_their_sum()
    {
        UsageDetails? seen = null;
        var sum = new UsageDetails();
        var reports = Enumerable.Range(1, 200)
            .Select(i => new UsageDetails { InputTokenCount = 1000, OutputTokenCount = i, CachedInputTokenCount = 600 })
            .Append(new UsageDetails { OutputTokenCount = 150,
                AdditionalCounts = new() { ["cache_write_tokens"] = 3 } });
        foreach (var report in reports)
        {
            var all = Tokens.Largest(seen, report);
            sum.Add(Tokens.Increment(seen, all));
            seen = all;
        }

        Assert.Equal(new Tokens(1000, 600, 3, 200), Tokens.Of(seen!));
        Assert.Equal(new Tokens(1000, 600, 3, 200), Tokens.Of(sum));
    }

    private static ChatResponse Read(string json) => OpenAiResponseJson.Read(Encoding.UTF8.GetBytes(json));
}
