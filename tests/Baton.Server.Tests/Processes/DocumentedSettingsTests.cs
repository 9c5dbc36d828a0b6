using System.Text.RegularExpressions;

namespace Baton.Server.Tests.Processes;

/// <summary>A setting that a document names is one that the program knows.</summary>
public sealed partial class DocumentedSettingsTests
{
    /// <summary>Set wrongly, so that the program says all that is wrong and ends.</summary>
    private const string Wrong = "BATON__Jobs__Concurrency";

    [Fact]
    public async Task Every_setting_that_a_document_names_is_known()
    {
        using var place = new Place(file: true);
        // Empty is "not set"; the one that is wrong must be all there is to say.
        using var process = BatonProgram.Start(
            ["serve", "--urls", "http://127.0.0.1:0", "--db", place.Database, "--playbook", place.Playbook],
            [.. Documented().Where(name => name != Wrong).Select(name => (name, "")), (Wrong, "0")]);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var errors = await process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);

        Assert.Equal(1, process.ExitCode);
        Assert.Equal(
            [$"baton: setting {Wrong}: is 0, use 1 to 1,000"],
            errors.Split('\n').Where(line => line.Contains("setting ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Documents_name_settings() => Assert.True(Documented().Count > 10, string.Join(' ', Documented()));

    private static IReadOnlyList<string> Documented()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Baton.slnx"))) root = root.Parent!;
        string[] folders = ["docs", "src", "samples", "playbooks", "deploy", "bench"];
        var files = folders.Select(f => Path.Combine(root.FullName, f)).Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*.md", SearchOption.AllDirectories))
            .Where(f => !f.Contains("node_modules", StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(root.FullName, "*.md"));
        return [.. files.SelectMany(file => Setting().Matches(File.ReadAllText(file))).Select(match => match.Value)
            .Distinct()];
    }

    /// <summary>Not the beginning of a name (<c>BATON__Telemetry__…</c>): only what could be set.</summary>
    [GeneratedRegex("BATON__[A-Za-z0-9_]*[A-Za-z0-9](?![A-Za-z0-9_])")]
    private static partial Regex Setting();
}
