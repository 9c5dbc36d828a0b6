using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Models;

namespace Baton.Playbooks.Loading.Models;

/// <summary>
/// Reads <c>models.yaml</c>. Providers, models and tiers are read in the order in which they are referred to.
/// </summary>
internal static class ModelsReader
{
    public static ModelsPolicy Read(Section file, LoadState state)
    {
        var providers = Entries(file, "providers", "provider", ProviderReader.Read);
        var models = Entries(
            file, "models", "model", (name, s) =>
            ModelReader.Read(name, s, NamesOf("provider", providers, p => p.Name)));
        var tiers = Tiers(file, NamesOf("model", models, m => m.Name));
        var tierNames = NamesOf("tier", tiers, t => t.Name);
        var policy = new ModelsPolicy
        {
            Providers = providers,
            Models = models,
            Tiers = tiers,
            Stages = Entries(file, "stages", "stage", (name, stage) => Stage(name, stage, tierNames)),
            Budgets = file.Child("budgets") is { } budgets ? BudgetReader.Read(budgets) : new BudgetPolicy(),
            Auto = file.Child("auto") is { } auto ? Auto(auto, tierNames) : null,
            Regulated = file.Child("regulated") is { } regulated
                ? Regulated(regulated, providers)
                : new RegulatedPolicy(),
            Cache = file.Child("cache") is { } cache ? Cache(cache) : new CachePolicy(),
        };
        if (policy.Stages.Count > 0 && tiers.Count == 0 && !file.Has("tiers"))
            state.Problems.Add(file.Here,
                "'stages' ask tiers, but there are none; add 'tiers: { commodity: [model] }'");
        file.Close();
        return policy;
    }

    private static IReadOnlyList<T> Entries<T>(Section file, string field, string each, Func<Located, Section, T> read)
    {
        List<T> all = [];
        foreach (var (key, section) in file.Child(field)?.Named(each) ?? [])
        {
            Names.CheckShape(key, each, file.Problems, hyphens: each != "stage");
            all.Add(read(key, section));
            section.Close();
        }
        return all;
    }

    private static Names NamesOf<T>(string kind, IReadOnlyList<T> declared, Func<T, string> name) =>
        new(kind, [.. declared.Select(name)]);

    private static List<TierPolicy> Tiers(Section file, Names models)
    {
        List<TierPolicy> tiers = [];
        if (file.Child("tiers") is not { } section) return tiers;
        foreach (var entry in section.Entries)
        {
            var tier = new Located(entry.Key, file.File, entry.Line, entry.Column);
            Names.CheckShape(tier, "tier", file.Problems, hyphens: true);
            var members = section.Texts(entry.Key);
            foreach (var model in members) models.Check(model, $"tier '{tier}'", file.Problems);
            Names.CheckUnique(members, $"tier '{tier}', model", file.Problems);
            if (members.Count == 0)
                file.Problems.Add(tier,
                    $"tier '{tier}' has no model; name at least one, best first, or remove the tier");
            tiers.Add(new TierPolicy(entry.Key, [.. members.Select(m => m.Text)]));
        }
        return tiers;
    }

    private static StagePolicy Stage(Located name, Section stage, Names tiers)
    {
        // Other programs may bring stages of their own, so a strange name is no error.
        if (!ModelStages.All.Contains(name.Text) && Suggestion.Closest(name.Text, ModelStages.All) is { } meant)
            stage.Problems.Warn(name, $"{stage.What} is none of Baton's own; did you mean '{meant}'?");
        var (shortest, longest) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        var tier = stage.RequiredLocated("tier", TierNames.Commodity);
        tiers.Check(tier, stage.What, stage.Problems);
        var timeout = stage.Duration("timeout", shortest, longest) ?? TimeSpan.FromSeconds(30);
        var hedge = stage.Duration("hedge_after", TimeSpan.FromMilliseconds(10), longest);
        if (hedge >= timeout)
            stage.Problems.Add(stage.Located("hedge_after")!.Value,
                $"{stage.What}: hedges after {Durations.Text(hedge.Value)}, but ends after {Durations.Text(timeout)}; hedge earlier");
        return new StagePolicy
        {
            Name = name.Text,
            Tier = tier?.Text ?? "",
            Timeout = timeout,
            MaxTokens = stage.Whole("max_tokens", 1024, 1, 1_000_000),
            Strategy = stage.Choice<RoutingStrategy>("strategy") ?? RoutingStrategy.Cheapest,
            Cache = stage.Choice<CacheMode>("cache") ?? CacheMode.Off,
            HedgeAfter = hedge,
            Batch = stage.Flag("batch", false),
        };
    }

    private static RegulatedPolicy Regulated(Section regulated, IReadOnlyList<ProviderPolicy> providers)
    {
        var places = regulated.Texts("residency");
        var known = new Names("residency", [.. providers.Select(p => p.Residency).OfType<string>().Distinct()]);
        foreach (var place in places) known.Check(place, "regulated", regulated.Problems);
        regulated.Close();
        return new RegulatedPolicy { Residency = [.. places.Select(p => p.Text)] };
    }

    private static AutoPolicy Auto(Section auto, Names tiers)
    {
        var easy = auto.RequiredLocated("easy", TierNames.Commodity);
        var hard = auto.RequiredLocated("hard", TierNames.Reasoning);
        tiers.Check(easy, "auto", auto.Problems);
        tiers.Check(hard, "auto", auto.Problems);
        var read = new AutoPolicy(easy?.Text ?? "", hard?.Text ?? "", auto.Number("threshold", 0.5, 0, 1));
        auto.Close();
        return read;
    }

    private static CachePolicy Cache(Section cache)
    {
        var defaults = new CachePolicy();
        var read = new CachePolicy
        {
            TimeToLive = cache.Duration("time_to_live", TimeSpan.Zero, TimeSpan.FromDays(30)) ?? defaults.TimeToLive,
            MaxEntries = cache.Whole("max_entries", defaults.MaxEntries, 0, 10_000_000),
            MaxEntryBytes = cache.Whole("max_entry_bytes", defaults.MaxEntryBytes, 0, 10_485_760),
            Semantic = cache.Flag("semantic", defaults.Semantic),
            SemanticThreshold = cache.Number("semantic_threshold", defaults.SemanticThreshold, 0, 1),
        };
        cache.Close();
        return read;
    }
}
