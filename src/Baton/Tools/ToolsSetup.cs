using Microsoft.Extensions.DependencyInjection;
using Microsoft.Security.AntiSSRF;

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
                Client(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }),
                Client(handler ?? Guarded()), options, provider.GetRequiredService<TimeProvider>()));
    }

    private static HttpClient Client(HttpMessageHandler handler) => new(handler) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Looks at the address that a name really leads to, at the moment of the connection.</summary>
    private static AntiSSRFHandler Guarded()
    {
        // http is warned of by the loader; what it must not reach is decided by address.
        var handler = new AntiSSRFPolicy(PolicyConfigOptions.ExternalOnlyLatest) { AllowPlainTextHttp = true }.GetHandler();
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        return handler;
    }
}
