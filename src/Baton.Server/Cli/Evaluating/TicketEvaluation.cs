using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Decisions.Local;
using Baton.Evaluation.Metrics;
using Baton.Evaluation.Scoring;
using Baton.Gateway;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Privacy;
using Baton.Server.Cli.Deciding;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Server.Cli.Evaluating;

/// <summary>What is to be evaluated.</summary>
/// <param name="Models">Taken for the playbook's models.yaml; null takes its own.</param>
/// <param name="Sample">So many tickets of the set; null takes all.</param>
internal sealed record EvaluationPlan(string Set, string Playbook, string? Models, int Runs, int? Sample, int Seed)
{
    /// <summary>Criteria that a model judges by; null: none.</summary>
    public string? Judge { get; init; }

    public int JudgeSamples { get; init; } = 1;
}

/// <summary>A run, and the models that there were.</summary>
internal sealed record Evaluated(EvaluationRun Run, ModelsPolicy Models);

/// <summary>Decides labelled tickets as <c>run</c> does, each time in a database of its own, and scores them.</summary>
internal static class TicketEvaluation
{
    /// <exception cref="CliError">The set cannot be read.</exception>
    /// <param name="quiet">Without a bar on the terminal.</param>
    public static async Task<Evaluated> RunAsync(
        EvaluationPlan plan, bool quiet, CancellationToken cancellationToken)
    {
        var tickets = Tickets(plan);
        using var scratch = new ScratchFolder();
        var file = Path.Combine(scratch.Path, "set.jsonl");
        using var acted = tickets.Any(t => t.Expect.Tools.Count > 0) ? new ActedTickets(scratch.Path) : null;
        await File.WriteAllLinesAsync(
            file, tickets.Where(t => t.Expect.Tools.Count == 0).Select(t => t.Line), cancellationToken);
        var runs = new List<IReadOnlyList<EvaluatedTicket>>();
        EvaluationRun? scored = null;
        ModelsPolicy models = new();
        for (var run = 1; run <= plan.Runs; run++)
        {
            var options = RunCommand.Options(
                plan.Playbook, plan.Models, Path.Combine(scratch.Path, $"run-{run}.db"), null, keeps: false);
            if (acted is not null) acted.Allow(options);
            await using var services = await CliHost.BuildAsync(options);
            runs.Add(await DecideAsync(services, tickets, acted, file, quiet, cancellationToken));
            if (run < plan.Runs) continue;
            models = services.GetRequiredService<ModelGateway>().Policy;
            var playbook = services.GetRequiredService<PlaybookHost>().Current;
            var judges = Judges.Of(plan, services.GetRequiredService<ModelGateway>());
            scored = await EvaluationRun.ScoreAsync(
                Path.GetFileName(plan.Set), playbook.Version,
                [.. Metrics(services, playbook), .. judges?.Metrics ?? []], Common(runs), cancellationToken);
            if (judges is not null) scored = scored with { Judges = await judges.ReportAsync(cancellationToken) };
        }
        return new Evaluated(scored!, models);
    }

    private static IReadOnlyList<LabelledTicket> Tickets(EvaluationPlan plan)
    {
        if (!File.Exists(plan.Set)) throw new CliError($"{plan.Set}: no such file; name a set with --set FILE");
        try
        {
            var tickets = LabelledSet.Read(plan.Set);
            if (tickets.Count == 0) throw new CliError($"{plan.Set}: no line has 'expect'; see docs/labelled-tickets.md");
            return plan.Sample is { } most ? LabelledSet.Sample(tickets, most, plan.Seed) : tickets;
        }
        catch (FormatException error)
        {
            throw new CliError(error.Message);
        }
    }

    /// <summary>Those of the product, with an encoder one more, and those of the host.</summary>
    private static IReadOnlyList<IMetric> Metrics(IServiceProvider services, Playbook playbook) =>
    [
        .. BuiltInMetrics.All,
        .. services.GetRequiredService<LocalEncoder>().Vectors is { } vectors
            ? (IReadOnlyList<IMetric>)[new AnswerRelevancy(vectors, playbook)] : [],
        .. services.GetServices<IMetric>(),
    ];

    private static async Task<IReadOnlyList<EvaluatedTicket>> DecideAsync(
        ServiceProvider services, IReadOnlyList<LabelledTicket> tickets, ActedTickets? acted, string file, bool quiet,
        CancellationToken cancellationToken)
    {
        var batch = ActivatorUtilities.CreateInstance<TicketBatch>(services);
        var result = quiet ? await batch.RunAsync(file, (_, _) => { }, cancellationToken)
            : await RunCommand.ShowProgressAsync(batch, file, cancellationToken);
        var alone = acted is null ? []
            : await acted.DecideAsync(batch, services, tickets.Where(t => t.Expect.Tools.Count > 0), cancellationToken);
        await services.GetRequiredService<ModelGateway>().FlushAsync(cancellationToken);
        if (result.Unreadable is [var bad, ..]) throw new CliError($"the set cannot be decided: {bad.Problem}");
        var (playbook, database) =
            (services.GetRequiredService<PlaybookHost>().Current, services.GetRequiredService<Database>());
        var decisions = batch.Read(result).Concat(alone).ToDictionary(d => d.TicketId);
        var redactor = services.GetRequiredService<Redactor>();
        return TicketSlices.Marked(
        [
            .. tickets.Where(t => decisions.ContainsKey(t.Id))
                .Select(t => Of(t, decisions[t.Id], playbook, database, redactor)),
        ]);
    }

    private static EvaluatedTicket Of(
        LabelledTicket ticket, Decision decision, Playbook playbook, Database database, Redactor redactor) => new()
    {
        Judged = JudgedTicket.Of(ticket.Id, ticket.Expect, decision),
        Question = redactor.Redact(ticket.Question, new Placeholders()).Text,
        Channel = ticket.Channel, Tier = ticket.Tier, Costs = playbook.Costs,
        Sources = ReplyParts.Sources(decision, playbook), Answer = ReplyParts.Answer(decision, playbook.Brand),
        FirstToolCalls = FirstCalls(database.Read(c => Ledger.Read(c, ticket.Id))
            .ConvertAll(e => ConversationJson.Read(e.Type, e.Data.Span))),
    };

    /// <summary>A stage that failed over a tool is tried again, and its first call was none that succeeded.</summary>
    private static IReadOnlyList<FirstToolCall> FirstCalls(IReadOnlyList<ConversationEvent> facts)
    {
        var (calls, failed) = (new List<FirstToolCall>(), false);
        foreach (var fact in facts)
        {
            if (fact is ConversationEvent.StageFailed { Stage: StageNames.Resolve or StageNames.Act }) failed = true;
            if (fact is not ConversationEvent.ToolCalled { Attempt: 1 } call) continue;
            calls.Add(new FirstToolCall(call.Tool, !failed && call.Outcome is "ok" or "not_found" or "not_theirs"));
            failed = false;
        }
        return calls;
    }

    /// <summary>Tickets that every run decided, in one order.</summary>
    private static IReadOnlyList<IReadOnlyList<EvaluatedTicket>> Common(List<IReadOnlyList<EvaluatedTicket>> runs)
    {
        var common = runs.Select(r => r.Select(t => t.Judged.Id)).Aggregate((a, b) => a.Intersect(b)).ToHashSet();
        return [.. runs.Select(r => (IReadOnlyList<EvaluatedTicket>)[.. r.Where(t => common.Contains(t.Judged.Id))])];
    }
}
