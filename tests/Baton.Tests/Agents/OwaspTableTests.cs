using System.Text.RegularExpressions;
using Baton.Tests.Style;

namespace Baton.Tests.Agents;

/// <summary>The table of risks names tests; a test that was renamed would hold nothing any more.</summary>
public sealed partial class OwaspTableTests
{
    private static string[] Rows => Repository.Text("docs/agents.md").Split("## OWASP")[1].Split('\n');

    public static TheoryData<string> Named => [.. Rows.Where(r => r.StartsWith("| ", StringComparison.Ordinal))
        .SelectMany(r => Name().Matches(r.Split('|')[^2])).Select(m => m.Groups[1].Value).Distinct()];

    [Fact]
    public void Has_the_ten_risks_with_a_test_each()
    {
        var risks = Rows.Where(r => r.StartsWith("| ", StringComparison.Ordinal)).Skip(2).ToList();

        Assert.Equal(10, risks.Count);
        Assert.All(risks, r => Assert.Matches(Name(), r.Split('|')[^2]));
    }

    [Theory]
    [MemberData(nameof(Named))]
    public void Names_a_test_that_exists(string test)
    {
        var (type, method) = test.Split('.') is [var first, var second] ? (first, second) : (test, null);
        var file = Assert.Single(Repository.Files("tests", ".cs"), f => Path.GetFileNameWithoutExtension(f) == type);
        if (method is not null)
            Assert.Contains($" {method}(", Repository.Text(file), StringComparison.Ordinal);
    }

    [GeneratedRegex("`([A-Za-z_.]+)`")]
    private static partial Regex Name();
}
