using Baton.Channels;
using Baton.Conversations;
using Baton.Customers;
using Baton.Decisions;
using Baton.Gateway;
using Baton.Operations;
using Baton.Playbooks;
using Baton.Privacy;
using Baton.Privacy.Presidio;
using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Tools;

namespace Baton.Server;

/// <summary>Where one installation keeps its things and how it decides.</summary>
internal sealed record BatonOptions
{
    /// <summary>Playbook folder.</summary>
    public required string Playbook { get; init; }

    /// <summary>Taken for the playbook's <c>models.yaml</c>; null takes the playbook's own.</summary>
    public string? Models { get; init; }

    /// <summary>Database file.</summary>
    public required string Database { get; init; }

    /// <summary>Folder for trained models, by content.</summary>
    public required string Cache { get; init; }

    /// <summary>What <c>{base}</c> in a tool's address stands for.</summary>
    public Uri? ToolBase { get; init; }

    /// <summary>How tool requests leave; null means over the network.</summary>
    public HttpMessageHandler? ToolHandler { get; init; }

    public GatewayOptions Gateway { get; init; } = new();

    public TurnOptions Turns { get; init; } = new();

    public JobOptions Jobs { get; init; } = new();

    public IntakeOptions Intake { get; init; } = new();

    public PresidioOptions Presidio { get; init; } = new();
}

/// <summary>Composes the product; every verb and the server start from here.</summary>
internal static class BatonSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds every slice.</summary>
        /// <param name="configuration">Environment and settings files, for secrets and <c>AGENT_MODE</c>.</param>
        public IServiceCollection AddBaton(BatonOptions options, IConfiguration configuration) => services
            .AddSingleton(options)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(Random.Shared)
            .AddStorage(new DatabaseOptions { Path = options.Database }, options.Jobs)
            .AddPrivacy(options.Presidio)
            .AddPlaybooks(new PlaybookOptions { Directory = options.Playbook, ModelsFile = options.Models })
            .AddOperations(new KillSwitchOptions(configuration["AGENT_MODE"]))
            .AddGateway(options.Gateway, name => configuration[name])
            .AddCustomers()
            .AddConversations(options.Intake)
            .AddChannels()
            .AddTools(new ToolOptions(options.ToolBase, name => configuration[name]), options.ToolHandler)
            .AddDecisions(options.Turns, new LocalModelOptions(options.Cache));
    }
}
