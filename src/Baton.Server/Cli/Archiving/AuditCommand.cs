using System.CommandLine;

namespace Baton.Server.Cli.Archiving;

/// <summary><c>baton audit …</c>: what an auditor asks for, years later.</summary>
internal static class AuditCommand
{
    public static Command Command()
    {
        var command = new Command("audit", "Let old months leave the database, verify them, look at them, destroy them.");
        foreach (var verb in ArchiveVerbs.All()) command.Add(verb);
        return command;
    }
}
