using Baton.Conversations;
using Baton.Escalation.Promised;
using Baton.Escalation.ServiceLevels;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Escalation;

/// <summary>Registers the keeping of service levels and promises; everything else here is pure.</summary>
internal static class EscalationSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the clocks of tickets and the book of promises.</summary>
        /// <param name="pastTickets">Whether tickets of long ago are decided: their clocks are over.</param>
        public IServiceCollection AddEscalation(bool pastTickets) => pastTickets ? services : services
            .AddSingleton<ServiceLevelKeeper>()
            .AddSingleton<PromiseKeeper>()
            .AddSingleton<FollowUp>(provider => provider.GetRequiredService<PromiseKeeper>().Follow)
            .AddSingleton<FollowUp>(provider => provider.GetRequiredService<ServiceLevelKeeper>().Follow);
    }
}
