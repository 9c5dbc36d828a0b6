using System.CommandLine;
using Baton.Operations;
using Baton.Storage;
using Baton.Storage.Engines;

namespace Baton.Server.Cli;

/// <summary>The database a command works on.</summary>
internal static class DatabaseFile
{
    public static readonly Option<string> Option = new("--db")
    {
        Description = "Database file, or postgresql://user:password@host/database.",
        DefaultValueFactory = _ => Path.Combine("data", "baton.db"),
    };

    /// <summary>Says which database a command touches, apart from what it prints.</summary>
    public static void Name(string path) => Console.Error.WriteLine($"database {StorageEngine.Shown(path)}");

    /// <summary>Whether there is something to open: a server answers for itself.</summary>
    public static bool Exists(string path) => StorageEngine.IsServer(path) || File.Exists(path);

    /// <summary>Opens a file that exists; commands that only look at a database never create one.</summary>
    /// <param name="allowLoss">Also one that lacks what was written last.</param>
    public static Database Open(ParseResult arguments, bool allowLoss = false) =>
        Database.Open(Options(arguments) with { AllowLoss = allowLoss }, TimeProvider.System);

    /// <summary>The database that a command names, with the settings of the environment.</summary>
    /// <param name="create">Whether the file may be a new one.</param>
    public static DatabaseOptions Options(ParseResult arguments, bool create = false)
    {
        var path = arguments.GetValue(Option)!;
        Name(path);
        if (!create && !Exists(path)) throw new CliError($"{path}: no such file; name the database with --db FILE");
        return Named(path);
    }

    /// <summary>A database by its address, with the settings of the environment.</summary>
    public static DatabaseOptions Named(string path)
    {
        var settings = new SettingsReader(new ConfigurationBuilder().AddEnvironmentVariables().Build());
        var options = BatonSettings.Storage(settings, new DatabaseOptions { Path = path });
        settings.CloseSections();
        return options;
    }
}
