using Microsoft.Extensions.DependencyInjection;

namespace Baton.Operations;

/// <summary>Registers the kill switch, the API keys and the sessions.</summary>
internal static class OperationsSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the kill switch, the API keys and the sessions.</summary>
        public IServiceCollection AddOperations(KillSwitchOptions options) =>
            services.AddSingleton(options).AddSingleton<KillSwitch>().AddSingleton<ApiKeys>()
            .AddSingleton<ConsoleSessions>();
    }
}
