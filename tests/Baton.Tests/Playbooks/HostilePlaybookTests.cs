using System.Text;
using Baton.Playbooks;
using Baton.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.Playbooks;

public sealed class HostilePlaybookTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("baton-hostile-");

    public HostilePlaybookTests() => new PlaybookFiles().WriteTo(_directory.FullName);

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Refuses_a_folder_that_is_not_there() =>
        Assert.Contains("no such folder", Assert.Single(Problems(PathOf("nowhere"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_every_missing_file_of_an_empty_folder()
    {
        var empty = _directory.CreateSubdirectory("empty").FullName;

        Assert.Equal(["escalation.yaml", "intents", "playbook.yaml", "queues.yaml"],
            Problems(empty).Select(p => p.File));
    }

    [Fact]
    public void Names_the_line_of_a_byte_that_is_not_text()
    {
        File.WriteAllBytes(PathOf("queues.yaml"), [.. "queues:\n  l1:\n"u8, 0xC3, 0x28]);

        var problem = Assert.Single(Problems());
        Assert.Equal("queues.yaml:3: byte 0xc3 is not UTF-8; save the file as UTF-8", problem.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    public void Says_that_a_file_is_empty(string text)
    {
        File.WriteAllText(PathOf("queues.yaml"), text);

        Assert.Contains(Problems(), p => p.File == "queues.yaml"
            && p.Message.Contains("the file is empty", StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_a_file_that_a_link_brings_in_from_outside()
    {
        File.Delete(PathOf("queues.yaml"));
        File.CreateSymbolicLink(PathOf("queues.yaml"), "/etc/hostname");

        Assert.Contains("leads out of the playbook", Assert.Single(Problems()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_folder_that_a_link_brings_in_from_outside()
    {
        Directory.CreateSymbolicLink(PathOf("prompts"), "/etc");

        Assert.Equal("prompts", Assert.Single(Problems()).File);
    }

    [Theory]
    [InlineData(100, 2_000, 1_000_000, "at most 100 are read")]
    [InlineData(100_000, 3, 1_000_000, "more than 3 files")]
    [InlineData(100_000, 2_000, 2_000, "more than 2000 bytes in all")]
    public void Keeps_to_its_limits(int bytes, int files, long total, string message)
    {
        var limits = new LoadLimits { FileBytes = bytes, Files = files, TotalBytes = total };

        Assert.Contains(Problems(limits: limits), p => p.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Counts_the_problems_it_does_not_show()
    {
        var problems = Problems(_directory.CreateSubdirectory("empty").FullName, new LoadLimits { Problems = 2 });

        Assert.Equal(3, problems.Count);
        Assert.StartsWith("2 more problems", problems[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Never_throws_for_garbled_files()
    {
        var texts = new PlaybookFiles().Texts.ToArray();
        var garbled =
            from file in Gen.Choose(0, texts.Length - 1)
            from at in Gen.Choose(0, texts[file].Value.Length)
            from length in Gen.Choose(0, 40)
            from junk in Gen.Elements(
                "", "\t", ": ", "- ", "[", "}", "&a ", "*a", "!!x ", "\"", "'", "|\n", "%", "\0", "\u0085", "---\n",
                "? ", "<<: ", "\uFEFF", "{{{{", "999999999999999999999999999999", "-", "~", "\n\n", "#")
            select (texts[file].Key, Text: Garble(texts[file].Value, at, length, junk));

        Prop.ForAll(garbled.ToArbitrary(), change =>
        {
            File.WriteAllText(PathOf(change.Key), change.Text);
            var loaded = PlaybookLoader.Load(_directory.FullName);
            File.WriteAllText(PathOf(change.Key), new PlaybookFiles().Texts[change.Key]);
            return loaded is LoadedPlaybook.Valid or LoadedPlaybook.Invalid { Problems.Count: > 0 };
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    [Fact]
    public void Never_throws_for_random_bytes()
    {
        var bytes = Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf();

        Prop.ForAll(bytes.ToArbitrary(), content =>
        {
            File.WriteAllBytes(PathOf("escalation.yaml"), content);
            return PlaybookLoader.Load(_directory.FullName) is LoadedPlaybook.Invalid;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public void Refuses_a_file_of_open_brackets_quickly()
    {
        File.WriteAllText(PathOf("escalation.yaml"), new StringBuilder().Insert(0, "[{a: ", 100_000).ToString());

        Assert.Contains(Problems(), p => p.File == "escalation.yaml");
    }

    private static string Garble(string text, int at, int length, string junk) =>
        string.Concat(text.AsSpan(0, at), junk, text.AsSpan(Math.Min(text.Length, at + length)));

    private string PathOf(string path) => Path.Combine(_directory.FullName, path);

    private IReadOnlyList<PlaybookProblem> Problems(string? directory = null, LoadLimits? limits = null) =>
        Assert.IsType<LoadedPlaybook.Invalid>(PlaybookLoader.Load(directory ?? _directory.FullName, limits)).Problems;
}
