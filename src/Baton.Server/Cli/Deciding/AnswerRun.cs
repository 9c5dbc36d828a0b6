using Baton.Conversations;
using Baton.Evaluation.Metrics;
using Baton.Playbooks;
using Baton.Playbooks.Gates;
using Baton.Server.Cli.Measuring;

namespace Baton.Server.Cli.Deciding;

/// <summary>What a playbook made of labelled tickets.</summary>
/// <param name="Labelled">Labels in the file.</param>
/// <param name="All">Tickets that were run.</param>
internal sealed record AnswerRun(TicketFigures Figures, int Labelled, int All, Playbook Playbook)
{
    /// <summary>Decides the tickets of a file in a database of its own.</summary>
    /// <exception cref="CliError">No line has a label, or one cannot be read.</exception>
    /// <param name="quiet">Without a bar on the terminal.</param>
    public static async Task<AnswerRun> OfAsync(
        string playbook, string file, CancellationToken cancellationToken, bool quiet = false)
    {
        if (ExpectedTickets.Read(file) is not { Count: > 0 } expected)
            throw new CliError($"{file}: no line has 'expect'; see docs/labelled-tickets.md");
        var (decisions, all, decided) = await DecideAsync(playbook, file, quiet, cancellationToken);
        return new AnswerRun(ExpectedTickets.Judge(expected, decisions), expected.Count, all, decided);
    }

    /// <summary>The same without labels: the latest decision of each ticket, and how many tickets there were.</summary>
    /// <exception cref="CliError">A line cannot be read.</exception>
    public static async Task<(IReadOnlyList<Decision> Decisions, int All, Playbook Playbook)> DecideAsync(
        string playbook, string file, bool quiet, CancellationToken cancellationToken)
    {
        using var scratch = new ScratchFolder();
        await using var services = await CliHost.BuildAsync(
            RunCommand.Options(playbook, null, Path.Combine(scratch.Path, "run.db"), null, keeps: false));
        var batch = ActivatorUtilities.CreateInstance<TicketBatch>(services);
        var result = quiet ? await batch.RunAsync(file, (_, _) => { }, cancellationToken)
            : await RunCommand.ShowProgressAsync(batch, file, cancellationToken);
        if (result.Unreadable is [var bad, ..]) throw new CliError($"{file}:{bad.Line}: {bad.Problem}");
        return ([.. batch.Read(result)], result.Ids.Count, services.GetRequiredService<PlaybookHost>().Current);
    }

    /// <exception cref="CliError">The file holds none, or one on a figure that there is not.</exception>
    public static IReadOnlyList<FigureGate> Gates(string file)
    {
        if (!File.Exists(file)) throw new CliError($"{file}: no such file");
        IReadOnlyList<FigureGate> gates;
        try
        {
            gates = GateReader.Read(file, out _);
        }
        catch (FormatException error)
        {
            throw new CliError(error.Message);
        }
        if (GateVerdict.Unknown(gates) is { } unknown) throw new CliError($"{file}: {unknown}");
        return gates;
    }
}
