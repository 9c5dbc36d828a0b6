using Baton.Conversations;
using Baton.Operations;
using Baton.Storage.Measured;
using Baton.Tools.Mcp;
using Baton.Tools.Running;
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
                Client(handler ?? OutsideCalls.Handler(allowPrivate: true)),
                Client(handler ?? OutsideCalls.Handler(allowPrivate: false)), options,
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<McpPins>()
            .AddSingleton<McpTools>()
            .AddSingleton<BuiltinTool>(BuiltinTools.Now)
            .AddSingleton<Dependencies>()
            .AddSingleton<ReadSeries>(provider => provider.GetRequiredService<Dependencies>().Read)
            .AddSingleton<ToolCallers>()
            .AddSingleton<ToolLookups>()
            .AddSingleton<ToolMeter>()
            .AddSingleton<EffectRun>()
            .AddSingleton<ToolRunner>()
            .AddSingleton<ToolDenials>()
            .AddSingleton<FollowUp>(provider => provider.GetRequiredService<ToolDenials>().Follow);
    }

    private static HttpClient Client(HttpMessageHandler handler) => new(handler) { Timeout = Timeout.InfiniteTimeSpan };
}
