using System.Diagnostics;
using Baton.Storage;
using Baton.Storage.Sqlite;

namespace Baton.Benchmarks.Throughput;

/// <summary>
/// How many tickets a second does <c>baton run</c> take in, decide and put on the disk, with the local tier only? And
/// how long does SQLite alone need to write the same rows?
/// </summary>
internal static class PipelineThroughput
{
    /// <summary>Tickets whose rows the bare side writes in one commit.</summary>
    private const int PerCommit = 64;

    private static readonly string[] Tables = ["events", "messages", "conversations", "decisions"];

    public static async Task<int> RunAsync(int tickets)
    {
        var folder = Directory.CreateTempSubdirectory("baton-bench-").FullName;
        try
        {
            var (file, database) = (Path.Combine(folder, "tickets.jsonl"), Path.Combine(folder, "run.db"));
            await File.WriteAllLinesAsync(file, BenchTickets.Lines(tickets));
            using var process = new BatonProcess("run", file, "--db", database);
            var lines = (await process.Output.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (await process.EndAsync() != 0) throw new InvalidOperationException(string.Join('\n', lines));
            Console.WriteLine(lines.Last(l => l.StartsWith("speed", StringComparison.Ordinal)));
            Console.WriteLine(lines.Last(l => l.StartsWith("escalated", StringComparison.Ordinal)));
            Console.WriteLine($"processor time {process.Cpu.TotalMilliseconds / tickets:0.00} ms per ticket, start and summary included");
            Console.WriteLine($"peak memory    {process.PeakMb:N0} MB for {tickets:N0} tickets");
            Console.WriteLine($"database       {new FileInfo(database).Length / 1e6:N0} MB");
            Console.WriteLine($"stages, median {Stages(database)}");
            Bare(database, Path.Combine(folder, "bare.db"), tickets);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Stages(string path)
    {
        using var session = SqliteFile.OpenReader(new DatabaseOptions { Path = path });
        var rows = new ReadConnection(session).Query(
            """
            select json_extract(s.value, '$.stage'), json_extract(s.value, '$.latency_ms')
            from events, json_each(data, '$.stages') s where events.type = 'StagesCompleted' and events.seq % 10 = 0
            """, r => (Stage: r.Text(0), Ms: r.Double(1)));
        return string.Join(", ", rows.GroupBy(r => r.Stage).Select(g =>
            $"{g.Key} {g.Select(r => r.Ms).Order().ElementAt(g.Count() / 2):0.000} ms"));
    }

    /// <summary>
    /// The same rows into the same tables with the same indexes and settings, a commit per few tickets.
    /// </summary>
    private static void Bare(string source, string target, int tickets)
    {
        using var session = SqliteFile.OpenWriter(new DatabaseOptions { Path = target });
        session.Script($"attach '{source.Replace("'", "''")}' as source");
        var schema = new ReadConnection(session).Query(
            """
            select sql from source.sqlite_master where sql is not null and name not like 'sqlite_%'
                and tbl_name in ('events', 'messages', 'conversations', 'decisions')
                and type in ('table', 'index') order by type desc
            """, r => r.Text(0));
        schema.ForEach(session.Script);
        session.Script("create temp table pick (n integer primary key, id text)");
        session.Script("insert into pick select row_number() over (order by rowid), conversation_id from source.conversations");
        var watch = Stopwatch.StartNew();
        for (var from = 0; from < tickets; from += PerCommit)
        {
            session.Begin();
            foreach (var table in Tables)
            {
                session.Script($"insert into main.{table} select t.* from pick join source.{table} t on t.conversation_id = pick.id "
                    + $"where pick.n > {from} and pick.n <= {from + PerCommit}");
            }
            session.Commit();
        }
        Console.WriteLine($"bare SQLite    {tickets / watch.Elapsed.TotalSeconds:N0} tickets/s: the same rows of {Tables.Length} tables, "
            + $"one commit per {PerCommit} tickets");
    }
}
