using Baton.Testing.StandIn;

namespace Baton.Server.Tests.Processes;

/// <summary>A process that is killed between two model calls of one turn.</summary>
public sealed class ModelCrashTests
{
    private const string Draft = "You answer customers", Check = "You check an answer";

    [Fact]
    public async Task Pays_for_a_draft_once_when_killed_before_its_check_is_answered()
    {
        await using var models = await StandInServer.StartAsync(new StandInScript
        {
            Rules =
            [
                new StandInRule
                {
                    SystemContains = Draft,
                    Answer = new StandInAnswer
                    {
                        Text = """{"answered":true,"text":"You can send things back within 30 days.","passages":["p1"],"confidence":"high"}""",
                    },
                },
                new StandInRule { SystemContains = Check, Times = 1, Fault = StandInFault.Timeout },
                new StandInRule
                {
                    SystemContains = Check,
                    Answer = new StandInAnswer
                    {
                        Text = """{"grounded":"very_high","promises":"none","answers":"high","tone":"high","policy":"kept","fix":""}""",
                    },
                },
            ],
        });
        using var place = new Place(models: Models(models.Address));
        string key;
        using (var server = await ServerProcess.StartAsync(place))
        {
            key = server.ApiKey!;
            await server.SubmitAsync("M-1", "how long do I have to return something");
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (Asked(models, Check) == 0) await Task.Delay(20, patience.Token);
            server.Kill();
        }

        using var again = await ServerProcess.StartAsync(place, key);
        await place.WaitForDecisionsAsync(1);

        await place.CheckEveryTicketOnceAsync();
        Assert.Equal((1, 2), (Asked(models, Draft), Asked(models, Check)));
        Assert.Equal("replied", await place.LookAsync(c => c.First("select outcome from decisions", r => r.Text(0))));
    }

    private static int Asked(StandInServer models, string prompt) =>
        models.Requests.Count(r => r.Body.Contains(prompt, StringComparison.Ordinal));

    private static string Models(Uri address) => $$"""
        providers:
          one: { kind: openai, endpoint: "{{address}}v1", auth: none, max_attempts: 1 }
        models:
          small:
            provider: one
            id: small
            context_tokens: 100000
            capabilities: [json_schema]
            prices: { dated: 2026-11-01, input: 1, output: 4 }
        tiers: { commodity: [small] }
        stages:
          draft: { tier: commodity, timeout: 60s }
          check: { tier: commodity, timeout: 60s }

        """;
}
