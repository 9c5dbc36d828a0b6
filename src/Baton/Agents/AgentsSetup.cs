using Baton.Conversations;
using Baton.Storage.Sealing;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Agents;

/// <summary>Registers the loop in which a model works with tools.</summary>
internal static class AgentsSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the loop and what it keeps.</summary>
        public IServiceCollection AddAgents() => services
            .AddSingleton<AgentCalls>()
            .AddSingleton<AgentRuns>()
            .AddSingleton(ErasedPlace.OfTickets("agent transcripts", "transcripts", AgentRuns.Erase))
            .AddSingleton<AgentLoop>()
            .AddSingleton<FollowUp>(AgentRuns.Follow);
    }
}
