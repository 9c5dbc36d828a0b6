using System.CommandLine;
using Baton.Storage.Engines;

namespace Baton.Server.Cli;

/// <summary><c>baton work</c>: workers alone, as many processes as there is work for.</summary>
internal static class WorkCommand
{
    public static Command Command()
    {
        var urls = new Option<string?>(
            "--urls") { Description = "Addresses for health and metrics; without them nobody reaches it." };
        var (database, playbook, models) = (DatabaseFile.Option, Places.Playbook(), Places.Models());
        var command = new Command(
            "work", "Work on the tickets that `baton serve` takes in, beside others that do.")
        {
            urls, database, playbook, models,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => RunAsync(new ServeOptions(
            parsed.GetValue(urls), parsed.GetValue(database)!, parsed.GetValue(playbook)!, Demo: false)
        {
            Models = parsed.GetValue(models), IsWorker = true,
        }, token)));
        return command;
    }

    private static async Task<int> RunAsync(ServeOptions options, CancellationToken cancellationToken)
    {
        await using var app = ServerHost.Build(options);
        ServerHost.CheckStart(app.Services);
        await app.StartAsync(cancellationToken);
        Console.WriteLine($"Baton works on {StorageEngine.Shown(options.Database)}");
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}
