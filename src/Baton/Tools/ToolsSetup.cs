using Microsoft.Extensions.DependencyInjection;

namespace Baton.Tools;

/// <summary>Registers the HTTP tools.</summary>
internal static class ToolsSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the caller. Redirects are not followed: a tool answers from where the playbook says.</summary>
        /// <param name="handler">How requests leave; null means over the network.</param>
        public IServiceCollection AddTools(ToolOptions options, HttpMessageHandler? handler = null) => services
            .AddSingleton(options)
            .AddSingleton(provider => new HttpToolCaller(
                new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false })
                {
                    Timeout = Timeout.InfiniteTimeSpan,
                },
                options, provider.GetRequiredService<TimeProvider>()));
    }
}
