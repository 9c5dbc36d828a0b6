using System.CommandLine;
using Baton.Incidents.Alerting;
using Baton.Playbooks;
using Baton.Playbooks.Alerts;
using Baton.Storage;

namespace Baton.Server.Cli.Watching;

/// <summary>What the verbs of whoever is on call need; nothing of it works on tickets.</summary>
internal sealed record WatchingHost(IServiceProvider Services)
{
    public Database Database => Services.GetRequiredService<Database>();

    public AlertWatch Watch => Services.GetRequiredService<AlertWatch>();

    public AlertDesk Desk => Services.GetRequiredService<AlertDesk>();

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public AlertPolicy Policy => Services.GetRequiredService<PlaybookHost>().Current.Alerts;

    /// <summary>Runs a verb on a database that is there.</summary>
    public static async Task<int> RunAsync(
        ParseResult arguments, Option<string> playbook, Func<WatchingHost, Task<int>> verb)
    {
        var path = arguments.GetValue(DatabaseFile.Option)!;
        if (!DatabaseFile.Exists(path)) throw new CliError($"{path}: no such file; name the database with --db FILE");
        DatabaseFile.Name(path);
        await using var services = CliHost.Compose(new BatonOptions
        {
            Database = path, Playbook = arguments.GetValue(playbook)!,
        });
        return await verb(new WatchingHost(services));
    }
}
