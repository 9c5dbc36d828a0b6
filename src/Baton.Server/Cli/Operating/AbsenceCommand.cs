using System.CommandLine;
using Baton.People;

namespace Baton.Server.Cli.Operating;

/// <summary><c>baton people absence</c>: when somebody is out of office, and who stands in.</summary>
internal static class AbsenceCommand
{
    public static Command Command()
    {
        var who = new Argument<string>("person") { Description = "E-mail or id." };
        var from = new Option<string?>("--from")
        {
            Description = "When it begins, in the person's time zone: 2026-12-20T18:00. Now without.",
        };
        var until = new Option<string?>("--until") { Description = "When the person is back: 2026-12-24T09:00." };
        var standIn = new Option<string?>("--stand-in")
        {
            Description = "E-mail or id of who gets what is open; the queues without.",
        };
        var end = new Option<bool>("--end") { Description = "Take the absence back: the person is there." };
        var command = new Command("absence", "Show, set or end when a person is out of office.")
        {
            who, from, until, standIn, end, DatabaseFile.Option,
        };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            var store = new PeopleStore(database);
            Person? Find(string text) => store.Find(text) ?? store.FindByEmail(text);
            var person = PeopleCommand.Find(store, arguments.GetValue(who)!);
            var ends = arguments.GetValue(end);
            var words = new AbsenceWords(
                arguments.GetValue(from), arguments.GetValue(until), arguments.GetValue(standIn));
            if (ends || words != new AbsenceWords(null, null, null))
            {
                if (ends && words != new AbsenceWords(null, null, null))
                    throw new CliError("--end takes the absence back: leave --from, --until and --stand-in out");
                var (absence, problem) = ends ? (null, null) : words.Read(person, database.Clock.GetUtcNow(), Find);
                if (problem is not null) throw new CliError(problem);
                person = PeopleCommand.Saved(await store.ChangeAsync(person.Id, person.Version,
                    PersonDetails.Of(person) with { OutOfOffice = absence }, PeopleCommand.By, token));
            }
            TerminalText.WriteLine(Line(person, store));
            return 0;
        }));
        return command;
    }

    private static string Line(Person person, PeopleStore store) => person.OutOfOffice is not { } absence
        ? $"{person.Email} is in the office."
        : $"{person.Email} is out of office"
            + (absence.From is { } begins ? $" from {AbsenceWords.Text(begins, person)}" : "")
            + $" until {AbsenceWords.Text(absence.Until, person)} ({person.TimeZone}); open tickets go to "
            + (absence.HandOverTo is { } to ? store.Find(to)?.Email ?? to : "the queues") + ".";
}
