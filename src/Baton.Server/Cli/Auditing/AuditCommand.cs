using System.CommandLine;
using Baton.Server.Cli.Archiving;

namespace Baton.Server.Cli.Auditing;

/// <summary><c>baton audit …</c>: who did what, when and why, the proof of it, and the archive.</summary>
internal static class AuditCommand
{
    public static Command Command()
    {
        var command = new Command(
            "audit", "Who did what, when and why, signed and checked; and old months that leave for an archive.")
        {
            AuditVerbs.List(), AuditVerbs.Export(), AuditVerbs.Check(), AuditVerbs.Key(),
        };
        foreach (var verb in ArchiveVerbs.All()) command.Add(verb);
        return command;
    }
}
