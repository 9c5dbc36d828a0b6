using System.CommandLine;
using Baton.Conversations.Merging;
using Baton.Server.Cli.Operating;

namespace Baton.Server.Cli.Tickets;

/// <summary><c>baton tickets merge</c>: what the inbox and the API do with tickets, for scripts.</summary>
internal static class TicketsCommand
{
    public static Command Command() => new("tickets", "Act on tickets that are with people.") { Merge() };

    private static Command Merge()
    {
        var ticket = new Argument<string>("ticket") { Description = "Id of the duplicate; it is closed." };
        var into = new Option<string>("--into")
        {
            Description = "Id of the ticket that stays; both are read there.", Required = true,
        };
        var playbook = Places.Playbook();
        var command = new Command(
            "merge", "Merge a duplicate into another open ticket of the same customer; it cannot be taken back.")
        {
            ticket, into, playbook, DatabaseFile.Option,
        };
        command.SetAction((parsed, token) => CliError.Guard(async () =>
        {
            var (from, stays) = (parsed.GetValue(ticket)!, parsed.GetValue(into)!);
            var database = parsed.GetValue(DatabaseFile.Option)!;
            DatabaseFile.Name(database);
            if (!DatabaseFile.Exists(database)) throw new CliError($"{database}: no such file; name it with --db FILE");
            await using var services = await CliHost.BuildAsync(
                new BatonOptions { Playbook = parsed.GetValue(playbook)!, Database = database });
            var (found, problem) = await services.GetRequiredService<TicketMerging>()
                .MergeAsync(from, stays, PeopleCommand.By, token);
            if (!found) throw new CliError($"no ticket '{from}' in {database}");
            if (problem is not null) throw new CliError(problem);
            TerminalText.WriteLine($"{from} is merged into {stays}.");
            return 0;
        }));
        return command;
    }
}
