using System.Text.RegularExpressions;

namespace Baton.Tests.Style;

/// <summary>A member that is named where it is declared and nowhere else is dead.</summary>
public sealed partial class NamedOnceTests
{
    /// <summary>Called by the runtime or the framework under these names.</summary>
    private static readonly HashSet<string> Called =
    [
        "TryHandleAsync", "StartingAsync", "StartedAsync", "StoppingAsync", "StoppedAsync", "Deconstruct",
        "GetEnumerator",
        "MoveNext", "AddChannel", "Arrived",
    ];

    /// <summary>Values that are written and read as words: no code has to name them.</summary>
    private static readonly HashSet<string> Words = ["JobState.Leased", "WordClass.CueAddress"];

    [Fact]
    public void Names_every_member_somewhere_else_too()
    {
        var files = Files("src", "tests", "bench", "samples").ToDictionary(path => path, Code);
        var counts = files.Values.SelectMany(code => Word().Matches(code)).CountBy(word => word.Value).ToDictionary();

        Assert.Empty(
            from path in files.Keys
            where path.StartsWith("src/", StringComparison.Ordinal)
            from name in Declared(files[path])
            where counts[name] == 1 && !Called.Contains(name)
            && !Words.Contains($"{Path.GetFileNameWithoutExtension(path)}.{name}")
            select $"{path}: nobody names {name}");
    }

    [Theory]
    [InlineData("    public int Lonely => 3;", "Lonely")]
    [InlineData("    internal static Task<List<int>> LonelyAsync(int a)", "LonelyAsync")]
    [InlineData("    private readonly Dictionary<string, int> _lonely = [];", "_lonely")]
    [InlineData("    public required string Lonely { get; init; }", "Lonely")]
    [InlineData("    public const string Lonely = \"x\";", "Lonely")]
    [InlineData("enum Word\n{\n    Lonely,", "Lonely")]
    [InlineData("enum Word\n{\n    Lonely = 4,", "Lonely")]
    [InlineData("new()\n{\n    Lonely = 4,", null)]
    [InlineData("    [Fact]\n    public void Is_a_test()", null)]
    [InlineData("    public override string ToString() => \"\";", null)]
    [InlineData("        var local = 3;", null)]
    public void Sees_what_is_declared(string code, string? name) =>
        Assert.Equal(name is null ? [] : [name], Declared(code).Distinct());

    private static IEnumerable<string> Files(params string[] folders) =>
        folders.SelectMany(folder => Repository.Files(folder, ".cs", ".razor"));

    private static string Code(string path) => Comment().Replace(Repository.Text(path), "");

    private static IEnumerable<string> Declared(string code) =>
        Member().Matches(code).Concat(code.Contains("enum ", StringComparison.Ordinal) ? Value().Matches(code) : [])
            .Select(match => match.Groups[1].Value);

    /// <summary>Whole lines, and the rest of a line after a blank: addresses keep their slashes.</summary>
    [GeneratedRegex(@"^\s*//.*$|(?<=\s)//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Word();

    /// <summary>
    /// Methods, properties, fields and constants; tests have an attribute on the line before and are left out.
    /// </summary>
    [GeneratedRegex(
        @"(?<!\]\s*\n)^[ ]+(?:(?:public|internal|private|protected|static|sealed|readonly|virtual|abstract|async|required|const|unsafe|ref) )+"
        + @"(?!class|record|struct|interface|enum|override|partial|delegate)[\w<>,.?\[\]() ]+? (\w+)(?:<\w+>)?\s*(?:\(|\{|=>|=|;)",
        RegexOptions.Multiline)]
    private static partial Regex Member();

    [GeneratedRegex(@"^ {4,8}([A-Z]\w*)(?: = [0-9][\w <]*)?,\s*$", RegexOptions.Multiline)]
    private static partial Regex Value();
}
