using System.CommandLine;
using Baton.Evaluation.Results;

namespace Baton.Server.Cli.Evaluating.Kept;

/// <summary><c>baton eval grow</c>: real tickets that are worth a label, as lines of a set without one.</summary>
internal static class EvalGrow
{
    private const int MostTickets = 5_000;

    public static Command Command()
    {
        var tickets = new Option<int>("--tickets")
        {
            Description = "So many.", DefaultValueFactory = _ => 50,
        };
        var command = new Command("grow", "Print real tickets to label next, some of every intent and outcome, with what was "
            + "retrieved and whether it escalated; add expect, then `eval labels FILE`.")
        {
            DatabaseFile.Option, tickets,
        };
        command.SetAction((parsed, _) => CliError.Guard(async () =>
        {
            if (parsed.GetValue(tickets) is not (> 0 and <= MostTickets) and var wrong)
                throw new CliError($"--tickets {wrong}: use 1 to {MostTickets}");
            await using var database = DatabaseFile.Open(parsed);
            foreach (var proposed in new GoldenGrowth(database, new TicketLabels(database))
                .Propose(parsed.GetValue(tickets)))
                Console.WriteLine(proposed.ToJson().ToJsonString());
            return 0;
        }));
        return command;
    }
}
