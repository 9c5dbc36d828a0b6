using System.Text.Json;

namespace Baton.Tests.Gateway.Endpoint;

/// <summary>
/// The one reading of a body from outside: what is limited and reserved is what the provider is asked for, and a body
/// that can be understood in two ways is refused.
/// </summary>
public sealed class RequestReadingTests : OnEndpoint
{
    private const string Say = """[{"role":"user","content":"x"}]""";

    public static TheoryData<string, string> RefusedAlways => new()
    {
        { """ "max_tokens":-100000 """, "'max_tokens' is -100000; give a whole number from 1 to 1000000." },
        { """ "max_tokens":0 """, "'max_tokens' is 0" },
        { """ "max_tokens":1000001 """, "'max_tokens' is 1000001" },
        { """ "max_tokens":99999999999999999999 """, "'max_tokens' is 99999999999999999999" },
        { """ "max_tokens":1.5 """, "'max_tokens' is 1.5" },
        { """ "max_tokens":1e400 """, "is 1e400" },
        { """ "max_tokens":"50" """, "'max_tokens' is the text \"50\"" },
        { """ "max_tokens":true """, "'max_tokens' is true" },
        { """ "max_tokens":[5] """, "'max_tokens' is a list" },
        { """ "max_completion_tokens":{} """, "'max_completion_tokens' is an object" },
        { """ "max_completion_tokens":-1 """, "'max_completion_tokens' is -1" },
        { """ "max_tokens":5,"max_completion_tokens":6 """,
            "'max_completion_tokens' is 6 and 'max_tokens' is 5; send one" },
        { """ "max_tokens":5,"max_tokens":6 """, "names a field twice" },
        { """ "x":{"a":1,"a":2} """, "names a field twice" },
        { """ "n":2 """, "'n' is 2" },
        { """ "n":0 """, "'n' is 0" },
        { """ "n":"1" """, "'n' is the text" },
        { """ "stream":"true" """, "'stream' is the text \"true\"; give true or false." },
        { """ "stream":1 """, "'stream' is 1" },
        { """ "stream_options":true """, "'stream_options' is true; give an object." },
        { """ "stream_options":{"include_usage":1} """, "'include_usage' is 1" },
        { """ "temperature":1e400 """, "'temperature' is 1e400" },
        { """ "anything":-1e999 """, "'anything' is -1e999" },
        { """ "anything":"\ud800" """, "'anything' holds half of a surrogate pair" },
        { """ "\udc00":1 """, "half of a surrogate pair" },
        { """ "model":7 """, "names a field twice" },
    };

    public static TheoryData<string, string> RefusedWhenRead => new()
    {
        { """ "temperature":-0.1 """, "'temperature' is -0.1; give a number from 0 to 2." },
        { """ "temperature":"0.2" """, "'temperature' is the text \"0.2\"" },
        { """ "top_p":1.1 """, "'top_p' is 1.1" },
        { """ "frequency_penalty":3 """, "'frequency_penalty' is 3" },
        { """ "presence_penalty":-3 """, "'presence_penalty' is -3" },
        { """ "seed":0.5 """, "'seed' is 0.5" },
        { """ "stop":5 """, "'stop' is 5" },
        { """ "stop":[5] """, "'stop' is 5" },
        { """ "tools":{} """, "'tools' is an object" },
        { """ "tools":[5] """, "there is 5" },
        { """ "tools":[{"type":"function","function":{}}] """, "'name' is missing" },
        { """ "tool_choice":"always" """, "'tool_choice' is the text \"always\"; give none or auto or required." },
        { """ "parallel_tool_calls":"no" """, "'parallel_tool_calls' is the text" },
        { """ "response_format":"json" """, "'response_format' is the text" },
        { """ "response_format":{"type":"xml"} """, "'type' is the text \"xml\"" },
        { """ "response_format":{"type":"json_schema","json_schema":{"schema":7}} """, "'schema' is 7" },
    };

    [Theory, MemberData(nameof(RefusedAlways))]
    public Task What_can_be_read_in_two_ways_is_refused(string field, string said) =>
        IsRefused(field, said, passthrough: false);

    [Theory, MemberData(nameof(RefusedAlways))]
    public Task Passthrough_refuses_it_too(string field, string said) => IsRefused(field, said, passthrough: true);

    [Theory, MemberData(nameof(RefusedWhenRead))]
    public Task Fields_of_the_wrong_type_or_range_are_refused(string field, string said) =>
        IsRefused(field, said, passthrough: false);

    [Theory]
    [InlineData("""{"model":"small"}""", "'messages' is missing")]
    [InlineData("""{"model":"small","messages":"hi"}""", "'messages' is the text")]
    [InlineData("""{"model":"small","messages":[7]}""", "there is 7")]
    [InlineData("""{"model":"small","messages":[{"role":"king","content":"x"}]}""", "'king' is no role")]
    [InlineData("""{"model":"small","messages":[{"role":"user","content":7}]}""", "'content' is 7")]
    [InlineData("""{"model":"small","messages":[{"role":"user","content":[{"type":"smell"}]}]}""",
        "type 'smell' is no text")]
    [InlineData("""{"model":"small","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:x"}}]}]}""", "'url' of an image")]
    [InlineData("[]", "The body is a list; send a JSON object.")]
    [InlineData("7", "The body is 7")]
    [InlineData("", "not JSON")]
    public async Task Messages_are_read_as_strictly(string body, string said)
    {
        var (status, answer) = await Host.PostAsync("chat/completions", body, await Host.Key());

        Assert.Equal(400, status);
        Assert.Contains(said, Message(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "input":"x","dimensions":-1 """, "'dimensions' is -1")]
    [InlineData(""" "input":"x","dimensions":"64" """, "'dimensions' is the text")]
    [InlineData(""" "input":"x","dimensions":1e9 """, "'dimensions' is 1e9")]
    [InlineData(""" "input":"x","input":"y" """, "names a field twice")]
    [InlineData(""" "input":7 """, "'input' is 7")]
    [InlineData(""" "input":[1,2] """, "token ids are not supported")]
    [InlineData(""" "input":"x","encoding_format":"hex" """, "'encoding_format' is the text \"hex\"")]
    [InlineData(""" "user":"x" """, "'input' is missing")]
    public async Task Embeddings_are_read_as_strictly(string fields, string said)
    {
        var (status, answer) =
            await Host.PostAsync("embeddings", $$"""{"model":"vectors",{{fields}}}""", await Host.Key());

        Assert.Equal(400, status);
        Assert.Contains(said, Message(answer), StringComparison.Ordinal);
        Assert.Empty(Fixture.One.Requests);
    }

    [Theory]
    [InlineData("", "max_completion_tokens", 1024)]
    [InlineData(""" "max_tokens":null, """, "max_completion_tokens", 1024)]
    [InlineData(""" "max_tokens":7, """, "max_tokens", 7)]
    [InlineData(""" "max_completion_tokens":7, """, "max_completion_tokens", 7)]
    public async Task Passthrough_asks_for_the_output_that_was_reserved(string field, string name, int most)
    {
        var secret = await Host.Key(key => key with { Passthrough = true });

        var (status, _) = await Host.PostAsync(
            "chat/completions", $$"""{ {{field}} "model":"small","messages":{{Say}}}""", secret);

        Assert.Equal(200, status);
        var sent = JsonSerializer.Deserialize<JsonElement>(Fixture.One.Requests.Single().Body);
        Assert.Equal(most, sent.GetProperty(name).GetInt32());
        Assert.Single(sent.EnumerateObject(), f => f.Name.StartsWith("max_", StringComparison.Ordinal));
    }

    private async Task IsRefused(string field, string said, bool passthrough)
    {
        var secret = await Host.Key(key => key with { Passthrough = passthrough });

        var (status, answer) = await Host.PostAsync(
            "chat/completions", $$"""{"model":"small","messages":{{Say}},{{field}}}""", secret);

        Assert.Equal(400, status);
        Assert.Contains(said, Message(answer), StringComparison.Ordinal);
        Assert.Empty(Fixture.One.Requests);
        Assert.Empty(await Fixture.Receipts());
    }

    private static string Message(string answer) =>
        JsonSerializer.Deserialize<JsonElement>(answer).GetProperty("error").GetProperty("message").GetString()!;
}
