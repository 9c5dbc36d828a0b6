using System.ClientModel;
using Baton.Gateway.Providers;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Gateway;

/// <summary>Policies and clients where a test does not care about the details.</summary>
internal static class SomePolicy
{
    public const string KeyVariable = "STAND_IN_KEY";

    public static ProviderPolicy Provider(ProviderKind kind, string endpoint, string name = "one") => new()
    {
        Name = name, Kind = kind, Endpoint = endpoint, KeyVariable = KeyVariable,
    };

    public static ModelPolicy Model(string name, string provider = "one", decimal input = 1m, decimal output = 4m) =>
        new()
    {
        Name = name,
        Provider = provider,
        Id = name,
        ContextTokens = 100_000,
        Prices = new ModelPrices(new DateOnly(2026, 11, 1), new Usd(input), new Usd(output)),
        Capabilities = ModelCapabilities.Streaming | ModelCapabilities.Tools | ModelCapabilities.JsonSchema,
    };

    public static ProviderCatalog Catalog(
        ProviderPolicy provider, string key, AuthenticationTokenProvider? tokens = null,
        HttpMessageHandler? network = null)
    {
        var access = new ProviderAccess
        {
            Secret = name => name == KeyVariable ? key : null, AzureToken = () => tokens!,
            Transport = network is null ? null : () => network,
        };
        return new ProviderCatalog(new ModelsPolicy { Providers = [provider], Models = [Model("stand-in")] }, access);
    }

    public static IChatClient Chat(
        ProviderPolicy provider, string key, AuthenticationTokenProvider? tokens = null,
        HttpMessageHandler? network = null)
    {
        var catalog = Catalog(provider, key, tokens, network);
        return catalog.Chat(catalog.Policy.Models[0]);
    }
}
