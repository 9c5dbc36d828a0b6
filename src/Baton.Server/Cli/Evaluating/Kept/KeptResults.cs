using System.CommandLine;
using Baton.Evaluation.Gates;
using Baton.Evaluation.Results;
using Baton.Evaluation.Scoring;
using Baton.Operations.Versions;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Server.Cli.Evaluating.Kept;

/// <summary>Runs of the command line, kept in the database of a server.</summary>
internal static class KeptResults
{
    public static readonly Option<string?> KeepIn = new("--db")
    {
        Description = "Keep the result in this database; a passing `gate` over the whole set lets the playbook in there.",
    };

    /// <summary>Keeps a run where a database is named, and lets a version that passed come into force.</summary>
    /// <param name="outcomes">Gates that were held; null where none was.</param>
    public static async Task KeepAsync(
        Database database, PlaybookVersions versions, string folder, string? modelsFile, EvaluationRun run,
        IReadOnlyList<GateOutcome>? outcomes, int? sampled, CancellationToken cancellationToken)
    {
        var verdict = outcomes is null ? null : Word(outcomes);
        var id = await new EvaluationResults(database).KeepAsync(run, sampled, verdict, cancellationToken);
        if (verdict != "pass" || sampled is not null) return;
        // Exactly what was run: the folder may hold something else by now.
        if (PlaybookLoader.Load(folder, modelsFile: modelsFile) is not LoadedPlaybook.Valid held
            || held.Playbook.Version != run.Playbook) return;
        await versions.KeepAsync(held, cancellationToken);
        await versions.PassAsync(run.Playbook, id, cancellationToken);
    }

    public static string Word(IReadOnlyList<GateOutcome> outcomes) =>
        GateJudge.ExitCode(outcomes) switch { 0 => "pass", 1 => "fail", _ => "undecided" };

    /// <summary>The same from a verb, which names the database or does not.</summary>
    public static async Task KeepAsync(
        string? path, EvaluationPlan plan, EvaluationRun run, IReadOnlyList<GateOutcome>? outcomes,
        CancellationToken cancellationToken)
    {
        if (path is null) return;
        DatabaseFile.Name(path);
        await using var database = Database.Open(new DatabaseOptions { Path = path }, TimeProvider.System);
        await KeepAsync(database, Deciding.PlaybookVersionVerbs.Versions(database), plan.Playbook, plan.Models, run,
            outcomes, plan.Sample is null ? null : plan.Seed, cancellationToken);
    }
}
