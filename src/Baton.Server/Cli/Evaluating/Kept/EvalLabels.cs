using System.CommandLine;
using Baton.Evaluation.Results;
using Baton.Evaluation.Scoring;

namespace Baton.Server.Cli.Evaluating.Kept;

/// <summary><c>baton eval labels</c>: labels of real tickets, out of a database as a set and into it.</summary>
internal static class EvalLabels
{
    public static Command Command()
    {
        var file = new Argument<string?>("file")
        {
            Description = "Take the labels of this set; without it they are printed as one.", Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("labels", "Print the labels of real tickets as a set, or take those of one.")
        {
            file, DatabaseFile.Option,
        };
        command.SetAction((parsed, token) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(parsed);
            var labels = new TicketLabels(database);
            if (parsed.GetValue(file) is not { } path)
            {
                foreach (var line in labels.Export()) Console.WriteLine(line);
                return 0;
            }
            if (!File.Exists(path)) throw new CliError($"{path}: no such file");
            try
            {
                var tickets = LabelledSet.Read(path);
                var taken = await labels.ImportAsync(tickets, "cli:" + Environment.UserName, token);
                Console.WriteLine($"{taken} of {tickets.Count} labels are of tickets in this database and were taken");
            }
            catch (FormatException error)
            {
                throw new CliError(error.Message);
            }
            return 0;
        }));
        return command;
    }
}
