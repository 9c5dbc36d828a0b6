using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Baton.Benchmarks.GatewayBench;

/// <summary>
/// What does a gateway add to a model call? The stand-in is asked directly, through Baton and through Portkey, in turn,
/// each in a process of its own on the loopback address. Baton writes receipts, keeps budgets and has breakers on.
/// </summary>
internal static class GatewayOverhead
{
    private const int Rounds = 7, PerRound = 300, Crowd = 32;

    private const string Body = """
        {"model":"small","messages":[{"role":"system","content":"You triage tickets of an outdoor shop. Answer briefly."},
        {"role":"user","content":"Hello, my order has not arrived although it was due on Tuesday. Can you help?"}]}
        """;

    /// <param name="portkey">Folder of the npm package with its <c>node_modules</c> beside it; null leaves it out.</param>
    public static async Task<int> RunAsync(string? portkey)
    {
        using var standIn = await Child.StartAsync("gateway-stand-in");
        using var baton = await Child.StartAsync("gateway-serve", standIn.Words[0]);
        using var other = portkey is null ? null : await Child.PortkeyAsync(portkey);
        List<Target> targets =
        [
            new("direct", new Uri(standIn.Words[0] + "v1/chat/completions"), standIn, _ => { }),
            new("Baton", new Uri(baton.Words[0] + "/v1/chat/completions"), baton,
                h => h.Authorization = new AuthenticationHeaderValue("Bearer", baton.Words[1])),
        ];
        if (other is not null)
        {
            targets.Add(new Target("Portkey 1.15.2", new Uri(other.Words[0] + "/v1/chat/completions"), other, h =>
            {
                h.Authorization = new AuthenticationHeaderValue("Bearer", "key");
                h.Add("x-portkey-provider", "openai");
                h.Add("x-portkey-custom-host", standIn.Words[0] + "v1");
            }));
        }
        foreach (var target in targets) await target.SendAsync(PerRound * 3, 8, keep: false);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var target in targets) await target.SendAsync(PerRound, 1, keep: true);
            foreach (var target in targets) await target.CrowdAsync(PerRound * 4, Crowd);
        }
        Print(targets);
        return 0;
    }

    private static void Print(List<Target> targets)
    {
        Console.WriteLine($"{Environment.ProcessorCount} cores, {Rounds} rounds in turn, {PerRound} calls one at a time "
            + $"and {PerRound * 4} calls {Crowd} at a time per round; medians over rounds");
        Console.WriteLine();
        Console.WriteLine("| | p50 ms | p99 ms | added p50 ms | calls/s, 32 at a time | server CPU ms/call | memory MB |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        var direct = targets[0].Percentile(0.5);
        foreach (var target in targets)
        {
            Console.WriteLine($"| {target.Name} | {target.Percentile(0.5):0.00} | {target.Percentile(0.99):0.00} | "
                + $"{target.Percentile(0.5) - direct:0.00} | {target.PerSecond:N0} | {target.CpuMs:0.000} | {target.Memory:N0} |");
        }
    }

    /// <summary>A server under load. Lives as long as the program.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Lives as long as the program")]
    private sealed class Target(string name, Uri address, Child server, Action<HttpRequestHeaders> headers)
    {
        private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = Crowd });
        private readonly List<double[]> _rounds = [];
        private readonly List<double> _perSecond = [];
        private readonly List<double> _cpuMs = [];

        public string Name => name;

        public double PerSecond => Median(_perSecond);

        public double CpuMs => Median(_cpuMs);

        public double Memory => server.MemoryMb;

        /// <summary>Median over the rounds of each round's percentile.</summary>
        public double Percentile(double p) => Median([.. _rounds.Select(r => r[(int)(p * (r.Length - 1))])]);

        public async Task SendAsync(int count, int atATime, bool keep)
        {
            var times = new double[count];
            var next = -1;
            await Task.WhenAll(Enumerable.Range(0, atATime).Select(async _ =>
            {
                while (Interlocked.Increment(ref next) is var call && call < count) times[call] = await OneAsync();
            }));
            if (!keep) return;
            Array.Sort(times);
            _rounds.Add(times);
        }

        public async Task CrowdAsync(int count, int atATime)
        {
            var (cpu, started) = (server.Cpu, Stopwatch.GetTimestamp());
            await SendAsync(count, atATime, keep: false);
            _perSecond.Add(count / Stopwatch.GetElapsedTime(started).TotalSeconds);
            _cpuMs.Add((server.Cpu - cpu).TotalMilliseconds / count);
        }

        private async Task<double> OneAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = new StringContent(Body, Encoding.UTF8, "application/json"),
            };
            headers(request.Headers);
            var started = Stopwatch.GetTimestamp();
            using var response = await _http.SendAsync(request);
            await response.Content.ReadAsByteArrayAsync();
            if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{name} answered {response.StatusCode}");
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        private static double Median(List<double> values)
        {
            values = [.. values.Order()];
            return values.Count == 0 ? 0 : values[values.Count / 2];
        }
    }
}
