using System.Diagnostics;
using Baton.Privacy;
using Baton.Server.Telemetry;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Baton.Server.Tests.Telemetry;

/// <summary>Spans and log records leave the machine: no customer leaves with them.</summary>
public sealed class RedactionOfTelemetryTests
{
    private const string Address = "maria.keller@example.org";

    [Theory]
    [InlineData("url.path", "/orders/of/maria.keller@example.org", "/orders/of/[EMAIL_1]")]
    [InlineData("url.path", "/orders/of/maria.keller%40example.org", "/orders/of/[EMAIL_1]")]
    [InlineData("url.full", "http://shop.test/of/maria.keller%40example.org/a%20b",
        "http://shop.test/of/[EMAIL_1]/a%20b")]
    [InlineData("url.full", "http://shop.test/a@example.org/b@example.org", "http://shop.test/[EMAIL_1]/[EMAIL_2]")]
    [InlineData("url.path", "/api/tickets/a%2Fb", "/api/tickets/a%2Fb")]
    [InlineData("url.path", "/join/0a1b2c3d4e5f", "/join/…")]
    [InlineData("url.path", "/Enter/0a1b2c3d4e5f", "/Enter/…")]
    [InlineData("url.full", "https://support.example/solved/CfDJ8abc", "https://support.example/solved/…")]
    [InlineData("http.route", "/api/tickets/{id}", "/api/tickets/{id}")]
    public void Takes_people_out_of_the_addresses_in_a_span(string tag, string value, string expected)
    {
        using var span = new Activity("GET").SetTag(tag, value);

        new SpanRedaction(new Redactor()).OnEnd(span);

        Assert.Equal(expected, span.GetTagItem(tag));
    }

    [Fact]
    public void Takes_people_out_of_a_log_record_and_the_message_out_of_an_exception()
    {
        var seen = new Seen();
        using (var factory = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.AddProcessor(new LogRedaction(new Redactor())).AddProcessor(seen);
        })))
        {
            var error = new InvalidOperationException($"cannot read '{Address}'");
            factory.CreateLogger("test")
                .LogError(error, "Job {Id} of {Who} failed in attempt {Attempt}", "j-1", Address, 3);
        }

        var text = Assert.Single(seen.Records);
        Assert.DoesNotContain("maria", text, StringComparison.Ordinal);
        Assert.Contains("Job j-1 of [EMAIL_1] failed in attempt 3", text, StringComparison.Ordinal);
        Assert.Contains("exception.type=System.InvalidOperationException", text, StringComparison.Ordinal);
        Assert.Contains("Attempt=3", text, StringComparison.Ordinal);
    }

    /// <summary>Keeps what would be exported.</summary>
    private sealed class Seen : BaseProcessor<LogRecord>
    {
        public List<string> Records { get; } = [];

        public override void OnEnd(LogRecord data) => Records.Add(string.Join('\n',
            [data.FormattedMessage, data.Body, data.Exception?.ToString(),
                .. data.Attributes!.Select(a => $"{a.Key}={a.Value}")]));
    }
}
