using System.CommandLine;
using System.Text.Json.Nodes;
using Baton.Knowledge.Importing;
using Baton.Playbooks.Imports;
using Baton.Server.Cli.Measuring;

namespace Baton.Server.Cli.Knowing;

/// <summary>
/// <c>baton knowledge sync</c>: every source of <c>imports.yaml</c>; <c>serve</c> does the same on schedule.
/// </summary>
internal static class KnowledgeSync
{
    /// <summary>What a sync came to.</summary>
    /// <param name="Failed">Sources that could not be read at all.</param>
    /// <param name="Activated">Null where no source asks for it or nothing new may be activated.</param>
    public sealed record Outcome(
        IReadOnlyList<ImportReport> Reports, IReadOnlyList<string> Failed, Activation.Result? Activated)
    {
        public bool HasNews => Failed.Count > 0 || Activated is not null || Reports.Any(r => r.Unreadable.Count > 0
            || r.Changes.Any(c => c.Kind != ChangeKind.Unchanged));

        /// <summary>In one sentence each.</summary>
        public IEnumerable<string> Lines()
        {
            foreach (var report in Reports) yield return ImportView.Line(report);
            foreach (var failed in Failed) yield return failed;
            if (Activated is { Why: null } done) yield return $"active: {string.Join(", ", done.Ids)}";
            if (Activated is { Why: { } why } not) yield return $"not activated: {string.Join(", ", not.Ids)}: {why}";
        }
    }

    public static Command Command()
    {
        var playbook = Places.Playbook();
        var command = new Command(
            "sync", "Import every source of imports.yaml, and activate those that ask for it; `serve` does it on schedule.")
        {
            playbook, ImportView.Json,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => SyncAsync(
            parsed.GetValue(playbook)!, parsed.GetValue(ImportView.Json), token)));
        return command;
    }

    /// <summary>The sources of a playbook; null when it has no <c>imports.yaml</c>.</summary>
    /// <exception cref="CliError">The file has mistakes.</exception>
    public static ImportPolicy? Policy(string playbook)
    {
        try
        {
            return ImportsReader.Find(playbook);
        }
        catch (FormatException error)
        {
            throw new CliError(error.Message);
        }
    }

    /// <summary>Imports all sources; one that cannot be read does not keep back the others.</summary>
    public static async Task<Outcome> RunAsync(
        string playbook, ImportPolicy policy, CancellationToken cancellationToken, bool quiet = false)
    {
        var (reports, failed) = (new List<ImportReport>(), new List<string>());
        foreach (var source in policy.Sources)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var path = Path.GetFullPath(source.Path, Path.GetFullPath(playbook));
                reports.Add(KnowledgeImport.Take(playbook, source with { Path = path }, overwrite: false, write: true));
            }
            catch (Exception error) when (error is CliError or IOException or UnauthorizedAccessException)
            {
                failed.Add($"{source.Name}: {error.Message}");
            }
        }
        var wanted = policy.Sources.Where(s => s.Activate).Select(s => s.Name).ToHashSet();
        var ids = KnowledgeActivate.Free(KnowledgeDrafts.Open(playbook), wanted.Contains).ToList();
        var activated = ids.Count == 0 ? null
            : await new Activation(playbook, unmeasured: false, quiet).TryAsync(ids, cancellationToken);
        return new Outcome(reports, failed, activated);
    }

    private static async Task<int> SyncAsync(string playbook, bool json, CancellationToken cancellationToken)
    {
        var policy = Policy(playbook) ?? throw new CliError(
            $"{playbook}: there is no {ImportsReader.File}; docs/knowledge.md shows one");
        var outcome = await RunAsync(playbook, policy, cancellationToken);
        if (json)
        {
            var printed = ImportView.ToJson(outcome.Reports);
            printed["failed"] = new JsonArray([.. outcome.Failed.Select(f => (JsonNode)f)]);
            printed["activation"] = outcome.Activated is { } made ? KnowledgeActivate.ToJson(made) : null;
            Console.WriteLine(printed.ToJsonString(FiguresView.Indented));
        }
        else
        {
            ImportView.Print(outcome.Reports, json: false, written: true);
            foreach (var failed in outcome.Failed) TerminalText.WriteErrorLine(failed);
            if (outcome.Activated is { } activated) KnowledgeActivate.Print(activated);
        }
        return outcome.Activated is { Why: not null } ? 1
            : outcome.Failed.Count > 0 || outcome.Reports.Any(r => r.Unreadable.Count > 0) ? 2 : 0;
    }
}
