using System.CommandLine;
using Baton.Server.Cli;

// The verb table: `baton --help` lists exactly these.
var root = new RootCommand("Baton answers the support tickets it can answer safely and hands the rest to the right person.")
{
    Serve.Command(),
    Run.Command(),
    Why.Command(),
    PlaybookCommand.Command(),
    KillSwitchCommand.Command(),
    JobsCommand.Command(),
    LedgerCommand.Command(ReadTables.All),
    Measure.Command(),
    StandIn.Command(),
    Cost.Command(),
    KeysCommand.Command(),
    VirtualKeysCommand.Command(),
    Train.Command(),
};

return await root.Parse(args).InvokeAsync();
