using Baton.Evaluation.Drafting;
using Baton.Evaluation.Metrics;
using Baton.Knowledge.Importing;
using Baton.Playbooks;
using Baton.Playbooks.Gates;
using Baton.Server.Cli.Deciding;
using Baton.Server.Cli.Measuring;

namespace Baton.Server.Cli.Knowing;

/// <summary>
/// Tries drafts on a copy of the playbook, holds the golden tickets against it, and puts them into force only where
/// these are answered as well as before.
/// </summary>
/// <param name="unmeasured">Also where the playbook has no golden tickets.</param>
/// <param name="quiet">Inside a server: nothing on its terminal.</param>
/// <param name="keeps">Whether what passes is written into the playbook; else it is only tried.</param>
internal sealed class Activation(string playbook, bool unmeasured, bool quiet = false, bool keeps = true)
{
    /// <summary>Files of a playbook that a copy may have, tickets and pictures among them.</summary>
    private const int MostFiles = 10_000;

    private const string Golden = "evals/golden.jsonl", GatesFile = "evals/gates.yaml";

    /// <summary>What became of drafts.</summary>
    /// <param name="Why">Why none is active; null when they are.</param>
    /// <param name="Held">The figures before and after; empty where nothing was measured.</param>
    public sealed record Result(IReadOnlyList<string> Ids, string? Why, IReadOnlyList<ActivationGate.Held> Held);

    /// <summary>Drafts, by name.</summary>
    /// <exception cref="CliError">The playbook in force has mistakes, or its golden tickets cannot be read.</exception>
    public Task<Result> TryAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        TryAsync(ids, folder => Move(folder, ids), cancellationToken);

    /// <summary>Any change of the playbook's files, first of a copy.</summary>
    /// <param name="ids">What it is about, for people.</param>
    /// <param name="change">Given the folder.</param>
    /// <exception cref="CliError">The playbook in force has mistakes, or its golden tickets cannot be read.</exception>
    public async Task<Result> TryAsync(
        IReadOnlyList<string> ids, Action<string> change, CancellationToken cancellationToken)
    {
        if (PlaybookLoader.Load(playbook) is LoadedPlaybook.Invalid now)
            throw new CliError($"{playbook} is not a valid playbook as it is: {now.Problems[0]}");
        using var scratch = new ScratchFolder();
        var candidate = Path.Combine(scratch.Path, "playbook");
        Copy(playbook, candidate);
        change(candidate);
        if (PlaybookLoader.Load(candidate) is LoadedPlaybook.Invalid then)
            return new Result(ids, "with them the playbook has mistakes: "
                + string.Join("; ", then.Problems.Take(3).Select(p => p.ToString())), []);
        var held = await MeasureAsync(candidate, cancellationToken);
        if (held is null && !unmeasured)
            return new Result(ids, $"nothing says whether they answer well: {Golden} has no labelled tickets "
                + "(docs/labelled-tickets.md); --unmeasured activates them all the same", []);
        if (held?.FirstOrDefault(h => !h.Passed) is { } missed)
            return new Result(ids, $"the golden tickets come out worse: {missed.Metric} {missed.After.Hits} of "
                + $"{missed.After.Of} instead of {missed.Before.Hits} of {missed.Before.Of} ({missed.Bar})", held);
        if (keeps) change(playbook);
        return new Result(ids, null, held ?? []);
    }

    private async Task<IReadOnlyList<ActivationGate.Held>?> MeasureAsync(
        string candidate, CancellationToken cancellationToken)
    {
        var golden = Path.Combine(playbook, Golden);
        if (!File.Exists(golden) || ExpectedTickets.Read(golden).Count == 0) return null;
        var gates = Path.Combine(playbook, GatesFile);
        // A file of other aims has no gates; a mistake in it was the check's to name.
        IReadOnlyList<FigureGate> bars = File.Exists(gates) && HasGates(gates)
            ? [.. AnswerRun.Gates(gates).Where(GateVerdict.IsHeld)] : [];
        var before = await AnswerRun.OfAsync(playbook, golden, cancellationToken, quiet);
        var after = await AnswerRun.OfAsync(candidate, golden, cancellationToken, quiet);
        return ActivationGate.Compare(before.Figures, after.Figures, bars);
    }

    private static bool HasGates(string file) =>
        File.ReadLines(file).Any(line => line.StartsWith("gates:", StringComparison.Ordinal));

    /// <summary>All or none: what was there before comes back when one cannot be moved.</summary>
    private static void Move(string folder, IReadOnlyList<string> ids)
    {
        var drafts = DraftFolder.Open(folder);
        var before = new List<(string Path, byte[]? Bytes)>();
        try
        {
            foreach (var id in ids)
                foreach (var questions in (bool[])[false, true])
                {
                    var (from, to) = (drafts.PathOf(id, true, questions), drafts.PathOf(id, false, questions));
                    // Questions that people have written stay; those of the draft wait beside it.
                    if (!File.Exists(from) || (questions && File.Exists(to))) continue;
                    before.Add((to, File.Exists(to) ? File.ReadAllBytes(to) : null));
                    before.Add((from, File.ReadAllBytes(from)));
                    Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                    File.Move(from, to, overwrite: true);
                }
        }
        catch
        {
            foreach (var (path, bytes) in before)
                if (bytes is null) File.Delete(path);
                else File.WriteAllBytes(path, bytes);
            throw;
        }
    }

    /// <summary>A playbook to try changes on; links are not followed.</summary>
    public static void Copy(string playbook, string to) => Copy(new DirectoryInfo(playbook), to, MostFiles);

    private static int Copy(DirectoryInfo from, string to, int left)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in from.EnumerateFileSystemInfos())
        {
            if (entry.LinkTarget is not null || entry.Name.StartsWith('.')) continue;
            if (entry is DirectoryInfo folder) left = Copy(folder, Path.Combine(to, entry.Name), left);
            else if (--left < 0) throw new CliError($"{from}: more than {MostFiles} files; a playbook has fewer");
            else File.Copy(entry.FullName, Path.Combine(to, entry.Name));
        }
        return left;
    }
}
