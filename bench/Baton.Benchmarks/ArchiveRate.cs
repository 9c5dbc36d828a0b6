using Baton.Archive;
using Baton.Storage;
using Baton.Testing;

namespace Baton.Benchmarks;

/// <summary>
/// How fast do months leave a database, and what does a ticket cost before and after? Works on a copy of a database
/// that <c>baton run</c> has filled, all of whose tickets are taken for closed.
/// </summary>
internal static class ArchiveRate
{
    public static async Task<int> RunAsync(string source)
    {
        var folder = Directory.CreateTempSubdirectory("baton-bench-").FullName;
        var clock = new ManualClock(TimeProvider.System.GetUtcNow().AddDays(200));
        var path = Path.Combine(folder, "archive.db");
        await using (var filled = Database.Open(new DatabaseOptions { Path = source }, clock)) filled.Backup(path);
        await using (var database = Database.Open(
            new DatabaseOptions { Path = path, Keys = source + ".keys", AllowLoss = true }, clock))
        {
            await database.WriteAsync(t => t.Execute("update conversations set status = 'closed'"));
            var tickets = database.Read(c => c.Number("select count(*) from conversations")) ?? 0;
            var options = new ArchiveOptions();
            var (before, watch) = (Compact(database, folder, "before.db"), new Measure());
            var report = await new ArchiveRun(database, options)
                .RunAsync(Path.Combine(folder, "segments"), null, "bench", CancellationToken.None);
            var events = report.Segments.Sum(s => s.Events);
            var left = watch.Stop((int)events);
            var after = Compact(database, folder, "after.db");
            watch = new Measure();
            var verdict = await new ArchiveWalk(database, options, null).RunAsync(CancellationToken.None);
            var walked = watch.Stop((int)verdict.Events);
            var packed = report.Segments.Sum(s => s.Bytes);
            Console.WriteLine($"{tickets:N0} tickets, {events:N0} events, whole: {verdict.Faults.Count == 0}");
            Console.WriteLine($"a ticket: {before / tickets:N0} bytes hot, {after / tickets:N0} after it left, {packed / tickets:N0} in the archive (both forms)");
            Console.WriteLine($"leaving: {left.CpuMicros:0} µs of processor time an event; verifying: {walked.CpuMicros:0} µs");
        }
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    /// <summary>Bytes without what rows have left behind.</summary>
    private static long Compact(Database database, string folder, string name)
    {
        var copy = Path.Combine(folder, name);
        database.Backup(copy);
        return new FileInfo(copy).Length;
    }
}
