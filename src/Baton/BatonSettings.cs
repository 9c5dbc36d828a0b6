using Baton.Decisions.Turns;
using Baton.Operations;
using Baton.Operations.Links;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Tools;

namespace Baton;

/// <summary>
/// The settings <c>Baton:…</c> (in the environment <c>BATON__…</c>) over what a host or a command asks for.
/// </summary>
internal static class BatonSettings
{
    /// <summary>Everything that is set, over the defaults. The caller closes the reader.</summary>
    public static BatonOptions Read(SettingsReader settings)
    {
        var options = new BatonOptions();
        return Groups(settings, options with
        {
            Playbook = settings.Text(nameof(options.Playbook)) ?? options.Playbook,
            Models = settings.Text(nameof(options.Models)),
            Database = settings.Text(nameof(options.Database)) ?? options.Database,
            Cache = settings.Text(nameof(options.Cache)),
            ToolBase = settings.Address(nameof(options.ToolBase)),
            PublicUrl = settings.Read(nameof(options.PublicUrl), PublicAddress.Read, PublicAddress.Use),
        });
    }

    /// <summary>The limits that are set, over those of a command that says itself where its things are.</summary>
    public static BatonOptions Over(SettingsReader settings, BatonOptions options)
    {
        // Read and left: a command has its own options for these, but their names are no slips.
        foreach (var name in (string[])["Playbook", "Models", "Database", "Cache", "ToolBase"]) settings.Text(name);
        return Groups(settings, options);
    }

    /// <summary>The settings of a database file.</summary>
    public static DatabaseOptions Storage(SettingsReader settings, DatabaseOptions options) => settings.Read(
        "Storage", options, nameof(DatabaseOptions.Path), nameof(DatabaseOptions.AllowLoss));

    /// <summary>Refuses what cannot work, before the host starts, whether it was configured or set in code.</summary>
    /// <exception cref="BatonSettingException">Values cannot be used; the message names them all.</exception>
    public static void Check(BatonOptions options)
    {
        List<string> problems = [];
        if (options.Playbook.Length == 0)
            problems.Add("setting BATON__Playbook: is not set. Give it the folder that holds playbook.yaml.");
        if (options.Database.Length == 0)
            problems.Add("setting BATON__Database: is empty. Give it a file, such as data/baton.db.");
        foreach (var (name, group) in (IEnumerable<(string, object)>)
            [
                ("Gateway", options.Gateway), ("Jobs", options.Jobs), ("Dispatch", options.Dispatch),
                ("Intake", options.Intake),
                ("Replies", options.Replies),
                ("Presidio", options.Presidio), ("Customers", options.Customers),
                ("Local", options.Local), ("Turns", options.Turns), ("Storage", options.Storage),
                ("Playbooks", options.Playbooks), ("Archive", options.Archive), ("Backup", options.Backup),
            ])
            problems.AddRange(OptionRanges.Problems("BATON__" + name, group));
        if (problems.Count > 0) throw new BatonSettingException(string.Join('\n', problems));
    }

    private static BatonOptions Groups(SettingsReader settings, BatonOptions options)
    {
        settings.Names("Tools", nameof(ToolOptions.PrivateHosts), nameof(ToolOptions.Commands));
        return Limits(settings, options);
    }

    private static BatonOptions Limits(SettingsReader settings, BatonOptions options) => options with
    {
        Gateway = settings.Read("Gateway", options.Gateway),
        Jobs = settings.Read("Jobs", options.Jobs),
        Dispatch = settings.Read("Dispatch", options.Dispatch),
        Intake = settings.Read("Intake", options.Intake),
        Replies = settings.Read("Replies", options.Replies),
        Presidio = settings.Read("Presidio", options.Presidio),
        Local = settings.Read("Local", options.Local),
        Channels = settings.Read("Channels", options.Channels),
        Customers = settings.Read("Customers", options.Customers),
        Archive = settings.Read("Archive", options.Archive),
        Backup = settings.Read("Backup", options.Backup),
        Turns = settings.Read(
            "Turns", options.Turns, nameof(TurnOptions.PastTickets), nameof(TurnOptions.Acts)),
        Storage = Storage(settings, options.Storage),
        Playbooks = settings.Read(
            "Playbooks", options.Playbooks, nameof(PlaybookOptions.Directory), nameof(PlaybookOptions.ModelsFile)),
    };
}

/// <summary>Settings cannot be used; the message names each and says what it takes, one a line.</summary>
public sealed class BatonSettingException(string message) : Exception(message);
