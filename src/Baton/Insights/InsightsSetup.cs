using Baton.Conversations;
using Baton.Insights.Measuring;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Insights;

/// <summary>Registers what counts and adds up.</summary>
internal static class InsightsSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds the figures. Those who follow saves do so in their order: add this after all of them.
        /// </summary>
        public IServiceCollection AddInsights() => services
            .AddSingleton<FollowUp>(ReturnKeeper.Follow)
            .AddSingleton<FollowUp>(InsightTables.Follow)
            .AddSingleton<InsightSweep>()
            .AddSingleton<SeriesMeter>()
            .AddSingleton<SeriesSweep>()
            .AddSingleton<ReviewDesk>()
            .AddHostedService(provider => provider.GetRequiredService<InsightSweep>())
            .AddHostedService(provider => provider.GetRequiredService<SeriesSweep>());
    }
}
