using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Testing;

namespace Baton.Tests.Playbooks;

public sealed class ModelsReaderTests
{
    private const string Models = """
        providers:
          main: { kind: openai, endpoint: "https://api.example.com/v1", key_variable: MAIN_KEY }
        models:
          small:
            provider: main
            id: small-1
            context_tokens: 128000
            capabilities: [streaming, json_schema]
            prices: { dated: 2026-11-01, input: 0.15, output: 0.60 }
        tiers:
          commodity: [small]
        stages:
          triage: { tier: commodity, timeout: 2s, cache: exact }
        budgets:
          ticket: { expected: 0.02 }
          limits:
            - { scope: all, period: month, limit: 500, on_exceed: downgrade }

        """;

    [Fact]
    public void Reads_providers_models_tiers_stages_and_budgets()
    {
        var policy = With(Models).Playbook().Models!;

        Assert.Equal("MAIN_KEY", policy.Provider("main")!.KeyVariable);
        var model = policy.Model("small")!;
        Assert.Equal(new ModelPrices(new DateOnly(2026, 11, 1), new Usd(0.15m), new Usd(0.60m)), model.Prices);
        Assert.Equal(ModelCapabilities.Streaming | ModelCapabilities.JsonSchema, model.Capabilities);
        Assert.Equal(["small"], policy.Tier("commodity")!.Models);
        Assert.Equal(CacheMode.Exact, policy.Stage("triage")!.Cache);
        Assert.Equal(new Usd(0.06m), policy.Budgets.Ticket!.Limit);
        Assert.Equal([new SpendingLimit(BudgetScope.All, BudgetPeriod.Month, new Usd(500), OnExceed.Downgrade)],
            policy.Budgets.Limits);
    }

    [Theory]
    [InlineData("    prices: { dated: 2026-11-01, input: 0.15, output: 0.60 }\n", "", 5, "missing field 'prices'")]
    [InlineData(", output: 0.60", "", 9, "missing field 'output'")]
    [InlineData("dated: 2026-11-01, ", "", 9, "missing field 'dated'")]
    [InlineData("2026-11-01", "November", 9, "write the day the prices were read")]
    [InlineData("output: 0.60", "output: -1", 9, "out of range")]
    [InlineData("provider: main", "provider: mian", 5, "did you mean 'main'?")]
    [InlineData("commodity: [small]", "commodity: [smal]", 11, "did you mean 'small'?")]
    [InlineData("commodity: [small]", "commodity: []", 11, "has no model")]
    [InlineData("tier: commodity", "tier: comodity", 13, "did you mean 'commodity'?")]
    [InlineData("timeout: 2s", "timeout: 2s, hedge_after: 3s", 13, "hedge earlier")]
    [InlineData("key_variable: MAIN_KEY", "key_variable: sk-abc", 2, "never write the secret itself")]
    [InlineData(", key_variable: MAIN_KEY", "", 2, "missing field 'key_variable'")]
    [InlineData("kind: openai", "kind: opnai", 2, "did you mean 'openai'?")]
    [InlineData("https://api.example.com/v1", "api.example.com", 2, "not an http(s) address")]
    [InlineData("json_schema", "jsonschema", 8, "did you mean 'json_schema'?")]
    [InlineData("MAIN_KEY }", "MAIN_KEY, residency: EU }", 2, "is not a name")]
    [InlineData("MAIN_KEY }", "MAIN_KEY, data_agreement: signed }", 2, "data_agreement")]
    [InlineData("tiers:", "regulated: { residency: [eu] }\ntiers:", 10, "residency 'eu'")]
    [InlineData("tier: commodity", "tier: commodity, quality: 0.8", 13, "quality")]
    [InlineData("on_exceed: downgrade", "on_exceed: panic", 17, "known: downgrade, queue, stop")]
    public void Reports_where_the_slip_is_and_how_to_fix_it(string old, string @new, int line, string hint)
    {
        var loaded = With(Models.Replace(old, @new, StringComparison.Ordinal)).Load();

        Assert.Contains(Assert.IsType<LoadedPlaybook.Invalid>(loaded).Problems,
            p => p.File == "models.yaml" && p.Line == line && p.Message.Contains(hint, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "", "provider 'main' has no data agreement")]
    [InlineData(", data_agreement: true", "", null)]
    [InlineData(", data_agreement: true, residency: us", "regulated: { residency: [us] }", null)]
    [InlineData(", data_agreement: true, residency: us", "regulated: {}", null)]
    [InlineData(", residency: us", "regulated: { residency: [us] }", "provider 'main' has no data agreement")]
    public void Says_which_provider_may_see_regulated_conversations(string provider, string rule, string? why)
    {
        var text = Models.Replace("MAIN_KEY }", $"MAIN_KEY{provider} }}", StringComparison.Ordinal)
            .Replace("tiers:", rule + "\ntiers:", StringComparison.Ordinal);

        var policy = With(text).Playbook().Models!;

        Assert.Equal(why, policy.Regulated.Forbids(policy.Providers[0]));
    }

    [Fact]
    public void Reads_agents_with_their_scopes()
    {
        var agents = new PlaybookFiles()
            .With("agents.yaml", "agents:\n  support: { description: First line, scopes: [orders:read] }\n")
            .Playbook().Agents;

        Assert.Equal(["orders:read"], Assert.Single(agents).Scopes);
    }

    [Fact]
    public void Reads_prompts_by_stage() => Assert.Equal("Be brief.\n",
        new PlaybookFiles().With("prompts/triage.md", "Be brief.\n").Playbook().Prompts["triage"]);

    private static PlaybookFiles With(string models) => new PlaybookFiles().With("models.yaml", models);
}
