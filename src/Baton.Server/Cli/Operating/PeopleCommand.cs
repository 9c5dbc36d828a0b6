using System.CommandLine;
using System.Globalization;
using Baton.People;
using Baton.People.SignIn;
using Baton.Playbooks;
using Baton.Server.Cli.Deciding;

namespace Baton.Server.Cli.Operating;

/// <summary><c>baton people …</c>: the team.</summary>
internal static class PeopleCommand
{
    private static readonly Option<string> ConsoleUrl = new("--url")
    {
        Description = "Where people open the console, for the link; BATON__PublicUrl without.",
        DefaultValueFactory = _ => new ConfigurationBuilder().AddEnvironmentVariables().Build()["BATON:PublicUrl"]
            ?? ServeCommand.DefaultUrl,
    };

    internal static string By => "cli:" + Environment.UserName;

    public static Command Command() => new("people", "The people of the team: who they are and what they may do.")
    {
        Add(), List(), Switch("disable", "Let a person in no longer.", true),
        Switch("enable", "Let a disabled person in again.", false), Role(), Set(), Reset(),
        AbsenceCommand.Command(), Import(),
    };

    private static Command Add()
    {
        var email = new Argument<string>("email") { Description = "Address, unique in the team." };
        var name = new Option<string>("--name") { Description = "Name, as colleagues see it.", Required = true };
        var role = new Option<string>("--role")
        {
            Description = string.Join(", ", EnumWords.All<PersonRole>()) + ".", DefaultValueFactory = _ => "agent",
        };
        var queues = new Option<string[]>("--queue") { Description = "Queue to work in. Repeatable." };
        var skills = new Option<string[]>(
            "--skill") { Description = "Skill with a level 1 to 10: refunds:7. Repeatable." };
        var languages = new Option<string[]>("--language") { Description = "ISO 639 code such as de. Repeatable." };
        var capacity = new Option<int>(
            "--capacity") { Description = "Points of work at once.", DefaultValueFactory = _ => 5 };
        var zone = new Option<string>("--time-zone")
        {
            Description = "Zone such as Europe/Berlin.", DefaultValueFactory = _ => "UTC",
        };
        var playbook = Places.Playbook();
        var command = new Command("add", "Add a person, and print a link to set a password.")
        {
            email, name, role, queues, skills, languages, capacity, zone, DatabaseFile.Option, playbook, ConsoleUrl,
        };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            var details = new PersonDetails
            {
                Name = arguments.GetValue(name)!, Email = arguments.GetValue(email)!,
                Role = RoleOf(arguments.GetValue(role)!), Queues = arguments.GetValue(queues) ?? [],
                Skills = Skills(arguments.GetValue(skills) ?? []), Languages = arguments.GetValue(languages) ?? [],
                Capacity = arguments.GetValue(capacity), TimeZone = arguments.GetValue(zone)!,
            };
            CheckQueues([details], arguments.GetValue(playbook)!);
            await using var database = DatabaseFile.Open(arguments);
            var added = Saved(await new PeopleStore(database).AddAsync(details, By, token));
            Console.WriteLine(TerminalText.Clean($"{added.Id}  {added.Email}  {EnumWords.Of(added.Role)}"));
            await PrintLinkAsync(database, added, arguments.GetValue(ConsoleUrl)!, token);
            return 0;
        }));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Show the team.") { DatabaseFile.Option };
        command.SetAction((arguments, _) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            var people = new PeopleStore(database).List();
            foreach (var person in people)
                foreach (var line in Lines(person)) TerminalText.WriteLine(line);
            if (people.Count == 0) Console.WriteLine("nobody yet; baton people add");
            return 0;
        }));
        return command;
    }

    private static Command Switch(string verb, string what, bool disabled)
    {
        var who = new Argument<string>("person") { Description = "E-mail or id." };
        var command = new Command(verb, what) { who, DatabaseFile.Option };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            var store = new PeopleStore(database);
            var person = Find(store, arguments.GetValue(who)!);
            if (!await store.DisableAsync(person.Id, disabled, By, token))
                throw new CliError($"{person.Email} is {verb}d already");
            Console.WriteLine(TerminalText.Clean($"{person.Email} is {verb}d."));
            return 0;
        }));
        return command;
    }

    private static Command Role()
    {
        var who = new Argument<string>("person") { Description = "E-mail or id." };
        var word = new Argument<string>("role") { Description = string.Join(", ", EnumWords.All<PersonRole>()) + "." };
        var command = new Command("role", "Change what a person may do.") { who, word, DatabaseFile.Option };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            var role = RoleOf(arguments.GetValue(word)!);
            await using var database = DatabaseFile.Open(arguments);
            var store = new PeopleStore(database);
            var person = Find(store, arguments.GetValue(who)!);
            Saved(await store.ChangeAsync(
                person.Id, person.Version, PersonDetails.Of(person) with { Role = role }, By, token));
            Console.WriteLine(TerminalText.Clean($"{person.Email} is {EnumWords.Of(role)} now."));
            return 0;
        }));
        return command;
    }

    private static Command Set()
    {
        var who = new Argument<string>("person") { Description = "E-mail or id." };
        var options = ((string Cell, string What)[])
            [
                ("name", "Name, as colleagues see it."), ("email", "Address, unique in the team."),
                ("queues", "All queues, with commas: billing,l1."),
                ("skills", "All skills with levels 1 to 10: refunds:7,german."),
                ("languages", "All languages, ISO 639: de,en."), ("capacity", "Points of work at once."),
                ("time_zone", "Zone such as Europe/Berlin."),
            ];
        var given = options.ToDictionary(
            o => o.Cell, o => new Option<string?>("--" + o.Cell.Replace('_', '-')) { Description = o.What });
        var playbook = Places.Playbook();
        var command = new Command("set", "Change what is known of a person; what is not named stays.")
        {
            who, DatabaseFile.Option, playbook,
        };
        foreach (var option in given.Values) command.Add(option);
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            var store = new PeopleStore(database);
            var person = Find(store, arguments.GetValue(who)!);
            var cells = PeopleFile.Cells(person);
            foreach (var (cell, option) in given)
                if (arguments.GetValue(option) is { } value) cells[cell] = value;
            var (details, problem) = PeopleFile.Person(cells);
            if (problem is not null) throw new CliError(problem);
            if (arguments.GetValue(given["queues"]) is not null) CheckQueues([details], arguments.GetValue(playbook)!);
            Saved(await store.ChangeAsync(
                person.Id, person.Version, details with { OutOfOffice = person.OutOfOffice }, By, token));
            foreach (var line in Lines(store.Find(person.Id)!)) TerminalText.WriteLine(line);
            return 0;
        }));
        return command;
    }

    private static Command Reset()
    {
        var who = new Argument<string>("person") { Description = "E-mail or id." };
        var code = new Option<bool>("--second-factor") { Description = "Also turn the authenticator app off." };
        var command = new Command("reset", "Print a link to set a new password, once; setting it ends all sessions.")
        {
            who, code, DatabaseFile.Option, ConsoleUrl,
        };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            var person = Find(new PeopleStore(database), arguments.GetValue(who)!);
            if (person.DisabledAt is not null)
                throw new CliError($"{person.Email} is disabled: baton people enable {person.Email} first");
            if (arguments.GetValue(code)) await SignIns.RemoveCodeAsync(database, person.Id, By, token);
            await PrintLinkAsync(database, person, arguments.GetValue(ConsoleUrl)!, token);
            return 0;
        }));
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<FileInfo>("file")
        {
            Description = "CSV with a header: name,email,role,queues,skills,languages,capacity,time_zone.",
        };
        var playbook = Places.Playbook();
        var command = new Command("import", "Add the people of a file, or change those whose address is known.")
        {
            file, DatabaseFile.Option, playbook,
        };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            using var text = arguments.GetValue(file)!.OpenText();
            var (people, problems) = PeopleFile.Read(text);
            if (problems.Count > 0) throw new CliError("nothing was imported:\n" + string.Join('\n', problems));
            CheckQueues(people, arguments.GetValue(playbook)!);
            await using var database = DatabaseFile.Open(arguments);
            var store = new PeopleStore(database);
            foreach (var details in people)
                Saved(store.FindByEmail(details.Email) is { } known
                    ? await store.ChangeAsync(known.Id, known.Version,
                        details with { OutOfOffice = known.OutOfOffice }, By, token)
                    : await store.AddAsync(details, By, token));
            Console.WriteLine($"{people.Count.ToString(CultureInfo.InvariantCulture)} people are as in the file.");
            return 0;
        }));
        return command;
    }

    internal static Person Find(PeopleStore store, string who) =>
        store.Find(who) ?? store.FindByEmail(who)
            ?? throw new CliError($"nobody has the e-mail or id '{who}'; see `baton people list`");

    internal static Person Saved(PersonOutcome outcome) => outcome switch
    {
        PersonOutcome.Saved { Person: var person } => person,
        PersonOutcome.Refused { Why: var why } => throw new CliError(why),
        _ => throw new CliError("somebody changed the person meanwhile: repeat the command"),
    };

    private static async Task PrintLinkAsync(
        Storage.Database database, Person person, string address, CancellationToken cancellationToken)
    {
        var path = await new PersonLinks(database).MakeAsync(
            LinkPurpose.Password, person.Id, PersonLinks.PasswordLife, By, cancellationToken);
        Console.WriteLine($"Link: {address.TrimEnd('/')}{path}   (once, within {PersonLinks.PasswordLife.TotalDays:0} days; sets the password)");
    }

    private static PersonRole RoleOf(string word) => EnumWords.Find<PersonRole>(word)
        ?? throw new CliError($"--role '{word}': use {string.Join(", ", EnumWords.All<PersonRole>())}");

    private static Dictionary<string, int> Skills(string[] words) => words
        .Select(word => PeopleFile.Skill(word)
            ?? throw new CliError($"--skill '{word}': write it as refunds:7, with a level 1 to 10"))
        .GroupBy(skill => skill.Name).ToDictionary(skill => skill.Key, skill => skill.Last().Level);

    /// <summary>The playbook is read only where somebody is in a queue.</summary>
    private static void CheckQueues(IReadOnlyList<PersonDetails> people, string folder)
    {
        if (people.All(person => person.Queues.Count == 0)) return;
        var playbook = PlaybookCommand.Load(folder, null);
        foreach (var person in people)
            if (PersonRules.UnknownQueue(person, playbook) is { } problem)
                throw new CliError($"{person.Email}: {problem}");
    }

    private static IEnumerable<string> Lines(Person person)
    {
        yield return $"{person.Id}  {person.Email}  {person.Name}  {EnumWords.Of(person.Role)}  "
            + (person.DisabledAt is null ? EnumWords.Of(person.Presence) : "disabled");
        if (person.Queues.Count > 0)
            yield return $"  queues {string.Join(' ', person.Queues)}, {person.Capacity} points, {person.TimeZone}";
        if (person.Skills.Count > 0)
            yield return "  skills " + string.Join(' ', person.Skills.Select(s => $"{s.Key}:{s.Value}"));
        if (person.Languages.Count > 0) yield return "  languages " + string.Join(' ', person.Languages);
    }
}
