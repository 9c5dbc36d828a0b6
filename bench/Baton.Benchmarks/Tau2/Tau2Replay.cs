using Baton.Benchmarks.Tau2.Bank;
using Baton.Playbooks;
using Baton.Tools.Authority;

namespace Baton.Benchmarks.Tau2;

/// <summary>
/// How policies of public benchmarks hold as playbooks: gold actions must pass, and what models did against policy must
/// not. <c>Baton.Benchmarks tau2 [../shared/data]</c> prints the page of results.
/// </summary>
internal static class Tau2Replay
{
    public static int Run(string data, string playbooks)
    {
        if (!Directory.Exists(Path.Combine(data, "tau2")))
        {
            Console.Error.WriteLine($"{data}: tau2 is not there; skipped");
            return 0;
        }
        var tau = Path.Combine(data, "tau2");
        List<GoldLine> gold = [];
        var airline = new AirlineWorld(tau);
        var telecom = new TelecomWorld(tau);
        gold.AddRange(Gold(airline, "airline_tasks_train", Load(playbooks, airline)));
        gold.AddRange(Gold(new RetailWorld(tau), "retail_tasks_train", Load(playbooks, new RetailWorld(tau))));
        gold.AddRange(Gold(telecom, "telecom_tasks_small_train", Load(playbooks, telecom)));
        var (bank, rules) = (new BankingWorld(tau), Load(playbooks, new BankingWorld(tau)));
        gold.AddRange(Gold(bank, "banking_tasks_train", rules));
        PrintGold(gold);
        var (runs, playbook) =
            (Path.Combine(data, "tau_trajectories", "airline_gpt4o_train.jsonl"), Load(playbooks, airline));
        PrintFailed(airline, playbook, TauData.Runs(runs, success: false));
        var right = Judged(airline, playbook, TauData.Runs(runs, success: true));
        Console.WriteLine($"\neffects of runs that ended right: {right.Count}, of them held up: "
            + $"{right.Count(j => j.Stopped)}, {right.Count(j => j.Asks)} to ask the customer first");
        foreach (var clause in right.Select(j => j.Verdict).OfType<ToolVerdict.Denied>().CountBy(d => d.Clause))
            Console.WriteLine($"- {clause.Key}: {clause.Value}");
        BankTrials.Print(bank, rules);
        return 0;
    }

    /// <summary>The playbook of a domain.</summary>
    public static Playbook Load(string playbooks, TauWorld world) =>
        PlaybookLoader.Load(Path.Combine(playbooks, world.Domain)) switch
        {
            LoadedPlaybook.Valid valid => valid.Playbook,
            LoadedPlaybook.Invalid invalid =>
                throw new InvalidOperationException(string.Join('\n', invalid.Problems.Take(5))),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Every gold call of a domain with what the authority says to it.</summary>
    public static List<GoldLine> Gold(TauWorld world, string file, Playbook playbook)
    {
        List<GoldLine> lines = [];
        foreach (var task in TauData.Gold(Path.Combine(world.Folder, file + ".jsonl")))
        {
            world.Begin(task);
            foreach (var call in task.Calls)
            {
                if (!call.ByCustomer)
                    lines.Add(new GoldLine(world.Domain, task, call, world.Decide(playbook, call))
                    {
                        HasEffect = playbook.Tools.FirstOrDefault(t => t.Name == call.Tool)?.HasEffect ?? true,
                    });
                world.Apply(call);
            }
        }
        return lines;
    }

    private static void PrintGold(List<GoldLine> lines)
    {
        var refused = lines.Where(l => l.Verdict is ToolVerdict.Denied).ToList();
        Console.WriteLine($"gold actions refused: {refused.Count} of {lines.Count}\n");
        Console.WriteLine("| domain | half | actions | with effect | refused |\n| --- | --- | ---: | ---: | ---: |");
        foreach (var part in lines.GroupBy(l => (l.Domain, Seen: l.Task.Index % 2 == 0)).OrderBy(g => g.Key.Domain)
            .ThenByDescending(g => g.Key.Seen))
            Console.WriteLine($"| {part.Key.Domain} | {(part.Key.Seen ? "looked at" : "not looked at")} | {part.Count()} | "
                + $"{part.Count(l => l.HasEffect)} | {part.Count(l => l.Verdict is ToolVerdict.Denied)} |");
        foreach (var line in refused)
            Console.WriteLine($"\n- {line.Domain} {line.Task.Id}: {line.Call.Tool}: {((ToolVerdict.Denied)line.Verdict).Clause}, "
                + ((ToolVerdict.Denied)line.Verdict).Reason);
    }

    private static void PrintFailed(AirlineWorld world, Playbook playbook, IReadOnlyList<TauTask> runs)
    {
        var judged = Judged(world, playbook, runs);
        var violating = judged.Where(j => j.Broken.Count > 0).ToList();
        var seen = violating.Where(j => j.Broken.Any(b => !b.StartsWith("no explicit", StringComparison.Ordinal))).ToList();
        Console.WriteLine($"\nviolating effects stopped: {violating.Count(j => j.Stopped)} of {violating.Count}");
        foreach (var half in violating.GroupBy(j => j.Task.Index % 2).OrderBy(g => g.Key))
            Console.WriteLine($"tasks {(half.Key == 0 ? "looked at" : "not looked at")}: "
                + $"{half.Count(j => j.Stopped)} of {half.Count()}");
        Console.WriteLine($"stopped by a denial: {violating.Count(j => j is { Stopped: true, Asks: false })}, "
            + $"because the customer has not plainly said yes: {violating.Count(j => j.Asks)}");
        Console.WriteLine($"of those that break more than the wish for a yes: {seen.Count(j => j.Stopped)} of {seen.Count}");
        Console.WriteLine($"effects that break no clause, stopped all the same: "
            + $"{judged.Count(j => j.Stopped && j.Broken.Count == 0)} of {judged.Count(j => j.Broken.Count == 0)}\n");
        Console.WriteLine("| clause of the policy | effects that break it | stopped |\n| --- | ---: | ---: |");
        foreach (var clause in violating.SelectMany(j => j.Broken.Select(b => (Clause: b, j.Stopped)))
            .GroupBy(c => c.Clause).OrderBy(g => g.Key, StringComparer.Ordinal))
            Console.WriteLine($"| {clause.Key} | {clause.Count()} | {clause.Count(c => c.Stopped)} |");
    }

    /// <summary>Every effect of the runs that the benchmark's own system let happen.</summary>
    public static List<JudgedEffect> Judged(AirlineWorld world, Playbook playbook, IReadOnlyList<TauTask> runs)
    {
        List<JudgedEffect> judged = [];
        foreach (var run in runs)
        {
            world.Reset();
            foreach (var call in run.Calls.Where(c => AirlineClauses.Effects.Contains(c.Tool) && !c.WasRefused))
            {
                judged.Add(new JudgedEffect(run, AirlineClauses.Broken(world, call), world.Decide(playbook, call)));
                world.Apply(call);
            }
        }
        return judged;
    }
}

/// <summary>A gold call and what the authority says to it.</summary>
internal sealed record GoldLine(string Domain, TauTask Task, TauCall Call, ToolVerdict Verdict)
{
    public required bool HasEffect { get; init; }
}

/// <summary>An effect of a model's run: the clauses that it breaks, and whether the authority stops it.</summary>
internal sealed record JudgedEffect(TauTask Task, IReadOnlyList<string> Broken, ToolVerdict Verdict)
{
    public bool Stopped => Verdict is not ToolVerdict.Allowed;

    /// <summary>Nothing forbids it, but the customer has not plainly said yes.</summary>
    public bool Asks => Verdict is ToolVerdict.NeedsConfirmation or ToolVerdict.Denied { Clause: "confirm" };
}
