using System.CommandLine;
using System.Text.Json;
using Baton.Audit.Entries;
using Baton.Audit.Exporting;
using Baton.Playbooks;
using Baton.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Server.Cli.Auditing;

/// <summary>The verbs that read the audit view.</summary>
internal static class AuditVerbs
{
    private static readonly Option<string> Since = new("--since") { Description = "From this day or time (UTC)." };

    private static readonly Option<string> Until = new("--until") { Description = "Before this day or time (UTC)." };

    private static readonly Option<string> Actor = new("--actor")
    {
        Description = "Id of a person, name of a key, cli:…, or baton.",
    };

    private static readonly Option<string> Kind = new("--kind")
    {
        Description = string.Join(", ", EnumWords.All<AuditKind>()) + ".",
    };

    private static readonly Option<string> Ticket = new("--ticket") { Description = "About one ticket." };

    private static string By => "cli:" + Environment.UserName;

    public static Command List()
    {
        var (limit, after, json) = (
            new Option<int>("--limit") { Description = "Entries at most.", DefaultValueFactory = _ => 50 },
            new Option<string>("--after") { Description = "The next of the page before." },
            new Option<bool>("--json") { Description = "As JSON." });
        var command = new Command("list", "The newest entries, newest first.")
        {
            DatabaseFile.Option, Since, Until, Actor, Kind, Ticket, limit, after, json,
        };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            var filter = Filter(arguments, arguments.GetValue(after), arguments.GetValue(limit));
            await using var database = DatabaseFile.Open(arguments, allowLoss: true);
            await Follower(database).CatchUpAsync(token, int.MaxValue);
            var page = database.Read(c => AuditQueries.Page(c, filter));
            if (arguments.GetValue(json)) Console.WriteLine(AuditJson.Of(page).ToJsonString(
                new JsonSerializerOptions { WriteIndented = true }));
            else Show(page);
            return 0;
        }));
        return command;
    }

    public static Command Export()
    {
        var (target, format) = (
            new Option<string>("--out") { Description = "New file, a ZIP.", Required = true },
            new Option<string>("--format") { Description = "jsonl or csv.", DefaultValueFactory = _ => AuditExport.Jsonl });
        var command = new Command("export", "Write entries into a signed file; that is an entry itself.")
        {
            DatabaseFile.Option, Since, Until, Actor, Kind, Ticket, target, format,
        };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            var filter = Filter(arguments, null, null);
            await using var database = DatabaseFile.Open(arguments);
            try
            {
                var made = await new AuditExport(database, Follower(database), new SigningKeys(database)).WriteAsync(
                    arguments.GetValue(target)!, filter, arguments.GetValue(format)!, By, token);
                Console.WriteLine($"{made.Path}: {made.Entries:N0} entries, SHA-256 {made.Digest}, signed with key {made.Key}");
                return 0;
            }
            catch (AuditExportException error)
            {
                throw new CliError(error.Message);
            }
            catch (IOException error)
            {
                throw new CliError($"{arguments.GetValue(target)}: {error.Message}");
            }
        }));
        return command;
    }

    public static Command Check()
    {
        var (file, key, json) = (
            new Argument<string>("file") { Description = "What audit export wrote." },
            new Option<string>("--key")
            {
                Description = "PEM of the key that you trust, from audit key; without, the one in the file.",
            },
            new Option<bool>("--json") { Description = "As JSON." });
        var command = new Command("check", "Check an exported file without a database; exit code 1 when it was changed.")
        {
            file, key, json,
        };
        command.SetAction((arguments, _) => CliError.Guard(() =>
        {
            var path = arguments.GetValue(file)!;
            foreach (var named in ((string?[])[path, arguments.GetValue(key)]).OfType<string>())
                if (!File.Exists(named)) throw new CliError($"{named}: no such file");
            var trusted = arguments.GetValue(key) is { } pem ? File.ReadAllText(pem) : null;
            var result = AuditCheck.Run(path, trusted);
            if (arguments.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(new
            {
                whole = result.Problem is null, problem = result.Problem, entries = result.Entries,
                digest = result.Digest, key = result.Key, key_is_trusted = trusted is not null, made_at = result.MadeAt,
            }));
            else TerminalText.WriteLine(result.Problem is { } problem ? $"{path}: NOT WHOLE: {problem}"
                : $"{path}: whole, {result.Entries:N0} entries of {result.MadeAt}, signed with key {result.Key}"
                    + (trusted is null ? "; compare that with the key that you keep, or name it with --key" : ""));
            return Task.FromResult(result.Problem is null ? 0 : 1);
        }));
        return command;
    }

    public static Command Key()
    {
        var command = new Command("key", "Print the public key that exports are signed with, to be kept elsewhere.")
        {
            DatabaseFile.Option,
        };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            Console.WriteLine((await new SigningKeys(database).CurrentAsync(token)).Pem);
            return 0;
        }));
        return command;
    }

    private static AuditFollower Follower(Database database) =>
        new(database, database.Clock, NullLogger<AuditFollower>.Instance);

    private static AuditFilter Filter(ParseResult arguments, string? after, int? limit)
    {
        var (filter, problem) = new AuditQuestion(
            arguments.GetValue(Since), arguments.GetValue(Until), arguments.GetValue(Actor), arguments.GetValue(Kind),
            arguments.GetValue(Ticket), after, limit).Read();
        return filter ?? throw new CliError(problem!);
    }

    private static void Show(AuditList page)
    {
        foreach (var entry in page.Items)
            TerminalText.WriteLine($"{entry.At.UtcDateTime:u} {EnumWords.Of(entry.Kind),-13} {entry.Type} {entry.Subject} by {entry.Actor}"
                + (entry.Before ?? entry.After) switch
                {
                    null => "",
                    _ => $": {entry.Before ?? "–"} → {entry.After ?? "–"}",
                } + (entry.Why is { } why ? $" ({why})" : ""));
        if (page.Items.Count == 0) Console.WriteLine("nothing is as it is asked for");
        if (page.Next is { } next) Console.WriteLine($"older ones: --after {next}");
    }
}
