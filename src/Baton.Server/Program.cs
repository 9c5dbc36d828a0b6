using System.CommandLine;
using Baton.Server.Cli;

// The verb table: `baton --help` lists exactly these.
var root = new RootCommand("Baton answers the support tickets it can answer safely and hands the rest to the right person.")
{
    JobsCommand.Command(),
    LedgerCommand.Command(readTables: []),
    Measure.Command(),
    StandIn.Command(),
    PlaybookCommand.Command(),
    Train.Command(),
};

return await root.Parse(args).InvokeAsync();
