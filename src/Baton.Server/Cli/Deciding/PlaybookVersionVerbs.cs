using System.CommandLine;
using Baton.Conversations;
using Baton.Operations.Autonomy;
using Baton.Operations.Versions;
using Baton.Playbooks;
using Baton.Privacy;
using Baton.Storage;
using Spectre.Console;

namespace Baton.Server.Cli.Deciding;

/// <summary><c>baton playbook history|activate|rollback</c>: which version every process uses.</summary>
internal static class PlaybookVersionVerbs
{
    private const int Shown = 12, LeastPrefix = 6, MostHistory = 1_000;

    private static readonly Option<string> By = new("--by")
    {
        Description = "Who decided it.", DefaultValueFactory = _ => "cli:" + Environment.UserName,
    };

    private static readonly Option<string?> Why = new("--why") { Description = "Reason, for the audit log." };

    public static Command History()
    {
        var most = new Option<int>("--last") { Description = "So many lines.", DefaultValueFactory = _ => 20 };
        var command = new Command("history", "Which versions were in force, and which waits for a passing run.")
        {
            DatabaseFile.Option, most,
        };
        command.SetAction((parsed, _) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(parsed);
            Print(Versions(database), Math.Clamp(parsed.GetValue(most), 1, MostHistory));
            return 0;
        }));
        return command;
    }

    public static Command Activate()
    {
        var version = new Argument<string>("version") { Description = "The version, or how it begins." };
        var over = new Option<bool>("--override")
        {
            Description = "Also without a run that passed its gates; needs --why.",
        };
        var command = new Command("activate", "Put a kept version into force, for every process.")
        {
            version, over, By, Why, DatabaseFile.Option,
        };
        command.SetAction((parsed, token) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(parsed);
            var versions = Versions(database);
            var found = Find(versions, parsed.GetValue(version)!);
            var playbook = versions.Load(found) switch
            {
                LoadedPlaybook.Valid valid => valid.Playbook,
                LoadedPlaybook.Invalid wrong => throw new CliError(
                    $"{found[..Shown]} cannot be read by this program: {wrong.Problems[0]}"),
                _ => throw new CliError($"{found[..Shown]} is not kept"),
            };
            var isOpen = playbook.IsGated && !versions.HasPassed(found);
            if (isOpen && !parsed.GetValue(over))
                throw new CliError($"no run of {found[..Shown]} has passed its gates: run `baton eval gate --db …`, "
                    + "or name a reason with --override --why");
            if (isOpen && string.IsNullOrWhiteSpace(parsed.GetValue(Why)))
                throw new CliError("--override needs --why: it stays in the audit log");
            return await SetAsync(versions, found, isOpen ? "override" : "person", parsed, token);
        }));
        return command;
    }

    public static Command Rollback()
    {
        var command = new Command("rollback", "Put the version that was in force before back into force.")
        {
            By, Why, DatabaseFile.Option,
        };
        command.SetAction((parsed, token) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(parsed);
            var versions = Versions(database);
            var before = versions.History(1) is [{ Previous: { } previous }] ? previous
                : throw new CliError("there was no version before the one in force");
            return await SetAsync(versions, before, "rollback", parsed, token);
        }));
        return command;
    }

    private static async Task<int> SetAsync(
        PlaybookVersions versions, string version, string how, ParseResult parsed, CancellationToken cancellationToken)
    {
        var by = parsed.GetValue(By)!;
        if (!AutonomyRungs.IsName(by))
            throw new CliError($"--by '{by}' is no name: use letters, such as \"Ann Lee\"; no addresses or numbers");
        await versions.ActivateAsync(version, how, by, parsed.GetValue(Why) ?? "", cancellationToken);
        Console.WriteLine($"in force: {version[..Shown]}; every process takes it over within seconds");
        return 0;
    }

    private static string Find(PlaybookVersions versions, string begin)
    {
        if (begin.Length < LeastPrefix || !begin.All(char.IsAsciiHexDigitLower))
            throw new CliError($"'{begin}' is no version: write at least {LeastPrefix} of its hexadecimal digits");
        return versions.Beginning(begin) switch
        {
            [var one] => one,
            [] => throw new CliError($"no version begins with {begin}; `baton playbook history` lists them"),
            _ => throw new CliError($"several versions begin with {begin}: write more of it"),
        };
    }

    internal static PlaybookVersions Versions(Database database) =>
        new(database, ConversationsSetup.WithoutValues(new Redactor()));

    private static void Print(PlaybookVersions versions, int most)
    {
        if (versions.State() is not { } state)
        {
            Console.WriteLine("no playbook has been in force yet: start `baton serve` once");
            return;
        }
        var table = new Table().Border(TableBorder.Simple).AddColumns("since", "version", "how", "by", "why");
        foreach (var line in versions.History(most))
            table.AddRow([.. new[]
            {
                $"{line.At:yyyy-MM-dd HH:mm:ss}", line.Version[..Shown] + (line.Version == state.Active ? " *" : ""),
                line.How, line.By, line.Why,
            }.Select(TerminalText.Clean).Select(Markup.Escape)]);
        AnsiConsole.Write(table);
        if (state.Candidate is { } candidate)
            Console.WriteLine($"candidate: {candidate[..Shown]} waits for a run that passes its gates");
    }
}
