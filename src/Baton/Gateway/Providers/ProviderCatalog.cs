// The SDK marks clients with a custom authentication policy as experimental; there is no other way to a token.
#pragma warning disable OPENAI001
using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using Anthropic;
using Anthropic.Core;
using Baton.Playbooks.Models;
using Microsoft.Extensions.AI;
using OpenAI;

namespace Baton.Gateway.Providers;

/// <summary>Reads a secret by the name of its environment variable; null when there is none.</summary>
public delegate string? ReadSecret(string variable);

/// <summary>
/// The clients of one <see cref="ModelsPolicy"/>, made when first used. Retries inside the SDKs are off: the failover
/// of the chain knows budgets, breakers and the next candidate, they do not.
/// </summary>
internal sealed class ProviderCatalog(ModelsPolicy policy, ProviderAccess access)
{
    private static readonly TimeSpan NoSdkTimeout = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, IChatClient> _chat = new();
    private readonly ConcurrentDictionary<string, IEmbeddingGenerator<string, Embedding<float>>> _embeddings = new();
    private readonly ConcurrentDictionary<string, HttpClient> _http = new();

    public ModelsPolicy Policy => policy;

    /// <summary>The client of a model, straight to its server.</summary>
    /// <exception cref="GatewayException">Its key is missing or the policy is contradictory.</exception>
    public IChatClient Chat(ModelPolicy model) => _chat.GetOrAdd(model.Name, _ => MakeChat(model));

    public IEmbeddingGenerator<string, Embedding<float>> Embeddings(ModelPolicy model) =>
        _embeddings.GetOrAdd(model.Name, _ => MakeEmbeddings(model));

    private IChatClient MakeChat(ModelPolicy model)
    {
        var provider = ProviderOf(model);
        return provider.Kind switch
        {
            ProviderKind.OpenAi => new OpenAiChat(
                new OpenAI.Chat.ChatClient(model.Id, Authentication(provider), OpenAiOptions(provider)),
                new OpenAiModel(model.Id, provider.LegacyMaxTokens)),
            ProviderKind.Anthropic => new AnthropicChat(AnthropicClient(provider).AsIChatClient(model.Id, DefaultMax)),
            _ => access.LocalChat(model.Id) ?? throw Wrong($"no local model '{model.Id}' is registered"),
        };
    }

    private IEmbeddingGenerator<string, Embedding<float>> MakeEmbeddings(ModelPolicy model)
    {
        var provider = ProviderOf(model);
        return provider.Kind switch
        {
            ProviderKind.OpenAi => new OpenAiEmbeddings(
                new OpenAI.Embeddings.EmbeddingClient(model.Id, Authentication(provider), OpenAiOptions(provider)),
                model.Id),
            ProviderKind.Local => access.LocalEmbeddings(model.Id)
                ?? throw Wrong($"no local embedding model '{model.Id}' is registered"),
            _ => throw Wrong($"provider '{provider.Name}' speaks a protocol without embeddings"),
        };
    }

    /// <summary>Anthropic demands an output limit; calls through the chain always bring their own.</summary>
    private const int DefaultMax = 1024;

    private AnthropicClient AnthropicClient(ProviderPolicy provider) => new(new ClientOptions
    {
        BaseUrl = Endpoint(provider).OriginalString.TrimEnd('/'),
        ApiKey = provider.Auth == ProviderAuth.None ? "none" : Key(provider),
        MaxRetries = 0,
        Timeout = NoSdkTimeout,
        HttpClient = Http(provider),
    });

    private OpenAIClientOptions OpenAiOptions(ProviderPolicy provider) => new()
    {
        Endpoint = Endpoint(provider),
        RetryPolicy = new ClientRetryPolicy(0),
        NetworkTimeout = Timeout.InfiniteTimeSpan,
        Transport = new HttpClientPipelineTransport(Http(provider)),
        EnableDistributedTracing = false,
        ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
    };

    private AuthenticationPolicy Authentication(ProviderPolicy provider) => provider.Auth switch
    {
        ProviderAuth.AzureIdentity => new BearerTokenPolicy(access.AzureToken(), provider.TokenScope),
        // The SDK wants a key; servers without authentication ignore it.
        ProviderAuth.None => ApiKeyAuthenticationPolicy.CreateBearerAuthorizationPolicy(new ApiKeyCredential("none")),
        _ => ApiKeyAuthenticationPolicy.CreateBearerAuthorizationPolicy(new ApiKeyCredential(Key(provider))),
    };

    private HttpClient Http(ProviderPolicy provider) =>
        _http.GetOrAdd(provider.Name, name => ProviderHttp.Client(name, access.Clock, access.Transport?.Invoke()));

    private ProviderPolicy ProviderOf(ModelPolicy model) =>
        policy.Provider(model.Provider)
        ?? throw Wrong($"model '{model.Name}' names unknown provider '{model.Provider}'");

    private string Key(ProviderPolicy provider)
    {
        var variable = provider.KeyVariable ?? throw Wrong($"provider '{provider.Name}' names no variable for its key");
        return access.Secret(variable) is { Length: > 0 } key
            ? key
            : throw Wrong($"provider '{provider.Name}' needs a key in the environment variable {variable}");
    }

    private static Uri Endpoint(ProviderPolicy provider) =>
        Uri.TryCreate(provider.Endpoint, UriKind.Absolute, out var uri)
            ? uri
            : throw Wrong($"provider '{provider.Name}' has no valid endpoint: '{provider.Endpoint}'");

    private static GatewayException Wrong(string message) => new(GatewayFailure.Misconfigured, message);
}
