using Baton.Gateway.Chain;
using Microsoft.Extensions.AI;

namespace Baton.Gateway;

/// <summary>The order of the links, from the caller to the provider. Each has one job.</summary>
internal static class ChatChain
{
    private static readonly IReadOnlyList<Func<IChatClient, GatewayParts, IChatClient>> Links =
    [
        (next, parts) => new PrivacyClient(next, parts.Admission),
        (next, parts) => new LimitsClient(next, parts.Admission, parts.Options),
        (next, parts) => new CacheClient(next, parts.Answers, parts.Questions, parts.Meterer, parts.Clock),
        (next, parts) => new BudgetClient(next, parts.Admission),
        (next, parts) => new RoutingClient(next, parts.Admission, parts.EstimateDifficulty),
        (next, parts) => new FailoverClient(next, parts.Failover, parts.Options, parts.Clock),
        (next, _) => new StructuredClient(next),
        (next, parts) => new MeteringClient(next, parts.Meterer),
    ];

    public static IChatClient Build(GatewayParts parts)
    {
        IChatClient client = new ProviderClient();
        for (var i = Links.Count - 1; i >= 0; i--) client = Links[i](client, parts);
        return client;
    }
}
