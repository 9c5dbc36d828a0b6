using Baton.Agents;
using Baton.Archive;
using Baton.Audit;
using Baton.Audit.Entries;
using Baton.Channels;
using Baton.Conversations;
using Baton.Customers;
using Baton.Decisions;
using Baton.Escalation;
using Baton.Evaluation;
using Baton.Gateway;
using Baton.Gateway.Providers;
using Baton.Incidents;
using Baton.Insights;
using Baton.Operations;
using Baton.Operations.Links;
using Baton.People;
using Baton.Playbooks;
using Baton.Privacy;
using Baton.Storage;
using Baton.Tools;
using Baton.Workflows;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Baton;

/// <summary>
/// Composes the product. The server, every verb, the tests and other people's hosts start from here, so that none of
/// them can differ in anything but what it says.
/// </summary>
internal static class Composition
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds every slice. What is registered already stays: the clock, the dice, the customer directory.
        /// </summary>
        /// <param name="configuration">Environment and settings files, for secrets and <c>AGENT_MODE</c>.</param>
        /// <param name="secrets">Where keys of providers and tools are; null means the configuration.</param>
        public IServiceCollection AddBaton(
            BatonOptions options, IConfiguration configuration, ReadSecret? secrets = null)
        {
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton(Random.Shared);
            var secret = secrets ?? (name => configuration[name]);
            return services
                .AddSingleton(options)
                .AddStorage(options.Storage with { Path = options.Database }, options.Jobs)
                .AddPrivacy(options.Presidio)
                .AddPlaybooks(options.Playbooks.At(options.Playbook, options.Models))
                .AddOperations(new KillSwitchOptions(configuration["AGENT_MODE"]), new PublicAddress(options.PublicUrl),
                    options.Backup)
                .AddGateway(options.Gateway, secret)
                .AddCustomers(options.Customers, name => secret(name))
                .AddConversations(options.Intake)
                .AddPeople(options.LockOut)
                .AddChannels(options.Channels)
                .AddTools(new ToolOptions(options.ToolBase, name => secret(name))
                {
                    PrivateHosts = configuration.GetSection("Baton:Tools:PrivateHosts").Get<string[]>() ?? [],
                    Commands = configuration.GetSection("Baton:Tools:Commands").Get<string[]>() ?? [],
                }, options.ToolHandler)
                .AddAgents()
                .AddWorkflows()
                .AddEscalation(options.Turns.PastTickets)
                // After those who follow saves: it counts what the others bring about.
                .AddInsights()
                // Brings no facts about, and sees those of all others.
                .AddEvaluation()
                .AddIncidents()
                .AddArchive(options.Archive, provider => token =>
                    provider.GetRequiredService<AuditFollower>().CatchUpAsync(token, int.MaxValue))
                .AddAudit()
                .AddDecisions(options.Turns, new LocalModelOptions(options.CacheFolder), options.Local, options.Stages);
        }
    }
}
