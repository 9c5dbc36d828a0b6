using System.Diagnostics;
using System.Globalization;
using Baton.Benchmarks.Throughput;
using Baton.Testing;
using Baton.Testing.Chaos;

namespace Baton.Benchmarks.Chaos;

/// <summary>
/// <c>chaos [MINUTES] [SEED]</c>: workers, broker and database of one installation are killed, purged, held and
/// restarted while tickets come in; the verdict is read from the tables.
/// </summary>
internal static class ChaosRun
{
    public static async Task<int> RunAsync(int minutes, int seed)
    {
        var folder = Directory.CreateTempSubdirectory("baton-chaos-").FullName;
        await using var shop = await ChaosShop.StartAsync();
        var playbook = Path.Combine(folder, "playbook");
        new PlaybookFiles().AnsweringOrders(shop.Address).WriteTo(playbook);
        var plan = new ChaosPlan
        {
            Lasts = TimeSpan.FromMinutes(minutes), TicketsPerSecond = 5, KillEverySeconds = (8, 16),
            OtherThingsEvery = 4, DatabaseEvery = 10, Seed = seed,
        };
        var program = Path.Combine(BatonProcess.Root, "artifacts", "bin", "Baton.Server", "release", "Baton.Server.dll");
        var rig = new ChaosRig(plan, (arguments, settings) =>
        {
            var start = new ProcessStartInfo("dotnet", [program, .. arguments])
            {
                RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
            };
            foreach (var (name, value) in settings) start.Environment[name] = value;
            return Process.Start(start)!;
        }, PostgresCluster.DurableDatabase(), playbook, Path.Combine(folder, "keys"));

        var verdict = await rig.RunAsync(CancellationToken.None);

        Print(verdict, plan);
        Directory.Delete(folder, recursive: true);
        return verdict is { Lost: 0, Doubled: 0, LedgerFaults: 0 } ? 0 : 1;
    }

    private static void Print(ChaosVerdict verdict, ChaosPlan plan)
    {
        Say($"{plan.Workers} workers, {plan.TicketsPerSecond} tickets/s for {plan.Lasts.TotalMinutes:0} min, seed {plan.Seed}");
        Say($"happened: {string.Join(", ", verdict.Happened.Select(h => $"{h.Key} {h.Value}"))}");
        Say($"accepted {verdict.Accepted}, lost {verdict.Lost}, doubled {verdict.Doubled}, ledger faults {verdict.LedgerFaults}");
        Say($"to the decision, ms: p50 {Of(verdict.Milliseconds, .5)}, p99 {Of(verdict.Milliseconds, .99)}, worst {Of(verdict.Milliseconds, 1)}");
        Say($"recovery of {verdict.Recoveries.Count} kills that met work, ms: median {Of(verdict.Recoveries, .5)}, worst {Of(verdict.Recoveries, 1)}");
        Say($"longest time without a decision: {verdict.LongestGapMs:0} ms");
    }

    private static string Of(IReadOnlyList<double> ascending, double quantile) =>
        ChaosVerdict.At(ascending, quantile)?.ToString("0", CultureInfo.InvariantCulture) ?? "-";

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
