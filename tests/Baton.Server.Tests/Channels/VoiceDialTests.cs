using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Baton.Channels.Twilio;
using Baton.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Channels;

/// <summary>
/// Calls that go to people, in hours and after them, held against the documented shapes: TwiML's verbs and attributes
/// (twilio.com/docs/voice/twiml/dial, …/gather), and OpenAI's stream with Vapi's <c>transferCall</c>.
/// </summary>
public sealed class VoiceDialTests : IAsyncDisposable
{
    private const string Secret = "a-secret-of-vapi-of-twenty-four", Token = "12345", Team = "+15005550006";

    private static readonly Dictionary<string, string[]> Documented = new()
    {
        ["Response"] = [], ["Say"] = ["voice", "loop", "language"], ["Pause"] = ["length"], ["Hangup"] = [],
        ["Redirect"] = ["method"], ["Number"] = ["sendDigits", "url", "method", "byoc", "statusCallback"],
        ["Dial"] = ["action", "answerOnBridge", "callerId", "hangupOnStar", "method", "record", "timeLimit", "timeout"],
        ["Gather"] =
        [
            "action", "finishOnKey", "hints", "input", "language", "method", "numDigits", "partialResultCallback",
            "profanityFilter", "speechTimeout", "timeout", "speechModel", "enhanced", "actionOnEmptyResult",
        ],
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("baton-dial-").FullName;
    private ChannelHost? _host;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task In_hours_the_team_is_called_and_a_call_that_nobody_takes_is_called_back()
    {
        await StartAsync(isStaffed: true);

        var dial = (await ToPersonAsync()).Element("Dial")!;

        Assert.Equal((Team, "/channels/voice/dialed", "POST"),
            (dial.Element("Number")?.Value, dial.Attribute("action")?.Value, dial.Attribute("method")?.Value));
        var ended = await CallAsync("/channels/voice/dialed", new() { ["DialCallStatus"] = "no-answer" });
        Assert.Contains("will call you back", ended.Value, StringComparison.Ordinal);
        Assert.NotNull(ended.Element("Hangup"));
        Assert.Equal(1, Count("open_tickets"));
    }

    [Fact]
    public async Task After_hours_nobody_is_called_and_the_caller_hears_the_promise()
    {
        await StartAsync(isStaffed: false);

        var said = await ToPersonAsync();

        Assert.Null(said.Element("Dial"));
        Assert.NotNull(said.Element("Hangup"));
        Assert.True(said.Value.Length > 20, said.Value);
        Assert.Equal(1, Count("open_tickets"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Vapi_passes_a_call_on_in_hours_alone(bool isStaffed)
    {
        await StartAsync(isStaffed);

        var chunks = await VapiAsync("I want to talk to a human agent now");

        Assert.All(chunks, chunk => Assert.Equal("chat.completion.chunk", chunk.GetProperty("object").GetString()));
        var choices = chunks.Select(chunk => Assert.Single(chunk.GetProperty("choices").EnumerateArray())).ToList();
        Assert.Equal("assistant", choices[0].GetProperty("delta").GetProperty("role").GetString());
        Assert.Equal(isStaffed ? "tool_calls" : "stop", choices[^1].GetProperty("finish_reason").GetString());
        var calls = choices.Where(c => c.GetProperty("delta").TryGetProperty("tool_calls", out _)).ToList();
        Assert.Equal(isStaffed ? 1 : 0, calls.Count);
        if (!isStaffed) return;
        var call = Assert.Single(calls[0].GetProperty("delta").GetProperty("tool_calls").EnumerateArray());
        Assert.Equal((0, "function", "transferCall"),
            (call.GetProperty("index").GetInt32(), call.GetProperty("type").GetString(),
                call.GetProperty("function").GetProperty("name").GetString()));
        var arguments = JsonSerializer.Deserialize<Dictionary<string, string>>(
            call.GetProperty("function").GetProperty("arguments").GetString()!)!;
        Assert.Equal(Team, Assert.Single(arguments, a => a.Key == "destination").Value);
    }

    private async Task StartAsync(bool isStaffed)
    {
        var today = TimeProvider.System.GetUtcNow();
        var holidays = string.Join(", ", Enumerable.Range(-1, 3).Select(
            day => today.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        Chat.ChatServer.Files().With("queues.yaml", $$"""
            holidays: [{{(isStaffed ? "" : holidays)}}]
            queues:
              l1:
                description: First line
                hours:
                  mon-sun: ["00:00-24:00"]
              l2:
                description: Second line
                hours:
                  mon-sun: ["00:00-24:00"]

            """).WriteTo(_folder);
        _host = await ChannelHost.StartAsync(_folder, new Dictionary<string, string?>
        {
            ["Baton:Channels:Twilio:AuthTokens"] = Token, ["Baton:Channels:Voice:Greeting"] = "How can I help?",
            ["Baton:Channels:Voice:DialTo"] = Team, ["Baton:Channels:Voice:VapiSecret"] = Secret,
            ["Baton:PublicUrl"] = "https://support.shop.test",
        }, Cancel);
    }

    private async Task<XElement> ToPersonAsync()
    {
        await CallAsync("/channels/voice/said?turn=1&silences=0",
            new() { ["SpeechResult"] = "I want to talk to a human agent now" });
        for (var tries = 0; ; tries++)
            if (await CallAsync($"/channels/voice/wait?turn=1&tries={tries}", []) is var said
                && said.Element("Redirect") is null) return said;
    }

    /// <summary>What the telephone's side is told, each verb and attribute of which is documented.</summary>
    private async Task<XElement> CallAsync(string path, Dictionary<string, string> form)
    {
        (form["CallSid"], form["From"]) = ("CA1", "+14155550100");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add(
            TwilioRequest.Signature, TwilioRequest.Sign(Token, "https://support.shop.test" + path, form));
        using var answer = await _host!.Http.SendAsync(request, Cancel);
        var markup = XElement.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        foreach (var verb in markup.DescendantsAndSelf())
            Assert.All(verb.Attributes(), a => Assert.Contains(a.Name.LocalName, Documented[verb.Name.LocalName]));
        return markup;
    }

    private async Task<List<JsonElement>> VapiAsync(string said)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/channels/voice/vapi/chat/completions")
        {
            Content = new StringContent(JsonSerializer.Serialize(new
            {
                model = "baton", stream = true, call = new { id = "v-1" }, customer = new { number = "+14155550100" },
                messages = (object[])[new { role = "user", content = said }],
            })),
        };
        request.Headers.Authorization = new("Bearer", Secret);
        using var answer = await _host!.Http.SendAsync(request, Cancel);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var events = (await answer.Content.ReadAsStringAsync(Cancel)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(e => e["data: ".Length..]).ToList();
        Assert.Equal("[DONE]", events[^1]);
        return [.. events[..^1].Select(e => JsonSerializer.Deserialize<JsonElement>(e))];
    }

    private long Count(string table) =>
        _host!.Services.GetRequiredService<Database>().Read(c => c.Number($"select count(*) from {table}")) ?? 0;
}
