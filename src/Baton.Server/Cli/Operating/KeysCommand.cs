using System.CommandLine;
using Baton.Operations;
using Baton.People;
using Baton.Server.Accounts.Keys;

namespace Baton.Server.Cli.Operating;

/// <summary><c>baton keys …</c>: who may call the API and log in to the console.</summary>
internal static class KeysCommand
{
    private static string By => "cli:" + Environment.UserName;

    public static Command Command() =>
        new("keys", "Keys of the API and the console, and the open sessions of the console.")
    {
        Create(), List(), Revoke(), Sessions(), EndSession(),
    };

    private static Command Create()
    {
        var name = new Argument<string>("name") { Description = "Name of the key, unique among those in use." };
        var scopes = new Option<string[]>("--scope")
        {
            Description = $"What it may do: {string.Join(", ", AccessScopes.All)}. Repeatable; everything without.",
        };
        var expires = new Option<string?>(
            "--expires") { Description = "When it ends: a number of days such as 90d, or a date such as 2027-01-31." };
        var command = new Command(
            "create", "Make a key and print it, once.") { name, scopes, expires, DatabaseFile.Option };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            var (wanted, problem) = KeyWords.Read(
                arguments.GetValue(name)!, Words(arguments.GetValue(scopes) ?? []), arguments.GetValue(expires),
                TimeProvider.System.GetUtcNow());
            if (wanted is null) throw new CliError(problem!);
            await using var database = DatabaseFile.Open(arguments);
            var key = await new ApiKeys(database).CreateAsync(
                wanted.Name, wanted.Scopes, wanted.ExpiresAt, By, token)
                ?? throw new CliError(
                    $"a key in use is called '{wanted.Name}' already: choose another name, or revoke it first");
            Console.WriteLine(key);
            return 0;
        }));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Show the keys, without what makes them work.") { DatabaseFile.Option };
        command.SetAction((arguments, _) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            var now = database.Clock.GetUtcNow();
            foreach (var key in new ApiKeys(database).List())
                Console.WriteLine($"{key.Id}  {(key.Shown ?? "bt_") + "…",-10}  {key.Name}  {KeyWords.Allowed(key)}  {KeyWords.State(key, now)}");
            return 0;
        }));
        return command;
    }

    private static Command Revoke()
    {
        var name = new Argument<string>("key") { Description = "Name or id of the key." };
        var command = new Command(
            "revoke", "End a key, and every session that was started with it.") { name, DatabaseFile.Option };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            var which = arguments.GetValue(name)!;
            if (!await new ApiKeys(database).RevokeAsync(which, By, token))
                throw new CliError($"no key in use has the name or id '{which}'; see `baton keys list`");
            Console.WriteLine($"{which} is revoked, and its sessions have ended.");
            return 0;
        }));
        return command;
    }

    private static Command Sessions()
    {
        var command = new Command("sessions", "Show the open sessions of the console.") { DatabaseFile.Option };
        command.SetAction((arguments, _) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            var open = new ConsoleSessions(database).List();
            var people = new PeopleStore(database);
            foreach (var session in open)
                TerminalText.WriteLine(
                    $"{session.Id}  {Owner(session, people)}  from {session.Address}  since {session.StartedAt:u}  until {session.ExpiresAt:u}");
            if (open.Count == 0) Console.WriteLine("no session is open");
            return 0;
        }));
        return command;
    }

    private static Command EndSession()
    {
        var id = new Argument<string>(
            "session") { Description = "Id of the session, as `baton keys sessions` shows it." };
        var command = new Command("end-session", "Log a session of the console out.") { id, DatabaseFile.Option };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            var which = arguments.GetValue(id)!;
            if (!await new ConsoleSessions(database).EndAsync(which, By, token))
                throw new CliError($"no open session has the id '{which}'; see `baton keys sessions`");
            Console.WriteLine($"{which} has ended.");
            return 0;
        }));
        return command;
    }

    private static IEnumerable<string> Words(string[] given) => given.SelectMany(
        g => g.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string Owner(ConsoleSession session, PeopleStore people) =>
        session.PersonId is { } id ? people.Find(id)?.Email ?? id : "key " + session.KeyName;
}
