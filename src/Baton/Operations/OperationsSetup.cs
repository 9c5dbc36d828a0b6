using Microsoft.Extensions.DependencyInjection;

namespace Baton.Operations;

/// <summary>Registers the kill switch and the API keys.</summary>
internal static class OperationsSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the kill switch and the API keys.</summary>
        public IServiceCollection AddOperations(KillSwitchOptions options) =>
            services.AddSingleton(options).AddSingleton<KillSwitch>().AddSingleton<ApiKeys>();
    }
}
