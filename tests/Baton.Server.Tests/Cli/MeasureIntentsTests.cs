using Baton.Server.Cli.Measuring;

namespace Baton.Server.Tests.Cli;

public sealed class MeasureIntentsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("baton-measure-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("{\"text\":\"hi\",\"label\":\"greeting\"}\nnot json")]
    [InlineData("{\"text\":\"hi\"}")]
    [InlineData("[1, 2]")]
    [InlineData("")]
    [InlineData("{\"text\":\"hi\",\"label\":\"oos\"}")]
    public async Task Input_that_cannot_be_used_ends_with_1(string content) =>
        Assert.Equal(1, await Run("--train", Write("train.jsonl", content), "--test", Write("test.jsonl", content)));

    [Fact]
    public async Task A_missing_file_ends_with_1() =>
        Assert.Equal(1, await Run(
            "--train", Path.Combine(_directory, "absent.jsonl"), "--test", Write("test.jsonl", Line("a"))));

    [Fact]
    public async Task No_shots_end_with_1()
    {
        var file = Write("train.jsonl", Line("a"));

        Assert.Equal(1, await Run("--train", file, "--test", file, "--shots", "0"));
    }

    [Fact]
    public async Task Several_files_may_follow_one_option()
    {
        var (one, two) = (Write("1.jsonl", Line("a")), Write("2.jsonl", Line("b")));

        Assert.Equal(0, await Run(
            "--train", one, two, "--test", one, two, "--oos-test", one, "--shots", "1", "--json"));
    }

    private static string Line(string label) => $$"""{"text":"about {{label}}","label":"{{label}}"}""";

    private string Write(string name, string content)
    {
        var file = Path.Combine(_directory, name);
        File.WriteAllText(file, content);
        return file;
    }

    private static Task<int> Run(params string[] arguments) =>
        MeasureCommand.Command().Parse(["intents", .. arguments]).InvokeAsync();
}
