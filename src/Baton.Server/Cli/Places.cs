using System.CommandLine;

namespace Baton.Server.Cli;

/// <summary>Options that say where things are, the same for every verb.</summary>
internal static class Places
{
    /// <summary>Folder with the sample playbook, found from the program's own place.</summary>
    private const string Sample = "playbooks/northwind";

    public static Option<string> Playbook() => new("--playbook")
    {
        Description = "Playbook folder.", DefaultValueFactory = _ => SamplePlaybook(),
    };

    public static Option<string?> Models() => new("--models")
    {
        Description = "File to take for the playbook's models.yaml, for example playbooks/models/stand-in.yaml.",
    };

    private static string SamplePlaybook()
    {
        if (Directory.Exists(Sample)) return Sample;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Directory.Exists(Path.Combine(at.FullName, Sample))) return Path.Combine(at.FullName, Sample);
        return Sample;
    }
}
