using Baton.Gateway;
using Baton.Gateway.Calls;
using Baton.Playbooks.Models;
using Baton.Tests.Gateway.Endpoint;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Gateway;

/// <summary>Regulated conversations reach only the providers that the playbook allows for them.</summary>
public sealed class RegulatedTests : IAsyncLifetime
{
    private GatewayFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await GatewayFixture.StartAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_provider_without_an_agreement_is_skipped(bool streaming)
    {
        Declare(new RegulatedPolicy(), one: (null, false), two: (null, true));
        var context = GatewayFixture.Triage with { Regulated = true };

        if (streaming) await _fixture.Stream("x", context);
        else await _fixture.Ask("x", context);

        Assert.Empty(_fixture.One.Requests);
        var receipt = (await _fixture.Receipts()).Single();
        Assert.Equal("large", receipt.Model);
        Assert.Equal("not for regulated conversations: provider 'one' has no data agreement",
            receipt.Candidates.Single(c => c.Model == "small").LeftOut);
    }

    [Theory]
    [InlineData("us", "eu", "large")]
    [InlineData(null, "eu", "large")]
    [InlineData("eu", "us", "small")]
    public async Task Where_places_are_named_only_providers_there_are_asked(string? one, string? two, string served)
    {
        Declare(new RegulatedPolicy { Residency = ["eu"] }, (one, true), (two, true));

        await _fixture.Ask("x", GatewayFixture.Triage with { Regulated = true });

        Assert.Equal(served, (await _fixture.Receipts()).Single().Model);
    }

    [Theory, InlineData(null), InlineData("small"), InlineData("reasoning")]
    public async Task Where_nobody_may_see_it_the_call_says_so_and_nothing_leaves(string? model)
    {
        Declare(new RegulatedPolicy { Residency = ["eu"] }, ("us", true), ("eu", false));

        var error = await Assert.ThrowsAsync<GatewayException>(() => _fixture.Ask(
            "x", GatewayFixture.Triage with { Regulated = true }, new ChatOptions { ModelId = model }));

        Assert.Equal(GatewayFailure.NoModel, error.Failure);
        Assert.Contains("the conversation is regulated, and no model may see it", error.Message,
            StringComparison.Ordinal);
        Assert.Empty(_fixture.One.Requests);
        Assert.Empty(_fixture.Two.Requests);
    }

    [Fact]
    public async Task Embeddings_follow_the_same_rule()
    {
        _fixture.Policy = _fixture.Policy with
        {
            Models = [.. _fixture.Policy.Models,
                SomePolicy.Model("vectors") with { Capabilities = ModelCapabilities.Embeddings }],
        };
        var context = new CallContext { Stage = "embeddings", Regulated = true };

        await Assert.ThrowsAsync<GatewayException>(() => _fixture.Gateway.Embeddings.GenerateAsync(["x"],
            context.On(new EmbeddingGenerationOptions { ModelId = "vectors" }), TestContext.Current.CancellationToken));

        Assert.Empty(_fixture.One.Requests);
    }

    [Fact]
    public async Task Other_conversations_go_where_they_went()
    {
        Declare(new RegulatedPolicy { Residency = ["eu"] }, one: (null, false), two: (null, false));

        Assert.Equal("small", (await _fixture.Ask("x")).Receipts().Single().Model);
    }

    [Theory, InlineData("true", 404), InlineData("false", 200), InlineData("perhaps", 400)]
    public async Task Outside_callers_say_it_in_a_header(string value, int status)
    {
        await using var host = await EndpointHost.StartAsync(_fixture);

        var (answered, _) = await host.PostAsync("chat/completions",
            """{"model":"small","messages":[{"role":"user","content":"x"}]}""", await host.Key(),
                ("X-Baton-Regulated", value));

        Assert.Equal(status, answered);
    }

    private void Declare(RegulatedPolicy regulated, (string? Residency, bool Agreement) one, (string?, bool) two)
    {
        (string? Residency, bool Agreement)[] said = [one, two];
        _fixture.Policy = _fixture.Policy with
        {
            Regulated = regulated,
            Providers = [.. _fixture.Policy.Providers.Zip(said,
                (p, s) => p with { Residency = s.Residency, DataAgreement = s.Agreement })],
        };
    }
}
