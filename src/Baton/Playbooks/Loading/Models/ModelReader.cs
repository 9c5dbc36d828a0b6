using System.Globalization;
using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Models;

namespace Baton.Playbooks.Loading.Models;

/// <summary>
/// Reads one model of <c>models.yaml</c>. Prices and their date must be written: nothing is free by accident.
/// </summary>
internal static class ModelReader
{
    /// <summary>Dearest price believed, dollars per million tokens; more is a slip of the unit.</summary>
    private const decimal Dearest = 100_000;

    public static ModelPolicy Read(Located name, Section model, Names providers)
    {
        var provider = model.RequiredLocated("provider", "openai");
        providers.Check(provider, model.What, model.Problems);
        var prices = model.AsSection(
            model.Required("prices", "{ dated: 2026-11-01, input: 0.15, output: 0.60 }"), $"{model.What}, prices");
        model.Required("context_tokens", "128000");
        return new ModelPolicy
        {
            Name = name.Text,
            Provider = provider?.Text ?? "",
            Id = model.Text("id", "the name the provider gives it"),
            Prices = prices is null ? new ModelPrices(default, Usd.Zero, Usd.Zero) : Prices(prices),
            ContextTokens = model.Whole("context_tokens", 1, 1, 100_000_000),
            Capabilities = model.Has("capabilities") ? Capabilities(model) : ModelCapabilities.Streaming,
            Weight = model.Number("weight", 1, 0, 1_000),
        };
    }

    private static ModelPrices Prices(Section prices)
    {
        var read = new ModelPrices(Date(prices), Price(prices, "input"), Price(prices, "output"))
        {
            CachedInput = prices.Number("cached_input", 0, Dearest) is { } cached ? new Usd(cached) : null,
            CacheWrite = prices.Number("cache_write", 0, Dearest) is { } write ? new Usd(write) : null,
            Hourly = prices.Number("hourly", 0, Dearest) is { } hour ? new Usd(hour) : null,
            BatchFactor = prices.Number("batch_factor", 0, 1) ?? 1m,
        };
        prices.Close();
        return read;
    }

    private static Usd Price(Section prices, string name)
    {
        prices.Required(name, "0.15  # dollars per million tokens; 0 only when it is really free");
        return new Usd(prices.Number(name, 0, Dearest) ?? 0);
    }

    private static DateOnly Date(Section prices)
    {
        if (prices.RequiredLocated("dated", "2026-11-01") is not { } text) return default;
        if (DateOnly.TryParseExact(
            text.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        prices.Problems.Add(text,
            $"{prices.What}: 'dated' is '{text}', not a date; write the day the prices were read, like 2026-11-01");
        return default;
    }

    private static ModelCapabilities Capabilities(Section model)
    {
        var all = ModelCapabilities.None;
        foreach (var word in model.Texts("capabilities"))
            all |= model.Choice<ModelCapabilities>(word, "capabilities") ?? ModelCapabilities.None;
        return all;
    }
}
