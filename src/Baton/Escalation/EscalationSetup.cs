using Baton.Conversations;
using Baton.Escalation.ServiceLevels;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Escalation;

/// <summary>Registers the keeping of service levels; everything else here is pure.</summary>
internal static class EscalationSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the clocks of tickets.</summary>
        /// <param name="pastTickets">Whether tickets of long ago are decided: their clocks are over.</param>
        public IServiceCollection AddEscalation(bool pastTickets) => pastTickets ? services : services
            .AddSingleton<ServiceLevelKeeper>()
            .AddSingleton<FollowUp>(provider => provider.GetRequiredService<ServiceLevelKeeper>().Follow);
    }
}
