using System.Diagnostics;
using Baton.Testing.StandIn;
using Baton.Tests.Gateway.Endpoint;
using Baton.Tests.Storage;

namespace Baton.Tests.Gateway;

/// <summary>
/// Personal data in everything a caller of the gateway sets and a model answers; then every text of the file and every
/// attribute of the spans is read.
/// </summary>
public sealed class StoredGatewayDataTests : OnEndpoint
{
    private static readonly string[] Planted =
    [
        "jane.doe@example.net", "4012888888881881", "+41 44 668 18 01", "CH9300762011623852957", "hunter2!x",
        "AKIA" + "Q3EGWZL7XNRTPBVD", "Marisol Quintanilla",
    ];

    public static TheoryData<int> Values => [.. Enumerable.Range(0, Planted.Length)];

    private protected override void Prepare() => Fixture.Options = Fixture.Options with { TraceContent = true };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Holds_no_personal_data_of_callers_and_models(int planted)
    {
        var value = Planted[planted];
        var said = Said(value);
        Fixture.One.Script = new StandInScript { Otherwise = new StandInAnswer { Text = said } };
        var spans = new List<Activity>();
        using var listener = Listen(spans);
        var secret = await Host.Key(key => key with { SharesAccounts = true });
        var open = await Host.Key(key => key with { Passthrough = true });
        var body = $$"""
            {"model":"small","temperature":0,"stream":STREAM,
             "messages":[{"role":"user","name":"{{said}}","content":"{{said}}"}],"user":"{{said}}"}
            """;

        foreach (var stream in (string[])["false", "true"])
            foreach (var key in (string[])[secret, open])
            {
                var (status, answer) = await Host.PostAsync(
                    "chat/completions", body.Replace("STREAM", stream), key,
                    ("X-Baton-Customer", said), ("X-Baton-Ticket", said), ("X-Baton-Stage", said),
                    ("X-Baton-Tag-Owner", said));
                Assert.True(status == 200, answer);
            }

        Assert.NotEmpty(await Fixture.Receipts());
        Assert.Empty(ColumnHunt.Places(Fixture.Database, value));
        Assert.NotEmpty(spans);
        foreach (var (name, text) in spans.SelectMany(s => s.TagObjects))
            Assert.False($"{text}".Contains(value, StringComparison.Ordinal), $"{name}: {text}");
    }

    private static string Said(string value) => value switch
    {
        ['h', ..] => $"my password is {value}",
        ['M', ..] => $"my name is {value}",
        _ => $"write to {value}",
    };

    private ActivityListener Listen(List<Activity> spans)
    {
        var source = Fixture.GatewayParts.Telemetry.Source;
        var listener = new ActivityListener
        {
            ShouldListenTo = other => ReferenceEquals(other, source),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
