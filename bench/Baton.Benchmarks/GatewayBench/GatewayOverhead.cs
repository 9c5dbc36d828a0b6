using System.Net.Http.Headers;

namespace Baton.Benchmarks.GatewayBench;

/// <summary>
/// What does a gateway add to a model call? The stand-in is asked directly, through Baton and through Portkey, in turn,
/// each in a process of its own on the loopback address. Baton writes receipts, keeps budgets and has breakers on.
/// </summary>
internal static class GatewayOverhead
{
    private const int Rounds = 5, OneByOne = 400, FixedRate = 500, WarmUp = 4_000;

    private static readonly TimeSpan RateTime = TimeSpan.FromSeconds(4), StepTime = TimeSpan.FromSeconds(3);

    private static readonly int[] Steps =
        [50, 100, 150, 200, 300, 400, 500, 750, 1000, 1250, 1500, 1750, 2000, 2500, 3000, 3500, 4000, 5000, 6000, 8000,
            10000];

    /// <param name="portkey">Folder of the npm package with its <c>node_modules</c> beside it; null leaves it
    /// out.</param>
    public static async Task<int> RunAsync(string? portkey)
    {
        using var standIn = await Child.StartAsync("gateway-stand-in");
        using var baton = await Child.StartAsync("gateway-serve", standIn.Words[0]);
        using var other = portkey is null ? null : await Child.PortkeyAsync(portkey);
        var targets = Targets(standIn, baton, other);
        Console.WriteLine($"{Environment.ProcessorCount} cores for all of them, load average before: {Load()}");
        foreach (var target in targets) await target.OneByOneAsync(WarmUp);
        await LatencyAsync(targets);
        await FixedRateAsync(targets);
        await RampAsync(targets);
        Console.WriteLine();
        foreach (var target in targets)
            Console.WriteLine($"memory after all of it: {target.Name} {target.MemoryMb:N0} MB");
        return 0;
    }

    private static async Task LatencyAsync(List<GatewayTarget> targets)
    {
        var rounds = targets.ToDictionary(t => t, _ => new List<double[]>());
        for (var round = 0; round < Rounds; round++)
            foreach (var target in targets) rounds[target].Add(await target.OneByOneAsync(OneByOne));
        Console.WriteLine();
        Console.WriteLine($"One call at a time, {Rounds} rounds of {OneByOne} in turn, medians over the rounds:");
        Console.WriteLine();
        Console.WriteLine("| | p50 ms | p99 ms | added p50 ms | added p99 ms |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        double Of(GatewayTarget target, double p) => Median([.. rounds[target].Select(r => GatewayTarget.At(r, p))]);
        foreach (var target in targets)
        {
            Console.WriteLine($"| {target.Name} | {Of(target, 0.5):0.00} | {Of(target, 0.99):0.00} | "
                + $"{Of(target, 0.5) - Of(targets[0], 0.5):0.00} | {Of(target, 0.99) - Of(targets[0], 0.99):0.00} |");
        }
    }

    private static async Task FixedRateAsync(List<GatewayTarget> targets)
    {
        var results = targets.ToDictionary(t => t, _ => new List<RateResult>());
        for (var round = 0; round < Rounds; round++)
            foreach (var target in targets) results[target].Add(await target.AtRateAsync(FixedRate, RateTime));
        Console.WriteLine();
        Console.WriteLine($"{FixedRate} calls a second, begun whether or not earlier ones were answered, {Rounds} rounds of "
            + $"{RateTime.TotalSeconds} s in turn, medians:");
        Console.WriteLine();
        Console.WriteLine("| | answers/s | p50 ms | p99 ms | added p50 ms | added p99 ms | failed | server CPU ms/call | memory MB |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        double Of(GatewayTarget target, Func<RateResult, double> value) => Median([.. results[target].Select(value)]);
        foreach (var t in targets)
        {
            Console.WriteLine($"| {t.Name} | {Of(t, r => r.Achieved):N0} | {Of(t, r => r.P50):0.00} | {Of(t, r => r.P99):0.00} | "
                + $"{Of(t, r => r.P50) - Of(targets[0], r => r.P50):0.00} | {Of(t, r => r.P99) - Of(targets[0], r => r.P99):0.00} | "
                + $"{results[t].Sum(r => r.Failed)} | {Of(t, r => r.CpuMs):0.000} | {t.MemoryMb:N0} |");
        }
    }

    private static async Task RampAsync(List<GatewayTarget> targets)
    {
        Console.WriteLine();
        Console.WriteLine($"The rate raised in steps of {StepTime.TotalSeconds} s until answers fall under 95 % of it, fail, or "
            + "p99 passes 250 ms twice:");
        Console.WriteLine();
        Console.WriteLine("| | held, calls/s | p99 ms there | collapsed at | answers/s there |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        foreach (var target in targets)
        {
            RateResult? held = null, broken = null;
            foreach (var step in Steps)
            {
                var result = await target.AtRateAsync(step, StepTime);
                if (!result.Holds) result = await target.AtRateAsync(step, StepTime);
                if (result.Holds) held = result;
                else broken = result;
                if (broken is not null) break;
            }
            Console.WriteLine($"| {target.Name} | {held?.Offered ?? 0:N0} | {held?.P99 ?? double.NaN:0.0} | "
                + $"{broken?.Offered.ToString("N0") ?? "not reached"} | {broken?.Achieved ?? double.NaN:N0} |");
        }
    }

    private static List<GatewayTarget> Targets(Child standIn, Child baton, Child? portkey)
    {
        List<GatewayTarget> targets =
        [
            new("direct", new Uri(standIn.Words[0] + "v1/chat/completions"), standIn, _ => { }),
            new("Baton", new Uri(baton.Words[0] + "/v1/chat/completions"), baton,
                h => h.Authorization = new AuthenticationHeaderValue("Bearer", baton.Words[1])),
        ];
        if (portkey is null) return targets;
        targets.Add(new GatewayTarget(
            "Portkey 1.15.2", new Uri(portkey.Words[0] + "/v1/chat/completions"), portkey, h =>
        {
            h.Authorization = new AuthenticationHeaderValue("Bearer", "key");
            h.Add("x-portkey-provider", "openai");
            h.Add("x-portkey-custom-host", standIn.Words[0] + "v1");
        }));
        return targets;
    }

    private static string Load() =>
        File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static double Median(List<double> values)
    {
        values = [.. values.Order()];
        return values.Count == 0 ? 0 : values[values.Count / 2];
    }
}
