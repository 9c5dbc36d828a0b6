using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Baton.Operations;
using Baton.Operations.Backups;
using Baton.Storage.Backups;

namespace Baton.Server.Cli.Auditing;

/// <summary><c>baton backup run|list|verify|restore|new-key</c>.</summary>
internal static class BackupCommand
{
    private static readonly Option<string> KeyFile = new("--key")
    {
        Description = "File with the key, 32 bytes in base64; default BATON__Backup__KeyFile.",
    };

    private static readonly Option<string> Folder = new("--to")
    {
        Description = "Folder of the backups; default BATON__Backup__Folder.",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "As JSON." };

    public static Command Command() => new("backup", "Encrypted copies while Baton runs, verified by restoring them.")
    {
        Run(), List(), Verify(), Restore(), NewKey(),
    };

    private static Command Run()
    {
        var command = new Command("run", "Make a backup now, verify it by restoring it, and remove what is superfluous.")
        {
            DatabaseFile.Option, Folder, KeyFile, Json,
        };
        command.SetAction((arguments, token) => GuardAsync(async () =>
        {
            var options = Options();
            await using var database = DatabaseFile.Open(arguments);
            var made = await new BackupRun(database).MakeAsync(
                Named(arguments.GetValue(Folder) ?? options.Folder, "--to FOLDER"), Key(arguments, options), options,
                "cli:" + Environment.UserName, token);
            if (arguments.GetValue(Json)) Console.WriteLine(JsonSerializer.Serialize(new
            {
                file = made.File.Path, bytes = made.File.Bytes, events = made.Content.Events,
                sha256 = made.Content.Digest, ledger = made.Content.LedgerDigest, removed = made.Removed,
            }));
            else
            {
                Console.WriteLine($"{made.File.Path}: {made.File.Bytes:N0} bytes, restored and verified: "
                    + $"{made.Content.Events:N0} events, whole. Ledger {made.Content.LedgerDigest}");
                foreach (var gone in made.Removed) Console.WriteLine($"removed {gone}");
            }
            return 0;
        }));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "The backups of a folder, newest first.") { Folder, Json };
        command.SetAction((arguments, _) => GuardAsync(() =>
        {
            var files = BackupFile.In(Named(arguments.GetValue(Folder) ?? Options().Folder, "--to FOLDER"));
            if (arguments.GetValue(Json)) Console.WriteLine(JsonSerializer.Serialize(
                files.Select(f => new { file = f.Path, at = f.At, bytes = f.Bytes })));
            else foreach (var file in files) Console.WriteLine($"{file.At:u} {file.Bytes,15:N0} {file.Path}");
            return Task.FromResult(0);
        }));
        return command;
    }

    private static Command Verify()
    {
        var file = new Argument<string>("file") { Description = "A backup." };
        var command = new Command("verify", "Restore a backup into a scratch database and verify its ledger.")
        {
            file, KeyFile,
        };
        command.SetAction((arguments, token) => GuardAsync(async () =>
        {
            using var scratch = new ScratchFolder();
            var content = await BackupRun.RestoreAsync(arguments.GetValue(file)!, Key(arguments, Options()),
                Path.Combine(scratch.Path, "verified.db"), TimeProvider.System, token);
            Console.WriteLine($"{arguments.GetValue(file)}: whole, {content.Events:N0} events. Ledger {content.LedgerDigest}");
            return 0;
        }));
        return command;
    }

    private static Command Restore()
    {
        var (file, into) = (new Argument<string>("file") { Description = "A backup." },
            new Option<string>("--into") { Description = "New database file.", Required = true });
        var command = new Command("restore", "Write the database of a backup into a new file, and verify its ledger.")
        {
            file, KeyFile, into,
        };
        command.SetAction((arguments, token) => GuardAsync(async () =>
        {
            var target = arguments.GetValue(into)!;
            var content = await BackupRun.RestoreAsync(
                arguments.GetValue(file)!, Key(arguments, Options()), target, TimeProvider.System, token);
            Console.WriteLine($"{target}: {content.Events:N0} events, whole. Ledger {content.LedgerDigest}\n"
                + $"next: name the customers' keys with BATON__Storage__Keys, then `baton ledger accept --db {target}` where it "
                + "takes the place of a newer file, or `baton db move --to postgresql://…`: docs/operating/backup.md");
            return 0;
        }));
        return command;
    }

    private static Command NewKey()
    {
        var file = new Argument<string>("file") { Description = "New file, to be kept apart from the backups." };
        var command = new Command("new-key", "Make a key for backups, readable by this account alone.") { file };
        command.SetAction((arguments, _) => GuardAsync(() =>
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var writer = new StreamWriter(arguments.GetValue(file)!, options);
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(BackupForm.KeyBytes)));
            Console.WriteLine($"{arguments.GetValue(file)}: keep a copy of it elsewhere; without it no backup can be read");
            return Task.FromResult(0);
        }));
        return command;
    }

    private static BackupOptions Options()
    {
        var settings = new SettingsReader(new ConfigurationBuilder().AddEnvironmentVariables().Build());
        var options = settings.Read("Backup", new BackupOptions());
        settings.CloseSections();
        return options;
    }

    private static string Key(ParseResult arguments, BackupOptions options) =>
        Named(arguments.GetValue(KeyFile) ?? options.KeyFile, "--key FILE (baton backup new-key FILE makes one)");

    private static string Named(string? value, string how) => value ?? throw new CliError($"name it with {how}");

    private static Task<int> GuardAsync(Func<Task<int>> verb) => CliError.Guard(async () =>
    {
        try
        {
            return await verb();
        }
        catch (Exception error) when (error is BackupException or IOException or UnauthorizedAccessException)
        {
            throw new CliError(error.Message);
        }
    });
}
