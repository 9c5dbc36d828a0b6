using System.Text.Json.Nodes;
using Baton.Storage;
using Baton.Storage.Sqlite;

namespace Baton.Benchmarks.Throughput;

/// <summary>
/// How many past decisions a second does <c>baton replay</c> make again? A few thousand tickets are decided, their rows
/// are repeated under other ids, and all are replayed: under the same playbook, and with another weight of urgency.
/// </summary>
internal static class ReplayRate
{
    /// <summary>Tickets that are truly decided; the rest are their rows again.</summary>
    private const int Decided = 4_000;

    public static async Task<int> RunAsync(int decisions)
    {
        var folder = Directory.CreateTempSubdirectory("baton-bench-").FullName;
        try
        {
            var (file, database) = (Path.Combine(folder, "tickets.jsonl"), Path.Combine(folder, "run.db"));
            await File.WriteAllLinesAsync(file, BenchTickets.Lines(Math.Min(Decided, decisions)));
            await RunAsync("run", file, "--db", database);
            Repeat(database, decisions);
            var northwind = Path.Combine(BatonProcess.Root, "playbooks", "northwind");
            await PrintAsync("the same playbook", database, northwind);
            var changed = Path.Combine(folder, "playbook");
            Copy(northwind, changed);
            var rules = Path.Combine(changed, "escalation.yaml");
            await File.WriteAllTextAsync(rules, (await File.ReadAllTextAsync(rules)).Replace(
                "urgency_weight: 0.45", "urgency_weight: 0.70", StringComparison.Ordinal));
            await PrintAsync("another weight of urgency", database, changed);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PrintAsync(string what, string database, string playbook)
    {
        var (output, cpu, peak) = await RunAsync("replay", "--playbook", playbook, "--db", database, "--json");
        var json = JsonNode.Parse(output[output.IndexOf('{')..])!;
        var made = json["decisions"]!.GetValue<int>();
        Console.WriteLine($"{what}: {made:N0} decisions, {json["decisions_per_second"]} a second in {json["seconds"]} s; "
            + $"{json["changed"]} changed, {json["read_again"]} read again; {cpu.TotalMilliseconds / made:0.000} ms of processor time "
            + $"each, start included; peak memory {peak:N0} MB");
        Console.WriteLine($"  expected cost {json["expected_cost"]!.ToJsonString()}");
    }

    private static async Task<(string Output, TimeSpan Cpu, double PeakMb)> RunAsync(params string[] arguments)
    {
        using var process = new BatonProcess(arguments);
        var output = await process.Output.ReadToEndAsync();
        if (await process.EndAsync() != 0) throw new InvalidOperationException(output);
        return (output, process.Cpu, process.PeakMb);
    }

    /// <summary>The chain of the ledger is not looked at by a replay.</summary>
    private static void Repeat(string database, int decisions)
    {
        using var session = SqliteFile.OpenWriter(new DatabaseOptions { Path = database });
        var columns = string.Join(", ", new ReadConnection(session).Query(
            "select name from pragma_table_info('decisions') where name <> 'conversation_id'", row => row.Text(0)));
        session.Script("create temp table pick as select conversation_id from decisions group by 1");
        for (var (have, copy) = (Math.Min(Decided, decisions), 1); have < decisions; copy++)
        {
            var some = Math.Min(Decided, decisions - have);
            session.Begin();
            session.Script($"insert into events (conversation_id, version, type, at, data, hash) select 'R{copy}-' || conversation_id, version, "
                + $"type, at, data, hash from events where conversation_id in (select conversation_id from pick limit {some})");
            session.Script($"insert into decisions (conversation_id, {columns}) select 'R{copy}-' || conversation_id, {columns} "
                + $"from decisions where conversation_id in (select conversation_id from pick limit {some})");
            session.Commit();
            have += some;
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
    }
}
