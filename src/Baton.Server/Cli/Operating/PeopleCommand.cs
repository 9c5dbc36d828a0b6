using System.CommandLine;
using System.Globalization;
using Baton.People;
using Baton.Playbooks;
using Baton.Server.Cli.Deciding;
using Spectre.Console;

namespace Baton.Server.Cli.Operating;

/// <summary><c>baton people …</c>: the team.</summary>
internal static class PeopleCommand
{
    private static string By => "cli:" + Environment.UserName;

    public static Command Command() => new("people", "The people of the team: who they are and what they may do.")
    {
        Add(), List(), Switch("disable", "Let a person in no longer.", true),
        Switch("enable", "Let a disabled person in again.", false), Import(),
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
        var skills = new Option<string[]>("--skill") { Description = "Skill with a level 1 to 10: refunds:7. Repeatable." };
        var languages = new Option<string[]>("--language") { Description = "ISO 639 code such as de. Repeatable." };
        var capacity = new Option<int>(
            "--capacity") { Description = "Points of work at once.", DefaultValueFactory = _ => 5 };
        var zone = new Option<string>("--time-zone")
        {
            Description = "Zone such as Europe/Berlin.", DefaultValueFactory = _ => "UTC",
        };
        var playbook = Places.Playbook();
        var command = new Command("add", "Add a person.")
        {
            email, name, role, queues, skills, languages, capacity, zone, DatabaseFile.Option, playbook,
        };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            var details = new PersonDetails
            {
                Name = arguments.GetValue(name)!, Email = arguments.GetValue(email)!,
                Role = Role(arguments.GetValue(role)!), Queues = arguments.GetValue(queues) ?? [],
                Skills = Skills(arguments.GetValue(skills) ?? []), Languages = arguments.GetValue(languages) ?? [],
                Capacity = arguments.GetValue(capacity), TimeZone = arguments.GetValue(zone)!,
            };
            CheckQueues([details], arguments.GetValue(playbook)!);
            await using var database = DatabaseFile.Open(arguments);
            var added = Saved(await new PeopleStore(database).AddAsync(details, By, token));
            Console.WriteLine(TerminalText.Clean($"{added.Id}  {added.Email}  {EnumWords.Of(added.Role)}"));
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
            var table = new Table().Border(TableBorder.Simple)
                .AddColumns("id", "name", "e-mail", "role", "presence", "queues", "skills", "languages", "points");
            foreach (var person in new PeopleStore(database).List())
                table.AddRow([.. Cells(person).Select(cell => Markup.Escape(TerminalText.Clean(cell)))]);
            AnsiConsole.Write(table);
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

    private static Person Find(PeopleStore store, string who) =>
        store.Find(who) ?? store.FindByEmail(who)
            ?? throw new CliError($"nobody has the e-mail or id '{who}'; see `baton people list`");

    private static Person Saved(PersonOutcome outcome) => outcome switch
    {
        PersonOutcome.Saved { Person: var person } => person,
        PersonOutcome.Refused { Why: var why } => throw new CliError(why),
        _ => throw new CliError("somebody changed the person meanwhile: repeat the command"),
    };

    private static PersonRole Role(string word) => EnumWords.Find<PersonRole>(word)
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

    private static string[] Cells(Person person) =>
    [
        person.Id, person.Name, person.Email, EnumWords.Of(person.Role),
        person.DisabledAt is null ? EnumWords.Of(person.Presence) : "disabled", string.Join(' ', person.Queues),
        string.Join(' ', person.Skills.Select(s => $"{s.Key}:{s.Value}")), string.Join(' ', person.Languages),
        person.Capacity.ToString(CultureInfo.InvariantCulture),
    ];
}
