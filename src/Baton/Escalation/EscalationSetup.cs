using Baton.Conversations;
using Baton.Conversations.Routing;
using Baton.Escalation.Promised;
using Baton.Escalation.Queues;
using Baton.Escalation.ServiceLevels;
using Baton.Playbooks;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Baton.Escalation;

/// <summary>Registers the keeping of service levels and promises; everything else here is pure.</summary>
internal static class EscalationSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the clocks of tickets and the book of promises.</summary>
        /// <param name="pastTickets">Whether tickets of long ago are decided: their clocks are over.</param>
        public IServiceCollection AddEscalation(bool pastTickets)
        {
            services.AddSingleton<StaffedQueue>(provider =>
            {
                var (playbooks, clock) =
                    (provider.GetRequiredService<PlaybookHost>(), provider.GetRequiredService<TimeProvider>());
                return name => playbooks.Current.Queues.FirstOrDefault(q => q.Name == name) is { } queue
                    && StaffedHours.IsStaffed(queue, Instant.FromDateTimeOffset(clock.GetUtcNow()));
            });
            return pastTickets ? services : services.AddKeepers();
        }

        private IServiceCollection AddKeepers() => services
            .AddSingleton<ServiceLevelKeeper>()
            .AddSingleton<PromiseKeeper>()
            .AddSingleton<FollowUp>(provider => provider.GetRequiredService<PromiseKeeper>().Follow)
            .AddSingleton<FollowUp>(provider => provider.GetRequiredService<ServiceLevelKeeper>().Follow);
    }
}
