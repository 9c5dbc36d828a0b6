using System.Globalization;
using Baton.Playbooks;
using nietras.SeparatedValues;

namespace Baton.People;

/// <summary>
/// People as a CSV file with a header: <c>name,email,role,queues,skills,languages,capacity,time_zone</c>; the first two
/// must be there. A cell that lists has blanks, commas, semicolons or bars between its words; a skill may have a level,
/// <c>refunds:7</c>. Pure.
/// </summary>
internal static class PeopleFile
{
    private const int MostRows = 10_000;

    /// <summary>Level of a skill that has none.</summary>
    public const int UsualLevel = 5;

    private static readonly string[] Known =
        ["name", "email", "role", "queues", "skills", "languages", "capacity", "time_zone"];

    /// <summary>The people of a file, or what is wrong with it, all of it, with lines.</summary>
    public static (IReadOnlyList<PersonDetails> People, IReadOnlyList<string> Problems) Read(TextReader file)
    {
        List<PersonDetails> people = [];
        List<string> problems = [];
        var lines = new Dictionary<string, int>();
        try
        {
            using var reader = Sep.Reader(o => o with { Unescape = true, Trim = SepTrim.All }).From(file);
            problems.AddRange(OfHeader(reader.Header.ColNames));
            if (problems.Count > 0) return ([], problems);
            foreach (var row in reader)
            {
                var line = row.LineNumberFrom;
                if (people.Count == MostRows) return ([], [$"line {line}: at most {MostRows} people at a time"]);
                var cells = new Dictionary<string, string>();
                for (var i = 0; i < row.ColCount; i++) cells[reader.Header.ColNames[i]] = row[i].ToString();
                var (person, problem) = Person(cells);
                if (problem is null && !lines.TryAdd(person.Email, line))
                    problem = $"e-mail '{person.Email}' is on line {lines[person.Email]} already";
                if (problem is not null) problems.Add($"line {line}: {problem}");
                people.Add(person);
            }
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException)
        {
            return ([], [$"this is no CSV file with a header: {error.Message.ReplaceLineEndings(" ")}"]);
        }
        return problems.Count > 0 ? ([], problems) : (people, []);
    }

    /// <summary><c>refunds:7</c> or <c>refunds</c>; null when the level is no number.</summary>
    public static (string Name, int Level)? Skill(string word) => word.Split(':') switch
    {
        [var name] => (name, UsualLevel),
        [var name, var level] when int.TryParse(level, CultureInfo.InvariantCulture, out var number) => (name, number),
        _ => null,
    };

    private static IEnumerable<string> OfHeader(IReadOnlyList<string> columns) =>
    [
        .. columns.Except(Known).Select(c => $"line 1: column '{c}' is unknown{Suggestion.Hint(c, Known)}"),
        .. Known.Take(2).Except(columns).Select(c => $"line 1: column '{c}' is missing"),
    ];

    /// <summary>
    /// One person from the cells of a line, or from the fields of a form that are called as they are.
    /// </summary>
    public static (PersonDetails Person, string? Problem) Person(IReadOnlyDictionary<string, string> cells)
    {
        string Cell(string name) => cells.GetValueOrDefault(name) ?? "";
        var person = new PersonDetails { Name = Cell("name"), Email = Cell("email") };
        var (role, capacity) = (EnumWords.Find<PersonRole>(Cell("role")), 0);
        if (Cell("role").Length > 0 && role is null)
            return (person, $"role '{Cell("role")}': use {string.Join(", ", EnumWords.All<PersonRole>())}");
        if (Cell("capacity").Length > 0
            && !int.TryParse(Cell("capacity"), NumberStyles.None, CultureInfo.InvariantCulture, out capacity))
            return (person, $"capacity '{Cell("capacity")}': use a number of points, 1 to {PersonRules.LargestCapacity}");
        var skills = new Dictionary<string, int>();
        foreach (var word in Words(Cell("skills")))
            if (Skill(word) is not { } skill)
                return (person, $"skill '{word}': write it as refunds:7, with a level 1 to 10");
            else skills[skill.Name] = skill.Level;
        person = PersonRules.Tidy(person with
        {
            Role = role ?? person.Role, Queues = Words(Cell("queues")), Skills = skills,
            Languages = Words(Cell("languages")),
            Capacity = Cell("capacity").Length > 0 ? capacity : person.Capacity,
            TimeZone = Cell("time_zone") is { Length: > 0 } zone ? zone : person.TimeZone,
        });
        return (person, PersonRules.Problem(person));
    }

    /// <summary>A person as the cells of a line.</summary>
    public static Dictionary<string, string> Cells(Person person) => new()
    {
        ["name"] = person.Name, ["email"] = person.Email, ["role"] = EnumWords.Of(person.Role),
        ["queues"] = string.Join(' ', person.Queues),
        ["skills"] = string.Join(' ', person.Skills.Select(s => $"{s.Key}:{s.Value}")),
        ["languages"] = string.Join(' ', person.Languages),
        ["capacity"] = person.Capacity.ToString(CultureInfo.InvariantCulture), ["time_zone"] = person.TimeZone,
    };

    private static string[] Words(string cell) =>
        cell.Split([' ', ',', ';', '|'], StringSplitOptions.RemoveEmptyEntries);
}
