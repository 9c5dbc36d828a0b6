using Baton.Decisions;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Server.Cli;

/// <summary>The product without a web server, for verbs.</summary>
internal static class CliHost
{
    /// <summary>Composes all slices; warnings and errors go to standard error.</summary>
    /// <exception cref="CliError">The playbook is invalid or the database cannot be used.</exception>
    public static ServiceProvider Build(BatonOptions options)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging
            .SetMinimumLevel(LogLevel.Warning)
            .AddSimpleConsole(console => console.SingleLine = true));
        var provider = services.AddBaton(options, configuration).BuildServiceProvider();
        try
        {
            provider.GetRequiredService<Database>();
            _ = provider.GetRequiredService<LocalModelCache>().Current;
            return provider;
        }
        catch (Exception error) when (error is StorageException or InvalidPlaybookException)
        {
            provider.Dispose();
            throw new CliError(error.Message);
        }
    }
}
