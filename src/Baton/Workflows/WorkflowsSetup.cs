using Baton.Storage.Sealing;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Workflows;

/// <summary>Registers workflows.</summary>
internal static class WorkflowsSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds what walks workflows and keeps their runs.</summary>
        public IServiceCollection AddWorkflows() => services
            .AddSingleton<WorkflowStore>()
            .AddSingleton(ErasedPlace.OfTickets("answers of tools", "transcripts", WorkflowStore.Erase))
            .AddSingleton<WorkflowRunner>();
    }
}
