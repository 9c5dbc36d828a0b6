using Baton.Playbooks;
using Baton.Playbooks.Imports;
using Baton.Testing;

namespace Baton.Tests.Playbooks.Imports;

/// <summary><c>imports.yaml</c>: where articles come from. It decides nothing and is no part of the version.</summary>
public sealed class ImportsReaderTests : IDisposable
{
    private const string Good =
        "sources: [{ name: helpdesk, kind: zendesk, path: ../articles.json, activate: true }]\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("baton-imports-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Looks_monthly_unless_told_otherwise()
    {
        Write(Good);
        var policy = ImportsReader.Find(_folder)!;

        Assert.Equal(TimeSpan.FromDays(30), policy.Every);
        Assert.Equal([new ImportSource("helpdesk", SourceKind.Zendesk, "../articles.json") { Activate = true }],
            policy.Sources);
        Write("every: 7d\n" + Good);
        Assert.Equal(TimeSpan.FromDays(7), ImportsReader.Find(_folder)!.Every);
    }

    [Fact]
    public void Decides_nothing()
    {
        var version = new PlaybookFiles().Playbook().Version;

        Assert.Equal(version, new PlaybookFiles().With("imports.yaml", Good)
            .With("knowledge/drafts/x.md", "no article").With("knowledge/drafts/questions/x.yaml", "[")
            .Playbook().Version);
        Assert.Null(ImportsReader.Find(_folder));
    }

    [Theory]
    [InlineData("every: 1h\n" + Good, "'every' is 1h, out of range; write a duration from 1d to 366d")]
    [InlineData("sources: [{ name: a, kind: zendisk, path: x }]",
        "'kind' cannot be 'zendisk'; did you mean 'zendesk'?")]
    [InlineData("sources: [{ name: A b, kind: html, path: x }]", "source 'A b' is not a name")]
    [InlineData("sources: [{ name: a, kind: html }]", "missing field 'path'")]
    [InlineData("sources: [{ name: a, kind: html, path: x, language: english }]", "'english' is not a language")]
    [InlineData("sources: [{ name: a, kind: html, path: x }, { name: a, kind: csv, path: y }]", "declared twice")]
    [InlineData("sources: [{ name: a, kind: tickets, path: x, activate: true }]", "is never activated by itself")]
    [InlineData("source: []", "unknown field 'source'; did you mean 'sources'?")]
    public void Slips_are_problems_of_the_playbook(string yaml, string message)
    {
        var problems = Assert.IsType<LoadedPlaybook.Invalid>(
            new PlaybookFiles().With("imports.yaml", yaml).Load()).Problems;

        Assert.Contains(problems, p => p.File == "imports.yaml"
            && p.Message.Contains(message, StringComparison.Ordinal));
        Write(yaml);
        Assert.Throws<FormatException>(() => ImportsReader.Find(_folder));
    }

    private void Write(string yaml) => File.WriteAllText(Path.Combine(_folder, "imports.yaml"), yaml);
}
