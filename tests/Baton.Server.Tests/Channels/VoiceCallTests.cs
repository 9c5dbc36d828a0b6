using System.Net;
using System.Text;
using Baton.Channels.Twilio;
using Baton.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Channels;

/// <summary>Calls over the real host: what the telephone's side sends, and what it is told to do.</summary>
public sealed class VoiceCallTests(ServerFixture server) : IAsyncLifetime
{
    private const string Secret = "a-secret-of-vapi-of-twenty-four", Token = "12345";

    private ChannelHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await ChannelHost.StartAsync(server.Playbook, new Dictionary<string, string?>
        {
            ["Baton:Channels:Twilio:AuthTokens"] = Token,
            ["Baton:Channels:Voice:Greeting"] = "Northwind, how can I help?",
            ["Baton:Channels:Voice:VapiSecret"] = Secret,
            ["Baton:PublicUrl"] = "https://support.shop.test",
        }, Cancel);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_caller_is_greeted_answered_and_asked_for_more()
    {
        var greeting = await CallAsync("/channels/voice", []);
        Assert.Contains("<Gather input=\"speech\" action=\"/channels/voice/said?turn=1&amp;silences=0\"", greeting,
            StringComparison.Ordinal);
        Assert.Contains("Northwind, how can I help?</Say>", greeting, StringComparison.Ordinal);

        var wait = await CallAsync(
            "/channels/voice/said?turn=1&silences=0", new() { ["SpeechResult"] = "How do I return a jacket?" });
        Assert.Contains("/channels/voice/wait?turn=1&amp;tries=0</Redirect>", wait, StringComparison.Ordinal);
        var answer = await AnswerAsync(1);

        Assert.Contains("Is there anything else?</Say>", answer, StringComparison.Ordinal);
        Assert.Contains("said?turn=2&amp;silences=0", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("http", answer, StringComparison.Ordinal);
        // The same step again, as after a time-out, is the same turn.
        await CallAsync("/channels/voice/said?turn=1&silences=0",
            new() { ["SpeechResult"] = "How do I return a jacket?" });
        Assert.Equal(1, Count("messages where author = 'customer'"));
    }

    [Fact]
    public async Task Who_wants_a_person_hears_the_promise_and_is_a_ticket_with_a_number()
    {
        await CallAsync("/channels/voice/said?turn=1&silences=0",
            new() { ["SpeechResult"] = "I want to talk to a human agent now" });

        var answer = await AnswerAsync(1);

        Assert.Contains("<Hangup />", answer, StringComparison.Ordinal);
        Assert.Equal(1, Count("conversations where channel = 'voice' and status = 'escalated'"));
        Assert.Equal(0, Count("outbox where gave_up_at_ms is not null"));
    }

    [Fact]
    public async Task Silence_is_asked_again_twice_and_is_a_person_s_then()
    {
        Assert.Contains("did not hear", await CallAsync("/channels/voice/said?turn=1&silences=0", []),
            StringComparison.Ordinal);
        Assert.Contains("did not hear", await CallAsync("/channels/voice/said?turn=1&silences=1", []),
            StringComparison.Ordinal);
        Assert.Contains("wait?turn=1", await CallAsync("/channels/voice/said?turn=1&silences=2", []),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("completed", false)]
    [InlineData("no-answer", true)]
    [InlineData("busy", true)]
    public async Task A_call_to_the_team_that_nobody_takes_ends_with_a_promise(string status, bool promises) =>
        Assert.Equal(
        promises, (await CallAsync("/channels/voice/dialed", new() { ["DialCallStatus"] = status }))
            .Contains("will call you back", StringComparison.Ordinal));

    [Theory]
    [InlineData("/channels/voice")]
    [InlineData("/channels/voice/said?turn=1")]
    [InlineData("/channels/voice/wait?turn=1")]
    public async Task Nobody_else_steers_a_call(string path)
    {
        using var content = new StringContent(
            "CallSid=CA1&SpeechResult=x", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await _host.Http.PostAsync(path, content, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("/channels/voice/vapi/chat/completions")]
    [InlineData("/channels/voice/vapi/chat/completions/chat/completions")]
    public async Task Vapi_is_answered_as_a_model_would(string path)
    {
        var stream = await VapiAsync(path, """
            {"model":"baton","stream":true,"call":{"id":"v-1"},"customer":{"number":"+14155550100"},"messages":[
             {"role":"system","content":"be nice"},{"role":"user","content":"How do I return a jacket?"}]}
            """);

        Assert.StartsWith("data: {\"id\":\"chatcmpl-", stream, StringComparison.Ordinal);
        Assert.Contains("\"finish_reason\":\"stop\"", stream, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", stream, StringComparison.Ordinal);
        Assert.Equal(1, Count("conversations where conversation_id = 'call-v1'"));
    }

    [Theory]
    [InlineData("""{"message":{"type":"end-of-call-report","call":{"id":"v-1"}}}""", "{}")]
    [InlineData("""{"message":{"type":"transfer-destination-request"}}""",
        """{"error":"Nobody can be called right now."}""")]
    [InlineData("""not json""", "{}")]
    public async Task Vapi_is_heard(string body, string reply) =>
        Assert.Equal(reply, await VapiAsync("/channels/voice/vapi/events", body));

    [Fact]
    public async Task Vapi_shows_its_secret()
    {
        using var content = new StringContent("{}");
        using var answer = await _host.Http.PostAsync("/channels/voice/vapi/chat/completions", content, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private async Task<string> AnswerAsync(int turn)
    {
        for (var tries = 0; ; tries++)
        {
            var said = await CallAsync($"/channels/voice/wait?turn={turn}&tries={tries}", []);
            if (!said.Contains("<Redirect", StringComparison.Ordinal)) return said;
        }
    }

    private async Task<string> CallAsync(string path, Dictionary<string, string> form)
    {
        (form["CallSid"], form["From"]) = ("CA1", "+14155550100");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add(TwilioRequest.Signature,
            TwilioRequest.Sign(Token, "https://support.shop.test" + path, form));
        using var answer = await _host.Http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/xml", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private async Task<string> VapiAsync(string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body) };
        request.Headers.Authorization = new("Bearer", Secret);
        using var answer = await _host.Http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private long Count(string what) =>
        _host.Services.GetRequiredService<Database>().Read(c => c.Number($"select count(*) from {what}")) ?? 0;
}
