using System.Net;
using Baton.Privacy;
using Baton.Privacy.Presidio;
using Baton.Testing;

namespace Baton.Tests.Privacy;

public sealed class PresidioConnectorTests : IAsyncLifetime
{
    private readonly HttpClient _client = new();
    private readonly Placeholders _placeholders = new();
    private StandInPresidio _presidio = null!;

    public async ValueTask InitializeAsync() => _presidio = await StandInPresidio.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _presidio.DisposeAsync();
    }

    private Task<PresidioResult> Redact(string text, Func<PresidioOptions, PresidioOptions>? change = null)
    {
        var options = new PresidioOptions { Address = _presidio.Address };
        var connector = new PresidioConnector(_client, change?.Invoke(options) ?? options, new Redactor());
        return connector.RedactAsync(text, _placeholders, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Merges_what_the_service_found_with_what_baton_found()
    {
        _presidio.Known["zorblax"] = "PERSON";
        var result = await Redact("zorblax wrote from jane@example.com");
        Assert.Equal("[PERSON_1] wrote from [EMAIL_1]", result.Redacted.Text);
        Assert.Null(result.Degradation);
    }

    [Fact]
    public async Task Counts_code_points_as_the_service_does()
    {
        _presidio.Known["zorblax"] = "PERSON";
        var result = await Redact("😀😀 zorblax 😀");
        Assert.Equal("😀😀 [PERSON_1] 😀", result.Redacted.Text);
    }

    [Fact]
    public async Task Replaces_overlapping_findings_once_and_completely()
    {
        _presidio.Known["mail to jane@example"] = "PERSON";
        var result = await Redact("mail to jane@example.com now");
        Assert.DoesNotContain("jane", result.Redacted.Text);
        Assert.DoesNotContain(".com", result.Redacted.Text);
        Assert.Single(result.Redacted.Spans);
    }

    [Fact]
    public async Task Leaves_types_that_the_profile_keeps()
    {
        _presidio.Known["Berlin"] = "LOCATION";
        _presidio.Known["nonsense"] = "MADE_UP";
        Assert.Equal("nonsense in Berlin", (await Redact("nonsense in Berlin")).Redacted.Text);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadRequest)]
    public async Task Uses_local_findings_and_says_so_when_the_service_fails(HttpStatusCode status)
    {
        _presidio.Status = status;
        var result = await Redact("from jane@example.com");
        Assert.Equal("from [EMAIL_1]", result.Redacted.Text);
        Assert.Contains(((int)status).ToString(), result.Degradation);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("""[{"entity_type":"PERSON","start":0,"end":9999,"score":1}]""")]
    [InlineData("""[{"entity_type":"PERSON","start":-1,"end":2,"score":1}]""")]
    public async Task Uses_local_findings_when_the_answer_makes_no_sense(string answer)
    {
        _presidio.Answer = answer;
        var result = await Redact("from jane@example.com");
        Assert.Equal("from [EMAIL_1]", result.Redacted.Text);
        Assert.NotNull(result.Degradation);
    }

    [Fact]
    public async Task Does_not_wait_longer_than_allowed()
    {
        _presidio.Hangs = true;
        var result = await Redact("from jane@example.com", o => o with { Timeout = TimeSpan.FromMilliseconds(50) });
        Assert.Equal("from [EMAIL_1]", result.Redacted.Text);
        Assert.Contains("0.05 s", result.Degradation);
    }

    [Fact]
    public async Task Does_not_send_texts_over_its_limit()
    {
        var result = await Redact("from jane@example.com", o => o with { MaxCharacters = 5 });
        Assert.Equal("from [EMAIL_1]", result.Redacted.Text);
        Assert.Contains("limit is 5", result.Degradation);
        Assert.Empty(_presidio.Requests);
    }

    [Fact]
    public async Task Does_not_read_endless_answers()
    {
        _presidio.Answer = "[" + new string(' ', 10_000) + "]";
        var result = await Redact("hello", o => o with { MaxResponseBytes = 1_000 });
        Assert.Contains("longer than 1000 bytes", result.Degradation);
    }

    [Fact]
    public async Task Survives_a_service_that_is_not_there()
    {
        var gone = new Uri("http://127.0.0.1:9/");
        Assert.NotNull((await Redact("from jane@example.com", o => o with { Address = gone })).Degradation);
    }

    [Fact]
    public async Task Stops_when_the_caller_stops()
    {
        _presidio.Hangs = true;
        using var stop = new CancellationTokenSource(50);
        var connector = new PresidioConnector(_client, new PresidioOptions { Address = _presidio.Address },
            new Redactor());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            connector.RedactAsync("hello", _placeholders, stop.Token));
    }
}
