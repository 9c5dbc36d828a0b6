using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Models;

namespace Baton.Playbooks.Loading.Models;

/// <summary>Reads one provider of <c>models.yaml</c>.</summary>
internal static class ProviderReader
{
    public static ProviderPolicy Read(Located name, Section provider)
    {
        var defaults = new ProviderPolicy { Name = "", Kind = ProviderKind.Local };
        var read = new ProviderPolicy
        {
            Name = name.Text,
            Kind = Kind(provider),
            Endpoint = provider.OptionalText("endpoint"),
            Auth = provider.Choice<ProviderAuth>("auth") ?? ProviderAuth.Key,
            KeyVariable = provider.OptionalText("key_variable"),
            TokenScope = provider.OptionalText("token_scope") ?? defaults.TokenScope,
            LegacyMaxTokens = provider.Flag("legacy_max_tokens", false),
            BatchServiceTier = provider.OptionalText("batch_service_tier"),
            Residency = provider.Located("residency") is { } place ? Residency(place, provider) : null,
            DataAgreement = provider.Flag("data_agreement", false),
            MaxConcurrent = provider.Whole("max_concurrent", defaults.MaxConcurrent, 1, 10_000),
            MaxQueued = provider.Whole("max_queued", defaults.MaxQueued, 0, 100_000),
            MaxAttempts = provider.Whole("max_attempts", defaults.MaxAttempts, 1, 5),
            MaxRetryDelay = provider.Duration("max_retry_delay", TimeSpan.Zero, TimeSpan.FromMinutes(5))
                ?? defaults.MaxRetryDelay,
        };
        CheckEndpoint(provider, read);
        CheckKey(provider, read);
        return read;
    }

    private static string Residency(Located place, Section provider)
    {
        Names.CheckShape(place, "residency", provider.Problems, hyphens: true);
        return place.Text;
    }

    private static ProviderKind Kind(Section provider)
    {
        if (provider.RequiredLocated("kind", "openai") is not { } word) return default;
        if (ProviderKinds.ByWord.TryGetValue(word.Text, out var kind)) return kind;
        provider.Problems.Add(
            word, $"{provider.What}: 'kind' cannot be '{word}'{Suggestion.Hint(word.Text, ProviderKinds.ByWord.Keys)}");
        return default;
    }

    private static void CheckEndpoint(Section provider, ProviderPolicy read)
    {
        if (read.Kind == ProviderKind.Local) return;
        if (provider.RequiredLocated("endpoint", "https://api.openai.com/v1") is not { } endpoint) return;
        if (!Uri.TryCreate(endpoint.Text, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https"))
            provider.Problems.Add(
                endpoint, $"{provider.What}: '{endpoint}' is not an http(s) address; write it like https://api.openai.com/v1");
        else if (address.UserInfo.Length > 0)
            provider.Problems.Add(
                endpoint, $"{provider.What}: the address carries credentials; name an environment variable in 'key_variable'");
        else if (address is { Scheme: "http", IsLoopback: false })
            provider.Problems.Warn(endpoint, $"{provider.What}: '{endpoint}' is not encrypted; use https");
    }

    private static void CheckKey(Section provider, ProviderPolicy read)
    {
        if (read.Kind == ProviderKind.Local || read.Auth != ProviderAuth.Key) return;
        if (provider.RequiredLocated("key_variable", "OPENAI_API_KEY") is { } variable)
            Names.CheckVariable(variable, $"{provider.What}: 'key_variable'", provider.Problems);
    }
}
