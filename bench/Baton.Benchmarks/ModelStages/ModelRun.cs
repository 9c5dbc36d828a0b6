using System.Diagnostics;
using Baton.Benchmarks.Throughput;
using Baton.Storage;
using Baton.Testing;
using Baton.Testing.StandIn;

namespace Baton.Benchmarks.ModelStages;

/// <summary>
/// Does every ticket get an outcome, and is all money in its place, when tickets go through all model stages on a
/// stand-in server of which a share of the answers goes wrong?
/// </summary>
internal static class ModelRun
{
    private const double Faults = 0.10;

    public static async Task<int> RunAsync(int tickets)
    {
        var folder = Directory.CreateTempSubdirectory("baton-bench-").FullName;
        try
        {
            var (file, models, database) =
                (Path.Combine(folder, "t.jsonl"), Path.Combine(folder, "m.yaml"), Path.Combine(folder, "run.db"));
            var samples = Path.Combine(BatonProcess.Root, "playbooks");
            await File.WriteAllLinesAsync(file, TicketVariations.Lines(Path.Combine(samples, "northwind"), tickets));
            var script = StandInScript.Parse(
                await File.ReadAllTextAsync(Path.Combine(samples, "models", "stand-in.json")));
            await using var server = await StandInServer.StartAsync(script with
            {
                Faults = new StandInChance(Faults, StandInChance.Every), KeepRequests = 0,
            });
            var policy = await File.ReadAllTextAsync(Path.Combine(samples, "models", "stand-in.yaml"));
            await File.WriteAllTextAsync(
                models, policy.Replace("http://127.0.0.1:5290", server.Address.ToString().TrimEnd('/')));
            var watch = Stopwatch.StartNew();
            using var process = new BatonProcess("run", file, "--db", database, "--models", models);
            var output = await process.Output.ReadToEndAsync();
            if (await process.EndAsync() != 0) throw new InvalidOperationException(output);
            Console.WriteLine($"time           {watch.Elapsed.TotalSeconds:0.0} s, processor {process.Cpu.TotalSeconds:0.0} s, peak {process.PeakMb:N0} MB");
            return await ReportAsync(database, tickets) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> ReportAsync(string path, int tickets)
    {
        await using var database = Database.Open(new DatabaseOptions { Path = path }, TimeProvider.System);
        var decided = database.Read(c => c.Number("select count(distinct conversation_id) from decisions")) ?? 0;
        Console.WriteLine($"decided        {decided} of {tickets}");
        Print(database, "outcomes", "select outcome, count(*) from decisions group by 1 order by 2 desc");
        Print(database, "tiers", """
            with stages as (
                select data as stage from events where type = 'StageCompleted'
                union all select s.value from events, json_each(data, '$.stages') s where type = 'StagesCompleted')
            select json_extract(stage, '$.stage') || ' ' || json_extract(stage, '$.tier'), count(*) from stages
            where json_extract(stage, '$.stage') not in ('context', 'guard') group by 1 order by 1
            """);
        Print(database, "fell back",
            "select json_extract(data, '$.why'), count(*) from events where type = 'ModelFellBack' group by 1 order by 2 desc");
        Print(database, "attempts", "select status, count(*) from receipts group by 1 order by 2 desc");
        var sums = MoneySums.Of(database);
        Console.WriteLine($"money          receipts {Usd(sums.Receipts)}, ledger {Usd(sums.Ledger)}, counters {Usd(sums.Counters)}, "
            + $"stages {Usd(sums.Stages)} in {sums.Count} receipts: {(sums.Agree ? "all agree" : "THEY DIFFER")}");
        var left = database.Read(c => c.Number("select count(*) from open_attempts")) ?? 0;
        Console.WriteLine($"attempts open  {left}");
        return decided == tickets && sums.Agree && left == 0;
    }

    private static void Print(Database database, string title, string sql) =>
        Console.WriteLine($"{title,-14} {string.Join(", ", database.Read(c => c.Query(sql, r => $"{r.Text(0)} {r.Int64(1)}")))}");

    private static string Usd(long nanos) => $"${nanos / 1e9m:0.000000000}";
}
