using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Baton.Playbooks;

/// <summary>Registers the slice.</summary>
public static class PlaybooksSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the playbook in force, loaded when first asked for, and the watch on its folder.</summary>
        public IServiceCollection AddPlaybooks(PlaybookOptions options)
        {
            services.TryAddSingleton(TimeProvider.System);
            return services
                .AddSingleton(options)
                .AddSingleton<PlaybookHost>()
                .AddHostedService<PlaybookWatcher>();
        }
    }
}
