using System.CommandLine;
using System.Text.Json;
using Baton.Conversations.RawTexts;
using Baton.Server.Cli.Auditing;

namespace Baton.Server.Cli.Operating;

/// <summary><c>baton customers …</c>: erasing what customers wrote, and the keys that it is encrypted with.</summary>
internal static class CustomersCommand
{
    private static string By => "cli:" + Environment.UserName;

    public static Command Command() => new("customers", "Export or erase what a customer wrote; the keys of customers' texts.")
    {
        CustomerExport.Command(), Erase(), Keys(), Rotate(), AcceptLoss(),
    };

    private static Command Erase()
    {
        var id = new Argument<string>("id") { Description = "The customer's id, or with --ticket a ticket's." };
        var isTicket = new Option<bool>("--ticket")
        {
            Description = "Erase one ticket, whose customer has no id.",
        };
        var yes = new Option<bool>("--yes") { Description = "Do it; without, it is only said what would be erased." };
        var (playbook, json) = (Places.Playbook(), new Option<bool>("--json") { Description = "The receipt as JSON." });
        var command = new Command(
            "erase", "Erase the texts of a customer for good: no backup of the database brings them back.")
        {
            id, isTicket, yes, json, DatabaseFile.Option, playbook,
        };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            var path = arguments.GetValue(DatabaseFile.Option)!;
            DatabaseFile.Name(path);
            if (!DatabaseFile.Exists(path))
                throw new CliError($"{path}: no such file; name the database with --db FILE");
            await using var provider = CliHost.Compose(
                new BatonOptions { Playbook = arguments.GetValue(playbook)!, Database = path });
            var erasure = provider.GetRequiredService<Erasure>();
            var name = arguments.GetValue(id)!;
            var (whose, tickets) = arguments.GetValue(isTicket) ? (name, [name]) : erasure.TicketsOf(name);
            if (tickets.Count == 0)
                throw new CliError($"no ticket is of the customer '{name}'; a ticket's id goes with --ticket");
            if (provider.GetRequiredService<LegalHolds>().On(whose, tickets) is { } hold)
                throw new CliError(hold.Refusal);
            if (!arguments.GetValue(yes))
                throw new CliError(
                    $"this erases the texts of {tickets.Count} tickets for good ({string.Join(", ", tickets.Take(5))}"
                    + (tickets.Count > 5 ? ", …" : "") + "); to do it, add --yes");
            var erased = arguments.GetValue(isTicket)
                ? await erasure.TicketAsync(name, By, token) ?? throw new CliError(
                    $"there is no ticket '{name}' of a customer without an id; erase the customer")
                : await erasure.CustomerAsync(whose, tickets, By, token);
            if (arguments.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(
                new { customer = whose, by = By, counts = erased.Counts, digest = erased.Digest }));
            else Console.WriteLine(TerminalText.Clean(
                $"{whose}: {erased.Messages:N0} messages of {erased.Tickets:N0} tickets erased, {erased.Keys:N0} keys "
                + "destroyed. Backups from before encryption hold plain texts: docs/operating/erasure.md.\n"
                + $"receipt: {erased.Said}; digest {erased.Digest}"));
            return 0;
        }));
        return command;
    }

    private static Command Keys()
    {
        var command = new Command("keys", "Say where the keys are, and whether all that is needed is there.")
        {
            DatabaseFile.Option,
        };
        command.SetAction((arguments, _) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments, allowLoss: true);
            var (files, plain) = database.Read(c => (MessageKeys.Files(c), c.Number(
                "select count(*) from messages where key_id is null and erased_at is null") ?? 0));
            Console.WriteLine($"{database.Keys.Folder}: {files.Count:N0} files needed, "
                + $"{database.Keys.Destroyed().Count:N0} keys destroyed; {plain:N0} messages not encrypted yet");
            if (database.Keys.Problem(files) is not { } problem) return 0;
            throw new CliError(problem);
        }));
        return command;
    }

    private static Command Rotate()
    {
        var command = new Command(
            "rotate-key", "Wrap the customers' keys by the newest master key; older copies of the folder open nothing then.")
        {
            DatabaseFile.Option,
        };
        command.SetAction((arguments, _) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            Console.WriteLine($"{database.Keys.Folder}: {database.Keys.Rotate():N0} keys wrapped anew. Destroy the "
                + "earlier master keys, and their copies.");
            return 0;
        }));
        return command;
    }

    private static Command AcceptLoss()
    {
        var command = new Command(
            "accept-loss", "Go on without the texts whose keys are lost for good; recorded in the ledger.")
        {
            DatabaseFile.Option,
        };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            var lost = await Erasure.AcceptLossAsync(database, token);
            Console.WriteLine(lost is { } messages
                ? $"{database.Path}: goes on without {messages:N0} messages; recorded in stream operations/access"
                : "no key is missing, nothing was changed");
            return 0;
        }));
        return command;
    }
}
