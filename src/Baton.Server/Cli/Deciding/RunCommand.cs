using System.CommandLine;
using Baton.Decisions.Turns;
using Baton.Gateway;
using Baton.Playbooks;
using Baton.Server.Cli.Measuring;
using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Testing.Commerce;
using Spectre.Console;

namespace Baton.Server.Cli.Deciding;

/// <summary><c>baton run FILE.jsonl</c>: decides every ticket of a file.</summary>
internal static class RunCommand
{
    public static Command Command()
    {
        var file = new Argument<string>("file") { Description = "Tickets, one JSON object per line." };
        var output = new Option<string?>("--out") { Description = "Write one decision per line to this file." };
        var database = new Option<string?>(
            "--db") { Description =
                "Keep everything in this database, a file or postgresql://… (default: a temporary file)." };
        var toolBase = new Option<string?>("--tool-base")
        {
            Description = "What {base} in tool addresses stands for (default: the built-in demo orders).",
        };
        var (playbook, models) = (Places.Playbook(), Places.Models());
        var command = new Command(
            "run", "Decide every ticket of a file: one JSON object per line in, one decision per line out.")
        {
            file, playbook, models, output, database, toolBase,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => RunAsync(
            parsed.GetValue(file)!, parsed.GetValue(playbook)!, parsed.GetValue(models), parsed.GetValue(output),
            parsed.GetValue(database), ToolBase(parsed.GetValue(toolBase)), token)));
        return command;
    }

    private static Uri? ToolBase(string? text) => text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https") ? address
        : throw new CliError($"--tool-base '{text}' is not an address: write something like https://orders.example");

    private static async Task<int> RunAsync(
        string file, string playbook, string? models, string? output, string? database, Uri? toolBase,
        CancellationToken cancellationToken)
    {
        if (!File.Exists(file)) throw new CliError($"{file}: no such file");
        using var scratch = database is null ? new ScratchFolder() : null;
        if (database is not null) DatabaseFile.Name(database);
        await using var services = await CliHost.BuildAsync(Options(
            playbook, models, database ?? Path.Combine(scratch!.Path, "run.db"), toolBase, keeps: scratch is null));
        // What is kept can be replayed under another playbook, as long as this one is known.
        if (scratch is null)
            await PlaybookVersionVerbs.Versions(services.GetRequiredService<Database>()).KeepAsync(
                services.GetRequiredService<PlaybookHost>().Folder, cancellationToken);
        var batch = ActivatorUtilities.CreateInstance<TicketBatch>(services);
        var result = await ShowProgressAsync(batch, file, cancellationToken);
        // Receipts are written behind the answers; the run is over when they are on the disk as well.
        await services.GetRequiredService<ModelGateway>().FlushAsync(cancellationToken);
        if (output is not null) await batch.WriteAsync(result, output, cancellationToken);
        RunSummary.Print(result, batch.Decided(result));
        // All of them: a line that is not named here would be lost in silence.
        foreach (var bad in result.Unreadable) TerminalText.WriteErrorLine($"{file}:{bad.Line}: {bad.Problem}");
        if (ExpectedTickets.Read(file) is { Count: > 0 } expected)
            FiguresOfTickets.Print(
                ExpectedTickets.Judge(expected, batch.Read(result)), expected.Count, result.Ids.Count);
        return result.Unreadable.Count > 0 ? 2 : 0;
    }

    /// <param name="keeps">Whether the database stays, and trained models with it.</param>
    internal static BatonOptions Options(
        string playbook, string? models, string database, Uri? toolBase, bool keeps) => new()
    {
        Playbook = playbook,
        Models = models,
        Database = database,
        Cache = keeps ? null : Path.Combine(Path.GetTempPath(), "baton-models"),
        ToolBase = toolBase ?? ShopHandler.Base,
        ToolHandler = toolBase is null ? new ShopHandler(new SampleShop(TimeProvider.System)) : null,
        Turns = new TurnOptions(PastTickets: true, Acts: false),
        Jobs = new JobOptions { Ahead = 512, WorkOffSeconds = 0 },
    };

    internal static async Task<BatchResult> ShowProgressAsync(
        TicketBatch batch, string file, CancellationToken cancellationToken)
    {
        if (Console.IsErrorRedirected) return await batch.RunAsync(file, (_, _) => { }, cancellationToken);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().AutoClear(true).StartAsync(async context =>
        {
            var bar = context.AddTask("deciding", maxValue: 1);
            return await batch.RunAsync(
                file, (done, all) => (bar.MaxValue, bar.Value) = (Math.Max(1, all), done), cancellationToken);
        });
    }
}
