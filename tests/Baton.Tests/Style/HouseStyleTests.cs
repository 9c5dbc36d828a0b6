using System.Text.RegularExpressions;

namespace Baton.Tests.Style;

/// <summary>The rules of the house that a machine can check.</summary>
public sealed partial class HouseStyleTests
{
    private const int LongestFile = 300;
    private const int LongestLine = 120;
    private const int LongestReadme = 25;
    private const int LargestFolder = 16;

    private static readonly string[] Code = ["src", "tests", "bench"];

    private static readonly string[] Forbidden =
    [
        "Manager", "Helper", "Util", "Common", "Core", "Shared", "Base", "Impl", "Dto", "Processor", "Services",
        "Infrastructure",
    ];

    /// <summary>
    /// Which slices a slice may use, and no more than it does use. <c>Text</c> is for everybody and uses nobody.
    /// </summary>
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Text"] = [],
        ["Storage"] = [],
        ["Privacy"] = [],
        ["Playbooks"] = [],
        ["Operations"] = ["Storage", "Playbooks"],
        ["Customers"] = ["Playbooks", "Operations"],
        ["Conversations"] = ["Storage", "Privacy", "Playbooks", "Operations", "Customers"],
        ["Gateway"] = ["Storage", "Operations", "Playbooks", "Privacy"],
        ["Knowledge"] = ["Storage", "Playbooks"],
        ["Tools"] = ["Storage", "Operations", "Playbooks", "Customers", "Conversations"],
        ["Agents"] = ["Storage", "Playbooks", "Customers", "Conversations", "Gateway", "Tools"],
        ["Triage"] = ["Playbooks", "Conversations"],
        ["Escalation"] = ["Storage", "Playbooks", "Customers", "Conversations"],
        ["Insights"] = ["Storage", "Privacy", "Playbooks", "Conversations", "Evaluation", "Triage"],
        ["People"] = ["Storage", "Playbooks", "Operations", "Conversations", "Escalation"],
        // Words of its states; what belongs to a ticket it takes by the columns of the tables, not by their slices.
        ["Archive"] = ["Storage", "Playbooks", "Operations"],
        ["Audit"] = ["Storage", "Playbooks", "Operations", "Conversations"],
        ["Incidents"] =
            ["Storage", "Playbooks", "Operations", "Conversations", "Gateway", "Tools", "Insights", "Evaluation"],
        ["Workflows"] = ["Storage", "Playbooks", "Customers", "Conversations", "Tools"],
        ["Decisions"] =
        [
            "Storage", "Privacy", "Playbooks", "Operations", "Customers", "Conversations", "Gateway", "Knowledge",
            "Tools", "Agents", "Triage", "Escalation", "People", "Workflows",
        ],
        ["Channels"] = ["Storage", "Playbooks", "Operations", "Conversations"],
        ["Evaluation"] = ["Storage", "Privacy", "Playbooks", "Operations", "Conversations", "Decisions", "Gateway",
            "Knowledge", "Triage", "People"],
    };

    [Fact]
    public void Keeps_every_source_file_within_the_cap()
    {
        var tooLong = Sources()
            .Select(path => (path, Lines: Repository.Text(path).AsSpan().Count('\n')))
            .Where(f => f.Lines > LongestFile)
            .Select(f => $"{f.path}: {f.Lines} lines, at most {LongestFile}");

        Assert.Empty(tooLong);
    }

    /// <summary>A text in quotes may make a line longer: breaking it is worse.</summary>
    [Fact]
    public void Keeps_every_line_of_code_within_the_width() =>
        Assert.Empty(
            from path in Code.SelectMany(folder => Repository.Files(folder, ".cs"))
            from line in RawText().Replace(Repository.Text(path), LinesOf).Split('\n').Index()
            where line.Item.Length > LongestLine && !line.Item.Contains('"', StringComparison.Ordinal)
            select $"{path}:{line.Index + 1}: {line.Item.Length} columns, at most {LongestLine}");

    /// <summary>Markup has quotes in nearly every line, so here they excuse nothing.</summary>
    [Fact]
    public void Keeps_every_line_of_a_page_within_the_width() =>
        Assert.Empty(
            from path in Code.SelectMany(folder => Repository.Files(folder, ".razor"))
            from line in Repository.Text(path).Split('\n').Index()
            where line.Item.Length > LongestLine
            select $"{path}:{line.Index + 1}: {line.Item.Length} columns, at most {LongestLine}");

    [Fact]
    public void Keeps_every_folder_within_the_cap() =>
        Assert.Empty(
            from path in Sources()
            group path by Path.GetDirectoryName(path) into folder
            where folder.Count() > LargestFolder
            select $"{folder.Key}: {folder.Count()} files, at most {LargestFolder}; group some in a subfolder");

    [Fact]
    public void Gives_every_type_a_name_of_its_own() =>
        Assert.Empty(
            from path in Sources()
            from name in Declared(path).Distinct()
            group path by name into type
            where type.Count() > 1
            && !type.All(path => Repository.Text(path).Contains("partial", StringComparison.Ordinal))
            select $"{type.Key}: {string.Join(", ", type)}");

    [Fact]
    public void Names_every_file_after_a_type_in_it() =>
        Assert.Empty(
            from path in Sources()
            let types = Declared(path).ToList()
            let name = Path.GetFileName(path).Split('.')[0]
            where types.Count > 0 && !types.Contains(name)
            select $"{path}: holds {string.Join(", ", types)}");

    [Fact]
    public void Gives_no_file_or_folder_a_name_that_says_nothing() =>
        Assert.DoesNotContain(
            Code.SelectMany(folder => Repository.Files(folder)), path => path.Split('/')[1..].Any(HasForbiddenWord));

    [Fact]
    public void Gives_no_type_a_name_that_says_nothing() =>
        Assert.Empty(
            from path in Sources()
            from Match type in TypeName().Matches(Repository.Text(path))
            where HasForbiddenWord(type.Groups[1].Value)
            select $"{path}: {type.Groups[1].Value}");

    [Theory]
    [InlineData("JobManager.cs", true)]
    [InlineData("Dto", true)]
    [InlineData("SharedThings", true)]
    [InlineData("Database.cs", false)]
    [InlineData("BaseAddress", true)]
    [InlineData("Baseline.cs", false)]
    [InlineData("ServiceLevel", false)]
    [InlineData("IntentScorer", false)]
    public void Tells_a_forbidden_word_from_a_longer_one(string name, bool forbidden) =>
        Assert.Equal(forbidden, HasForbiddenWord(name));

    [Fact]
    public void Knows_every_slice() =>
        Assert.Empty(Slices().Except(MayUse.Keys));

    [Fact]
    public void Lets_a_slice_use_only_the_slices_it_may() =>
        Assert.Empty(
            from use in Uses()
            where !MayUse[use.Slice].Contains(use.Used)
            select $"{use.Path}: {use.Slice} may not use {use.Used}");

    [Fact]
    public void Gives_a_slice_no_permission_that_it_does_not_use() =>
        Assert.Empty(
            from slice in MayUse
            from used in slice.Value.Except(Uses().Where(use => use.Slice == slice.Key).Select(use => use.Used))
            select $"{slice.Key} does not use {used}: take it out of the table");

    [Fact]
    public void Gives_every_slice_a_short_readme() =>
        Assert.Empty(
            from slice in Slices()
            let path = $"src/Baton/{slice}/README.md"
            let problem = !File.Exists(Path.Combine(Repository.Root, path)) ? "is missing"
                : Repository.Text(path).AsSpan().Count('\n') > LongestReadme ? $"has more than {LongestReadme} lines"
                : null
            where problem is not null
            select $"{path} {problem}");

    [Fact]
    public void Registers_a_slice_in_its_setup_and_nowhere_else() =>
        Assert.Empty(
            from slice in Slices()
            from path in Repository.Files("src/Baton/" + slice, ".cs")
            where Repository.Text(path).Contains("extension(IServiceCollection", StringComparison.Ordinal)
                && path != $"src/Baton/{slice}/{slice}Setup.cs"
            select $"{path}: registrations of {slice} belong in {slice}Setup.cs");

    [Fact]
    public void Links_only_to_files_that_exist()
    {
        var documents = Repository.Files("docs", ".md").Concat(Repository.Files("src", ".md"))
            .Concat(Repository.Files("bench", ".md"))
            .Concat(Directory.EnumerateFiles(Repository.Root, "*.md").Select(Repository.Relative));
        var dead =
            from path in documents
            from Match link in Link().Matches(Repository.Text(path))
            let target = link.Groups[1].Value
            where !target.Contains("://", StringComparison.Ordinal)
            && !target.StartsWith("mailto:", StringComparison.Ordinal)
            let file = Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, target.Split('#')[0])
            where target[0] != '#' && !File.Exists(file) && !Directory.Exists(file)
            select $"{path}: {target}";

        Assert.Empty(dead);
    }

    [Fact]
    public void Names_nothing_in_a_readme_that_is_gone()
    {
        var words = Sources().SelectMany(path => Word().Matches(Repository.Text(path))).Select(word => word.Value)
            .ToHashSet();

        Assert.Empty(
            from path in Repository.Files("src", ".md").Concat(Repository.Files("docs/extending", ".md"))
                .Append("CONTRIBUTING.md")
            from Match name in CodeName().Matches(Repository.Text(path))
            where !words.Contains(name.Groups[1].Value)
            select $"{path}: nothing is called {name.Groups[1].Value}");
    }

    /// <summary>A page that sends a contributor to a suite that is gone sends them nowhere.</summary>
    [Fact]
    public void Names_only_conformance_suites_that_exist()
    {
        var suites = Sources().SelectMany(Declared).ToHashSet();

        Assert.Empty(
            from path in Repository.Files("docs", ".md").Concat(Repository.Files("src", ".md"))
                .Concat(Directory.EnumerateFiles(Repository.Root, "*.md").Select(Repository.Relative))
            from Match name in SuiteName().Matches(Repository.Text(path))
            where !suites.Contains(name.Value)
            select $"{path}: there is no {name.Value}");
    }

    /// <summary>
    /// The word of an enum comes from one place, or <c>HumanNow</c> is <c>human_now</c> here and <c>humannow</c> there.
    /// </summary>
    [Fact]
    public void Spells_the_words_of_enums_in_one_place()
    {
        // In two parts, so that this file does not find itself.
        const string idiom = ".ToString()" + ".ToLowerInvariant()";

        Assert.DoesNotContain(Sources(), path => Repository.Text(path).Contains(idiom, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Sources() =>
        Code.SelectMany(folder => Repository.Files(folder, ".cs", ".razor"));

    /// <summary>The types of a file that stand in no other type; a component is one.</summary>
    private static IEnumerable<string> Declared(string path) =>
        path.EndsWith(".razor", StringComparison.Ordinal)
            ? [Path.GetFileNameWithoutExtension(path)]
            : TopTypeName().Matches(Repository.Text(path)).Select(match => match.Groups[1].Value);

    private static List<(string Path, string Slice, string Used)> Uses() =>
    [..
        (from slice in Slices()
        from path in Repository.Files("src/Baton/" + slice, ".cs")
        from Match use in SliceName().Matches(Repository.Text(path))
        let used = use.Groups[1].Value
        where MayUse.ContainsKey(used) && used != slice && used != "Text"
        select (path, slice, used)).Distinct(),
    ];

    private static string LinesOf(Match text) => new('\n', text.ValueSpan.Count('\n'));

    private static IEnumerable<string> Slices() =>
        Directory.EnumerateDirectories(Repository.Slices).Select(Path.GetFileName).OfType<string>()
            .Where(name => name is not ("bin" or "obj"));

    /// <summary>
    /// A word counts when it stands alone in Pascal case: <c>Database</c> and <c>Baseline</c> are words of their own.
    /// </summary>
    private static bool HasForbiddenWord(string name) =>
        PascalWord().Matches(name).Any(word => Forbidden.Contains(word.Value));

    [GeneratedRegex(@"[A-Z]+(?![a-z])|[A-Z][a-z]*")]
    private static partial Regex PascalWord();

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum)\s+(?:struct\s+|class\s+)?([A-Z]\w*)")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|ref|unsafe) )*(?:class|record(?: struct| class)?|struct|interface|enum) ([A-Z]\w*)", RegexOptions.Multiline)]
    private static partial Regex TopTypeName();

    [GeneratedRegex(@"\bBaton\.([A-Z][a-z]+)\b")]
    private static partial Regex SliceName();

    /// <summary>A text over several lines.</summary>
    [GeneratedRegex("\"{3,}.*?\"{3,}", RegexOptions.Singleline)]
    private static partial Regex RawText();

    [GeneratedRegex(@"\b[A-Z]\w+Conformance\b")]
    private static partial Regex SuiteName();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    /// <summary>A name of more than one word in code font: a type, a method or a setting.</summary>
    [GeneratedRegex(@"`([A-Z][a-z]+[A-Z]\w*)`")]
    private static partial Regex CodeName();

    [GeneratedRegex(@"\]\(([^)\s]+)(?:\s+""[^""]*"")?\)")]
    private static partial Regex Link();
}
