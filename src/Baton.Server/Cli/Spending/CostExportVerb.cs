using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Gateway.Money.Exporting;
using Baton.Playbooks;

namespace Baton.Server.Cli.Spending;

/// <summary><c>baton cost export</c>: receipts for a warehouse.</summary>
internal static class CostExportVerb
{
    private const string StandardOutput = "-";

    public static Command Command()
    {
        var since = new Option<string?>("--since") { Description = "Leave older ones out: a day or a time (UTC)." };
        var after = new Option<long>("--after")
        {
            Description = "Go on behind this place: `next` of the export before.", DefaultValueFactory = _ => 0,
        };
        var cursor = new Option<string?>("--cursor")
        {
            Description = "File that holds the place: read first, written when all is there.",
        };
        var format = new Option<string>("--format")
        {
            Description = $"One of {string.Join(", ", EnumWords.All<ReceiptFormat>())}.", DefaultValueFactory = _ => "jsonl",
        };
        var output = new Option<string>("--out")
        {
            Description = "File; - for standard output.", DefaultValueFactory = _ => StandardOutput,
        };
        var limit = new Option<long>("--limit")
        {
            Description = "Receipts at most.", DefaultValueFactory = _ => long.MaxValue,
        };
        var command = new Command("export", "Receipts of model calls, in the order in which they were written.")
        {
            DatabaseFile.Option, since, after, cursor, format, output, limit,
        };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            var kind = EnumWords.Find<ReceiptFormat>(arguments.GetValue(format)!) ?? throw new CliError(
                $"--format '{arguments.GetValue(format)}' is none: use {string.Join(", ", EnumWords.All<ReceiptFormat>())}");
            if (arguments.GetValue(limit) < 1) throw new CliError($"--limit is {arguments.GetValue(limit)}: use 1 or more");
            var (kept, path) = (arguments.GetValue(cursor), arguments.GetValue(output)!);
            var place = kept is null ? arguments.GetValue(after) : Place(kept) ?? arguments.GetValue(after);
            if (place < 0) throw new CliError($"--after is {place}: use 0 or more");
            await using var database = DatabaseFile.Open(arguments);
            Exported done;
            // Through a file: parquet goes back in it, and half an export is none.
            var half = path == StandardOutput ? Path.GetTempFileName() : path + ".part";
            try
            {
                await using (var file = new FileStream(half, FileMode.Create, FileAccess.Write))
                    done = await ReceiptExport.WriteAsync(database, kind, file, place, Time(arguments.GetValue(since)),
                        arguments.GetValue(limit), token);
                if (path == StandardOutput)
                {
                    await using var file = File.OpenRead(half);
                    await using var console = Console.OpenStandardOutput();
                    await file.CopyToAsync(console, token);
                }
                else File.Move(half, path, overwrite: true);
            }
            finally
            {
                File.Delete(half);
            }
            if (kept is not null) await KeepAsync(kept, done.Next, token);
            var said = new JsonObject { ["rows"] = done.Rows, ["next"] = done.Next, ["cost_usd"] = done.Cost.Amount };
            if (path == StandardOutput) Console.Error.WriteLine(said.ToJsonString());
            else Console.WriteLine(said.ToJsonString());
            return 0;
        }));
        return command;
    }

    /// <summary>The place in a file; null: there is no such file yet.</summary>
    private static long? Place(string path)
    {
        if (!File.Exists(path)) return null;
        var text = File.ReadAllText(path).Trim();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place
            : throw new CliError($"{path}: holds no place; delete it to begin anew, or write the number of `next`");
    }

    private static async Task KeepAsync(string path, long place, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(path + ".part", place.ToString(CultureInfo.InvariantCulture) + "\n", cancellationToken);
        File.Move(path + ".part", path, overwrite: true);
    }

    private static DateTimeOffset Time(string? text) => text is null ? DateTimeOffset.UnixEpoch
        : DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw new CliError($"--since '{text}' is no time: write 2026-11-01 or 2026-11-01T06:00:00Z");
}
