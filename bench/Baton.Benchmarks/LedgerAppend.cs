using System.Text;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Storage.Sqlite;
using SQLitePCL;

namespace Baton.Benchmarks;

/// <summary>
/// How much of SQLite's own insert rate is left after optimistic versions, hash chain and group commit? Both sides
/// write the same rows into the same table with the same settings, one disk sync per group of the same size. The bare
/// side is one thread with one prepared statement and everything computed beforehand.
/// </summary>
internal static class LedgerAppend
{
    private const int Rounds = 5, Writers = 64, Distinct = 500;

    public static async Task<int> RunAsync(int events)
    {
        Console.WriteLine($"SQLite {SqliteLibrary.Version}, {Environment.ProcessorCount} cores, {events:N0} events of about "
            + $"{Event(0, 0).Data.Length} bytes of JSON, {Writers} concurrent writers, median of {Rounds} rounds");
        Console.WriteLine();
        Console.WriteLine("| events per append | rows per commit | bare/s | ledger/s | ledger : bare | "
            + "bare CPU µs/row | ledger CPU µs/row |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var perAppend in (int[])[12, 3, 1]) await CompareAsync(events, perAppend);
        return 0;
    }

    private static async Task CompareAsync(int events, int perAppend)
    {
        List<(Measured Bare, Measured Ledger)> rounds = [];
        for (var round = 0; round < Rounds; round++)
            rounds.Add((Bare(events, perAppend), await LedgerAsync(events, perAppend)));
        var (bare, ledger) = rounds.OrderBy(r => r.Ledger.PerSecond / r.Bare.PerSecond).ElementAt(Rounds / 2);
        Console.WriteLine(
            $"| {perAppend} | {perAppend * Writers} | {bare.PerSecond:N0} | {ledger.PerSecond:N0} | "
            + $"{ledger.PerSecond / bare.PerSecond:P0} | {bare.CpuMicros:0.0} | {ledger.CpuMicros:0.0} |");
    }

    private static async Task<Measured> LedgerAsync(int events, int perAppend)
    {
        var folder = Directory.CreateTempSubdirectory("baton-bench-").FullName;
        var appends = events / perAppend;
        // A few facts, used again under other streams: a large live heap would measure the garbage collector.
        var facts = Enumerable.Range(0, Distinct).Select(a => Facts(a, perAppend)).ToArray();
        var options = new DatabaseOptions { Path = Path.Combine(folder, "ledger.db") };
        var next = -1;
        Measured measured;
        await using (var database = Database.Open(options, TimeProvider.System))
        {
            var watch = new Measure();
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
            {
                while (Interlocked.Increment(ref next) is var append && append < appends)
                    await database.WriteAsync(t => Ledger.Append(t, Stream(append), 0, facts[append % Distinct]));
            })));
            measured = watch.Stop(appends * perAppend);
        }
        Directory.Delete(folder, recursive: true);
        return measured;
    }

    /// <summary>The rows that the ledger would write, bound as they are.</summary>
    private static Measured Bare(int events, int perAppend)
    {
        var folder = Directory.CreateTempSubdirectory("baton-bench-").FullName;
        var appends = events / perAppend;
        var rows = Enumerable.Range(0, Distinct).SelectMany(a => Rows(a, perAppend)).ToArray();
        var streams = Enumerable.Range(0, appends).Select(a => Encoding.UTF8.GetBytes(Stream(a))).ToArray();
        var options = new DatabaseOptions { Path = Path.Combine(folder, "bare.db") };
        Measured measured;
        using (var session = SqliteFile.OpenWriter(options))
        {
            session.Script("""
                create table events (seq integer primary key autoincrement, conversation_id text not null,
                    version integer not null, type text not null, at text not null, data text not null,
                    hash text not null, unique (conversation_id, version))
                """);
            var watch = new Measure();
            Insert(session, streams, rows, perAppend);
            measured = watch.Stop(appends * perAppend);
        }
        Directory.Delete(folder, recursive: true);
        return measured;
    }

    private static void Insert(SqliteSession session, byte[][] streams, BareRow[] rows, int perAppend)
    {
        var db = session.Connection.Handle!;
        raw.sqlite3_prepare_v2(
            db, "insert into events (conversation_id, version, type, at, data, hash) values (?, ?, ?, ?, ?, ?)",
            out var insert);
        using var statement = insert;
        var total = streams.Length * perAppend;
        for (var start = 0; start < total; start += perAppend * Writers)
        {
            session.Begin();
            for (var i = start; i < Math.Min(start + (perAppend * Writers), total); i++)
            {
                var row = rows[i % rows.Length];
                raw.sqlite3_bind_text(statement, 1, streams[i / perAppend]);
                raw.sqlite3_bind_int64(statement, 2, row.Version);
                raw.sqlite3_bind_text(statement, 3, row.Type);
                raw.sqlite3_bind_text(statement, 4, row.At);
                raw.sqlite3_bind_text(statement, 5, row.Data);
                raw.sqlite3_bind_text(statement, 6, row.Hash);
                if (raw.sqlite3_step(statement) != raw.SQLITE_DONE)
                    throw new InvalidOperationException("insert failed");
                raw.sqlite3_reset(statement);
            }
            session.Commit();
        }
    }

    private static string Stream(int append) => $"conversation-{append:000000000000}";

    private static NewEvent[] Facts(int append, int count) =>
        [.. Enumerable.Range(1, count).Select(v => Event(append, v))];

    private static NewEvent Event(int append, int version) => new(
        "StageCompleted", new DateTimeOffset(2026, 6, 3, 12, 0, 0, TimeSpan.Zero).AddMilliseconds(append), $$"""
        {"stage":"triage","tier":"local","model":"linear-1","input":"9f2c{{append:x8}}","output":{"intent":"order_status",
        "class":"lookup","confidence":0.8431,"alternatives":["return_request","delivery_delay"],"language":"en"},
        "confidence":0.8431,"tokens":{"input":0,"output":0},"cost_usd":0,"latency_ms":0.41,"cache":false,
        "playbook":"9f2c1f5f5b6e4a27d0d1f4f4c3a5b7e89f2c1f5f5b6e4a27d0d1f4f4c3a5b7e8","n":{{version}}}
        """);

    private static IEnumerable<BareRow> Rows(int append, int count) =>
        Facts(append, count).Select((fact, i) => new BareRow(
        i + 1, Encoding.UTF8.GetBytes(fact.Type),
        Encoding.UTF8.GetBytes(fact.At.UtcDateTime.ToString("O")), fact.Data.ToArray(), Hash));

    private static readonly byte[] Hash = Encoding.UTF8.GetBytes(new string('a', EventHash.Length));

    private sealed record BareRow(long Version, byte[] Type, byte[] At, byte[] Data, byte[] Hash);
}
