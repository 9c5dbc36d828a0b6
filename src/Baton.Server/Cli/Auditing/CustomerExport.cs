using System.CommandLine;
using System.Text.Json;
using Baton.Conversations.RawTexts;

namespace Baton.Server.Cli.Auditing;

/// <summary><c>baton customers export</c>: everything that is kept of one customer, for that customer.</summary>
internal static class CustomerExport
{
    public static Command Command()
    {
        var (id, isTicket, target, why, json, playbook) = (
            new Argument<string>("id") { Description = "The customer's id or address, or with --ticket a ticket's id." },
            new Option<bool>("--ticket") { Description = "One ticket, whose customer has no id." },
            new Option<string>("--out") { Description = "New file, a ZIP; default: the id." },
            new Option<string>("--why") { Description = "Reason, for the record." },
            new Option<bool>("--json") { Description = "What was written, as JSON." },
            Places.Playbook());
        var command = new Command("export", "Write everything that is kept of a customer into a ZIP; it is on the record.")
        {
            id, isTicket, target, why, json, DatabaseFile.Option, playbook,
        };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            var path = arguments.GetValue(DatabaseFile.Option)!;
            DatabaseFile.Name(path);
            if (!DatabaseFile.Exists(path)) throw new CliError($"{path}: no such file; name the database with --db FILE");
            await using var provider = CliHost.Compose(
                new BatonOptions { Playbook = arguments.GetValue(playbook)!, Database = path });
            var (name, erasure) = (arguments.GetValue(id)!, provider.GetRequiredService<Erasure>());
            var (whose, tickets) = arguments.GetValue(isTicket) ? (name, [name]) : erasure.TicketsOf(name);
            if (tickets.Count == 0 || !erasure.Exists(tickets[0]))
                throw new CliError($"no ticket is of the customer '{name}'; a ticket's id goes with --ticket");
            try
            {
                var made = await provider.GetRequiredService<PersonExport>().WriteAsync(
                    arguments.GetValue(target) ?? $"{string.Concat(whose.Where(char.IsLetterOrDigit))}.zip", whose,
                    tickets, "cli:" + Environment.UserName, arguments.GetValue(why), token);
                Console.WriteLine(arguments.GetValue(json) ? JsonSerializer.Serialize(new
                {
                    file = made.Path, customer = whose, tickets = made.Tickets, messages = made.Messages,
                    files = made.Files, archived = made.Archived, archived_months = made.Months,
                    sha256 = made.Digest,
                }) : $"{made.Path}: {made.Messages:N0} messages and {made.Files:N0} files of {made.Tickets:N0} tickets, "
                    + $"SHA-256 {made.Digest}");
                if (made.Archived > 0)
                    TerminalText.WriteErrorLine(
                        $"{made.Archived:N0} messages or files of theirs lie in the archive and are NOT in the file; `baton audit restore MONTH --into FILE` brings them back, for {string.Join(", ", made.Months)}: export from there with --db FILE once more");
                return 0;
            }
            catch (IOException error)
            {
                throw new CliError(error.Message);
            }
        }));
        return command;
    }
}
