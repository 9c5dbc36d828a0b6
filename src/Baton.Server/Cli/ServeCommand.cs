using System.CommandLine;
using Baton.Operations;
using Baton.People;
using Baton.People.Inboxes;
using Baton.Playbooks;
using Baton.Server.Accounts;
using Baton.Server.Api;
using Baton.Server.Demo;
using Baton.Storage.Engines;

namespace Baton.Server.Cli;

/// <summary><c>baton serve</c>: the API, the console and the workers.</summary>
internal static class ServeCommand
{
    public const string DefaultUrl = "http://127.0.0.1:5280";

    public static Command Command()
    {
        var urls = new Option<string>(
            "--urls") { Description = "Addresses to listen on.", DefaultValueFactory = _ => DefaultUrl };
        var demo = new Option<bool>(
            "--demo") { Description =
                "Also serve the demo order system, orders NW-10001 to NW-10060, and a shop page with the chat, and make a demo team." };
        var idle = new Option<bool>(
            "--no-workers") { Description = "Take tickets in and show them, and leave the work to `baton work`." };
        var (database, playbook, models) = (DatabaseFile.Option, Places.Playbook(), Places.Models());
        var command = new Command(
            "serve", "Serve the API and the console, and work on tickets.") { urls, database, playbook, models, demo, idle };
        command.SetAction((parsed, token) => CliError.Guard(() => RunAsync(new ServeOptions(
            parsed.GetValue(urls)!, parsed.GetValue(database)!, parsed.GetValue(playbook)!, parsed.GetValue(demo))
        {
            Models = parsed.GetValue(models), Works = !parsed.GetValue(idle),
        }, token)));
        return command;
    }

    private static async Task<int> RunAsync(ServeOptions options, CancellationToken cancellationToken)
    {
        await using var app = ServerHost.Build(options);
        ServerHost.CheckStart(app.Services);
        await app.StartAsync(cancellationToken);
        // After the start: one that fails must not leave a key behind that nobody has seen.
        var key = await app.Services.GetRequiredService<ApiKeys>().CreateFirstAsync(cancellationToken);
        Console.WriteLine($"Database {StorageEngine.Shown(options.Database)}");
        if (!app.Environment.WebRootFileProvider.GetFileInfo("lib/tabler/tabler.min.css").Exists)
            Console.Error.WriteLine(
                "baton: the browser libraries are missing, so console pages are unstyled: install Node.js 20 or later and build again");
        Console.WriteLine($"Baton listens on {string.Join(", ", app.Urls)}");
        if (key is not null)
            Console.WriteLine($"API key: {key}   (shown once; send it as Authorization: Bearer, or log in to the console with it)");
        var people = app.Services.GetRequiredService<PeopleStore>();
        if (options.Demo)
            await DemoTeam.StartAsync(
                people, app.Services.GetRequiredService<PersonActivity>(),
                app.Services.GetRequiredService<PlaybookHost>().Current, cancellationToken);
        var address = app.Services.GetRequiredService<AccessOptions>().PublicUrl?.GetLeftPart(UriPartial.Authority)
            ?? app.Urls.First().TrimEnd('/');
        if (await app.Services.GetRequiredService<StartLinks>().LineAsync(address, options.Demo, cancellationToken)
            is { } line)
            Console.WriteLine(line);
        if (options.Demo) Console.WriteLine($"A shop with the chat, connected to this server: {address}{DemoShop.Path}");
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}

/// <summary>What <c>baton serve</c> was asked for.</summary>
/// <param name="Urls">Null: nobody reaches it.</param>
internal sealed record ServeOptions(string? Urls, string Database, string Playbook, bool Demo)
{
    /// <summary>Whether it works on tickets.</summary>
    public bool Works { get; init; } = true;

    /// <summary>Whether it does nothing else.</summary>
    public bool IsWorker { get; init; }

    /// <summary>Taken for the playbook's <c>models.yaml</c>.</summary>
    public string? Models { get; init; }
}
