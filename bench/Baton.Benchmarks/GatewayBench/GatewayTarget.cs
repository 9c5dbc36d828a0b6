using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Baton.Benchmarks.GatewayBench;

/// <summary>What one rate did to a server.</summary>
/// <param name="Offered">Calls per second that were begun.</param>
/// <param name="Achieved">Answers per second, to the last one.</param>
internal sealed record RateResult(int Offered, double Achieved, double P50, double P99, int Failed, double CpuMs)
{
    /// <summary>A server that falls behind, fails, or makes people wait is past its limit.</summary>
    public bool Holds => Failed == 0 && Achieved >= 0.95 * Offered && P99 <= 250;
}

/// <summary>A server under load. Lives as long as the program.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Lives as long as the program")]
internal sealed class GatewayTarget(string name, Uri address, Child server, Action<HttpRequestHeaders> headers)
{
    /// <summary>Calls that may be open before a phase is given up.</summary>
    private const int MostOpen = 2_000;

    private const string Body = """
        {"model":"small","messages":[{"role":"system","content":"You triage tickets of an outdoor shop. Answer briefly."},
        {"role":"user","content":"Hello, my order has not arrived although it was due on Tuesday. Can you help?"}]}
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http =
        new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { Timeout = Patience };

    public string Name => name;

    public double MemoryMb => server.MemoryMb;

    /// <summary>Latencies of calls one after the other, sorted, ms.</summary>
    public async Task<double[]> OneByOneAsync(int count)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
            times[i] = await OneAsync() ?? throw new InvalidOperationException($"{name} failed");
        Array.Sort(times);
        return times;
    }

    /// <summary>Begins calls at a fixed rate, whether or not earlier ones have been answered.</summary>
    public async Task<RateResult> AtRateAsync(int perSecond, TimeSpan time)
    {
        var total = (int)(perSecond * time.TotalSeconds);
        var calls = new List<Task<double?>>(total);
        var (cpu, started, answered) = (server.Cpu, Stopwatch.GetTimestamp(), 0);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (calls.Count < total && await tick.WaitForNextTickAsync())
        {
            var due = Math.Min(total, (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond));
            while (calls.Count < due) calls.Add(CountedAsync());
            if (calls.Count - Volatile.Read(ref answered) > MostOpen) break;
        }
        var times = await Task.WhenAll(calls);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var good = times.OfType<double>().Order().ToArray();
        return new RateResult(perSecond, good.Length / seconds, At(good, 0.5), At(good, 0.99), total - good.Length,
            (server.Cpu - cpu).TotalMilliseconds / Math.Max(1, good.Length));

        async Task<double?> CountedAsync()
        {
            // The caller's loop must not run the first part of every call.
            await Task.Yield();
            var took = await OneAsync();
            Interlocked.Increment(ref answered);
            return took;
        }
    }

    public static double At(double[] sorted, double p) =>
        sorted.Length == 0 ? double.NaN : sorted[(int)(p * (sorted.Length - 1))];

    private async Task<double?> OneAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(Body, Encoding.UTF8, "application/json"),
        };
        headers(request.Headers);
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var response = await _http.SendAsync(request);
            await response.Content.ReadAsByteArrayAsync();
            return response.IsSuccessStatusCode ? Stopwatch.GetElapsedTime(started).TotalMilliseconds : null;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}
