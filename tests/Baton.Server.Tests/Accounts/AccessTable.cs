using System.Text.RegularExpressions;

namespace Baton.Server.Tests.Accounts;

/// <summary>A row of the table of <c>docs/operating/access.md</c>.</summary>
/// <param name="Person">The least role, <c>any</c>, <c>anybody</c>, <c>itself</c> or <c>–</c>.</param>
/// <param name="Key">The scope, <c>any</c>, <c>everything</c> or <c>–</c>.</param>
internal sealed partial record AccessTable(string Route, string Person, string Key)
{
    public static IReadOnlyList<AccessTable> Read()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Baton.slnx"))) root = root.Parent!;
        return [.. Row().Matches(File.ReadAllText(Path.Combine(root.FullName, "docs", "operating", "access.md")))
            .Select(row => new AccessTable(
                row.Groups[1].Value, row.Groups[2].Value.Trim('`'), row.Groups[3].Value.Trim('`')))];
    }

    [GeneratedRegex(@"^\| `((?:GET|POST|OPTIONS|ANY) /[^`]*)` \| (\S+) \| (\S+) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
