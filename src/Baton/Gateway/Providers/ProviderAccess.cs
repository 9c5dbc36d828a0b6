using System.ClientModel;
using Azure.Identity;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Providers;

/// <summary>What providers need from the host: secrets, an Azure identity, models in this process.</summary>
public sealed record ProviderAccess
{
    /// <summary>Looks up secrets by environment variable.</summary>
    public required ReadSecret Secret { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// The identity for <c>auth: azure_identity</c>. Default: <see cref="DefaultAzureCredential"/>, which tries
    /// environment, workload and managed identity, then developer tools.
    /// </summary>
    public Func<AuthenticationTokenProvider> AzureToken { get; init; } = () => new DefaultAzureCredential();

    /// <summary>Chat models in this process, by id.</summary>
    public Func<string, IChatClient?> LocalChat { get; init; } = _ => null;

    /// <summary>Embedding models in this process, by id.</summary>
    public Func<string, IEmbeddingGenerator<string, Embedding<float>>?> LocalEmbeddings { get; init; } = _ => null;

    /// <summary>Replaces the network, for tests.</summary>
    public Func<HttpMessageHandler>? Transport { get; init; }
}
