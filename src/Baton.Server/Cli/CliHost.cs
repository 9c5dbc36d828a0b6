using Baton.Operations;
using Baton.Playbooks;
using Baton.Server.Accounts.OpenId;
using Baton.Server.Api;
using Baton.Server.Cli.Evaluating.Kept;
using Baton.Server.Telemetry;
using Baton.Storage;

namespace Baton.Server.Cli;

/// <summary>The product without a web server, for verbs.</summary>
internal static class CliHost
{
    /// <summary>All slices, started: database, playbook and models are there.</summary>
    /// <exception cref="BatonSettingException">Settings cannot be used; the message names them all.</exception>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    /// <exception cref="InvalidPlaybookException">The playbook has mistakes; the message names them all.</exception>
    public static async Task<ServiceProvider> BuildAsync(BatonOptions options)
    {
        var provider = Compose(options);
        try
        {
            if (BatonStart.Check(provider) is { } missing) Console.Error.WriteLine(missing);
            return provider;
        }
        catch
        {
            await provider.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Composes all slices, of which nothing is opened yet; warnings and errors go to standard error.
    /// </summary>
    /// <exception cref="BatonSettingException">Settings cannot be used; the message names them all.</exception>
    public static ServiceProvider Compose(BatonOptions options)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var settings = new SettingsReader(configuration);
        // The server's own settings are none of a verb's business, but a slip in one is.
        settings.Read("Telemetry", new TelemetryOptions());
        AccessOptions.Read(settings);
        settings.Read("OpenId", new OpenIdOptions());
        settings.Read("Evaluation", new EvaluationOptions());
        options = BatonSettings.Over(settings, options);
        settings.Close();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging
            .SetMinimumLevel(LogLevel.Warning)
            .AddSimpleConsole(console => console.SingleLine = true));
        return services.AddBaton(options, configuration).BuildServiceProvider();
    }
}
