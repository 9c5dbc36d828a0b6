using Baton.Server.Cli.Acting;
using Baton.Server.Cli.Auditing;
using Baton.Server.Cli.Knowing;
using Baton.Server.Cli.Learning;
using Baton.Server.Cli.Measuring;
using Baton.Server.Cli.Training;
using Baton.Server.Cli.Tuning;
using Baton.Server.Cli.Deciding;
using Baton.Server.Cli.Evaluating;
using Baton.Server.Cli.Evaluating.Shipping;
using Baton.Server.Cli.Operating;
using Baton.Server.Cli.Tickets;
using Baton.Server.Cli.Watching;
using System.CommandLine;
using System.CommandLine.Help;
using Baton.Server.Cli;

// The verb table: `baton --help` lists exactly these.
// A command of this name and no RootCommand, which would call itself after the file it lies in.
var root = new Command(
    "baton", "Baton answers the support tickets it can answer safely and hands the rest to the right person.")
{
    new HelpOption(), new VersionOption(),
    ServeCommand.Command(),
    WorkCommand.Command(),
    RunCommand.Command(),
    WhyCommand.Command(),
    PlaybookCommand.Command(),
    KnowledgeCommand.Command(),
    ImportCommand.Command(),
    KillSwitchCommand.Command(),
    AlertsCommand.Command(),
    IncidentCommand.Command(),
    DrillCommand.Command(),
    DigestCommand.Command(),
    AutonomyCommand.Command(),
    ToolsCommand.Command(),
    WorkflowsCommand.Command(),
    JobsCommand.Command(),
    ChannelsCommand.Command(),
    LedgerCommand.Command(ReadTables.All),
    AuditCommand.Command(),
    RetentionCommand.Command(),
    BackupCommand.Command(),
    DbCommand.Command(),
    MeasureCommand.Command(),
    EvalCommand.Command(),
    TuneCommand.Command(),
    ReplayCommand.Command(),
    SuggestionsCommand.Command(),
    ReadinessCommand.Command(),
    PilotCommand.Command(),
    RolloutCommand.Command(),
    ShadowCommand.Command(),
    StandInCommand.Command(),
    CostCommand.Command(),
    TicketsCommand.Command(),
    PeopleCommand.Command(),
    CustomersCommand.Command(),
    KeysCommand.Command(),
    VirtualKeysCommand.Command(),
    TrainCommand.Command(),
};

return await root.Parse(args).InvokeAsync();
