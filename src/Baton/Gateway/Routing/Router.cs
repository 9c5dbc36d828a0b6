using Baton.Gateway.Money;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Gateway.Routing;

/// <summary>Chooses models for a call: who qualifies, in which order. Asks nobody and changes nothing.</summary>
internal sealed class Router(Breakers breakers, ModelFigures figures, Random random)
{
    public const string Auto = "auto";

    /// <exception cref="GatewayException">The alias is unknown or not allowed.</exception>
    public RoutePlan Choose(ModelsPolicy policy, RouteQuery query)
    {
        var (tier, names) = Resolve(policy, query);
        var considered = new List<(ModelCandidate? Candidate, ReceiptCandidate Entry)>();
        foreach (var name in names) considered.Add(Consider(policy, query, name));
        List<ModelCandidate> fit = [.. considered.Where(c => c.Candidate is not null).Select(c => c.Candidate!)];
        var strategy = tier is null || query.Passthrough ? RoutingStrategy.Ordered : query.Stage.Strategy;
        return new RoutePlan(Order(fit, strategy), [.. considered.Select(c => c.Entry)], strategy) { Tier = tier };
    }

    private static (string? Tier, IReadOnlyList<string> Models) Resolve(ModelsPolicy policy, RouteQuery query)
    {
        var alias = query.Alias == Auto ? AutoTier(policy, query) : query.Alias ?? query.Stage.Tier;
        if (policy.Tier(alias) is { } tier)
        {
            Allow(query, tier.Name);
            return (tier.Name, query.WeakerTiers ? WithWeaker(policy, tier) : tier.Models);
        }
        if (policy.Model(alias) is null) throw Unknown(alias);
        Allow(query, alias);
        return (null, [alias]);
    }

    private static string AutoTier(ModelsPolicy policy, RouteQuery query)
    {
        if (policy.Auto is not { } auto) throw Unknown(Auto);
        return query.Difficulty() < auto.Threshold ? auto.Easy : auto.Hard;
    }

    private static void Allow(RouteQuery query, string name)
    {
        if (query.Allowed.Count == 0 || query.Allowed.Contains(name)) return;
        if (query.Alias == Auto && query.Allowed.Contains(Auto)) return;
        throw new GatewayException(GatewayFailure.BadRequest,
            $"this key may not use '{name}'; it may use {string.Join(", ", query.Allowed)}");
    }

    private static List<string> WithWeaker(ModelsPolicy policy, TierPolicy tier)
    {
        var at = policy.Tiers.TakeWhile(t => t.Name != tier.Name).Count();
        return [.. policy.Tiers.Take(at + 1).Reverse().SelectMany(t => t.Models).Distinct()];
    }

    private (ModelCandidate?, ReceiptCandidate) Consider(ModelsPolicy policy, RouteQuery query, string name)
    {
        if (policy.Model(name) is not { } model || policy.Provider(model.Provider) is not { } provider)
            return (null, new ReceiptCandidate(name, "not in the playbook", Usd.Zero));
        var batch = query.Batch && query.Stage.Batch && provider.BatchServiceTier is not null;
        var estimate = Cost.AtMost(query.InputEstimate, query.MaxOutput, model.Prices)
            * (batch ? model.Prices.BatchFactor : 1m);
        var leftOut = (query.Regulated ? Forbidden(policy.Regulated, provider) : null) ?? LeftOut(query, model);
        var entry = new ReceiptCandidate(name, leftOut, estimate.Rounded);
        return (leftOut is null ? new ModelCandidate(model, provider, estimate.Rounded) : null, entry);
    }

    private static string? Forbidden(RegulatedPolicy rule, ProviderPolicy provider) => rule.Forbids(provider) is { } why
        ? $"{RoutePlan.NotForRegulated}: {why}"
        : null;

    private string? LeftOut(RouteQuery query, ModelPolicy model)
    {
        var missing = query.Needs & ~model.Capabilities & (ModelCapabilities.Tools | ModelCapabilities.Images
            | ModelCapabilities.Embeddings | ModelCapabilities.Streaming);
        if (missing != ModelCapabilities.None) return $"cannot: {missing}";
        if (query.InputEstimate + query.MaxOutput > model.ContextTokens) return "request too long";
        return breakers.IsOut(model) ? RoutePlan.BreakerOpen : null;
    }

    private List<ModelCandidate> Order(List<ModelCandidate> fit, RoutingStrategy strategy) => strategy switch
    {
        RoutingStrategy.Cheapest => [.. fit.OrderBy(c => c.Estimate)],
        // Unmeasured models first, or they would never be measured.
        RoutingStrategy.Fastest => [.. fit.OrderBy(c => figures.FirstTokenMs(c.Model.Name) ?? 0)],
        RoutingStrategy.Weighted => Weighted(fit),
        _ => fit,
    };

    /// <summary>A random order, the first place in proportion to the weights (Efraimidis, Spirakis 2006).</summary>
    private List<ModelCandidate> Weighted(List<ModelCandidate> fit)
    {
        lock (random)
        {
            return [.. fit.Select(c => (Candidate: c, Draw: Draw(c.Model.Weight)))
                .OrderByDescending(c => c.Draw).Select(c => c.Candidate)];
        }
    }

    private double Draw(double weight) => weight <= 0 ? -1 : Math.Pow(random.NextDouble(), 1 / weight);

    private static GatewayException Unknown(string alias) =>
        new(GatewayFailure.BadRequest, $"'{alias}' is neither a model nor a tier of models.yaml");
}
