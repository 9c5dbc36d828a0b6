using Baton.Evaluation.Learning.Suggesting;
using Baton.Server.Cli.Knowing;

namespace Baton.Server.Cli.Learning;

/// <summary>Accepted suggestions as a change of a playbook's files, tried on a copy.</summary>
/// <param name="Diff">For <c>git apply</c>, with paths inside the playbook's folder.</param>
/// <param name="LeftOut">Those that only a person should write.</param>
/// <param name="Why">Why it should not be applied; null when it may.</param>
internal sealed record SuggestionPatch(string Diff, IReadOnlyList<LearntSuggestion> LeftOut, string? Why)
{
    private static readonly string[] Folders = ["intents", "knowledge"];

    /// <exception cref="CliError">The playbook has mistakes as it is.</exception>
    public static async Task<SuggestionPatch> MakeAsync(
        string playbook, IReadOnlyList<LearntSuggestion> accepted, bool unmeasured, CancellationToken cancellationToken)
    {
        var files = Read(playbook);
        var (changed, left) = PlaybookEdits.Apply(files, accepted);
        var diff = string.Concat(changed.OrderBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => UnifiedDiff.Of(c.Key, files.GetValueOrDefault(c.Key), c.Value)));
        if (changed.Count == 0) return new SuggestionPatch("", left, "nothing is left to change");
        var tried = await new Activation(playbook, unmeasured, quiet: Console.IsErrorRedirected, keeps: false).TryAsync(
            [.. accepted.Select(s => s.Id)], folder => Write(folder, changed), cancellationToken);
        return new SuggestionPatch(diff, left, tried.Why);
    }

    private static Dictionary<string, string> Read(string playbook) => Folders
        .Select(f => Path.Combine(playbook, f)).Where(Directory.Exists)
        .SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories))
        .Append(Path.Combine(playbook, "playbook.yaml")).Where(File.Exists)
        .ToDictionary(path => Path.GetRelativePath(playbook, path).Replace('\\', '/'), File.ReadAllText);

    private static void Write(string folder, IReadOnlyDictionary<string, string> changed)
    {
        foreach (var (path, text) in changed)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }
}
