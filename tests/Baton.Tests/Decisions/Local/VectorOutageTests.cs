using Baton.Conversations;
using Baton.Decisions.Local;
using Baton.Testing.StandIn;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions.Local;

/// <summary>Vectors come from a service, and it goes away while tickets are decided.</summary>
public sealed class VectorOutageTests
{
    private const string Asks = "How long do I have to return something?";

    [Fact]
    public async Task Answers_while_the_service_of_vectors_is_there()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await StandInServer.StartAsync(cancellationToken: token);
        await using var desk = Open(server);

        var decision = await desk.DecideAsync(Desk.Ticket(Asks));

        Assert.Equal(OutcomeKind.Replied, decision.Outcome);
        Assert.Equal("returns", decision.Citations[0].ArticleId);
    }

    [Theory]
    [InlineData(StandInFault.ServerError, 0)]
    [InlineData(StandInFault.RateLimit, 0)]
    [InlineData(StandInFault.MalformedJson, 0)]
    [InlineData(StandInFault.CutStream, 0)]
    // The sections are chosen already; whether they answer all of the letter cannot be told any more.
    [InlineData(StandInFault.ServerError, 1)]
    public async Task Hands_to_a_person_at_the_first_attempt_when_the_service_fails(StandInFault fault, int after)
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await StandInServer.StartAsync(cancellationToken: token);
        await using var desk = Open(server);
        BatonStart.Check(desk.Services);
        var before = server.Requests.Count;
        server.Script = new StandInScript
        {
            Rules =
            [
                .. after == 0 ? [] : new[] { new StandInRule { Times = after } },
                new StandInRule { Fault = fault, RetryAfterSeconds = 0 },
            ],
        };

        var decision = await desk.DecideAsync(Desk.Ticket($"{Asks} Please tell me about ten days."));

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.True(server.Requests.Count - before > after, "the failing call was never made");
        // The service is back, and so are the answers.
        server.Script = new StandInScript();
        desk.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(OutcomeKind.Replied, (await desk.DecideAsync(Desk.Ticket(Asks, "T-2"))).Outcome);
    }

    [Fact]
    public async Task Hands_to_a_person_when_nobody_listens_any_more()
    {
        var token = TestContext.Current.CancellationToken;
        var server = await StandInServer.StartAsync(cancellationToken: token);
        await using var desk = Open(server);
        BatonStart.Check(desk.Services);
        await server.DisposeAsync();

        Assert.Equal(OutcomeKind.Escalated, (await desk.DecideAsync(Desk.Ticket(Asks))).Outcome);
    }

    private static Desk Open(StandInServer server) => new(
        DeskPlaybook.Files()
            .With("knowledge/questions/returns.yaml", $"""
                How long you have to return something:
                  - {Asks}
                  - how many days do I have to return a purchase
                  - may I return something I bought
                """)
            .With("models.yaml", $$"""
                providers:
                  main: { kind: openai, endpoint: {{new Uri(server.Address, "v1")}}, auth: none, max_attempts: 1 }
                models:
                  small: { provider: main, id: small-1, context_tokens: 8000, prices: { dated: 2026-11-01, input: 0.1, output: 0.2 } }
                  vectors:
                    provider: main
                    id: vec-1
                    context_tokens: 8000
                    capabilities: [embeddings]
                    prices: { dated: 2026-11-01, input: 0.02, output: 0 }
                tiers: { commodity: [small] }
                """)
            .Replace("playbook.yaml", "triage_confidence: 0.05", "triage_confidence: 0.05\n  answer: 0.5"),
        knowIntents: false, local: new LocalOptions { EmbeddingModel = "vectors" });
}
