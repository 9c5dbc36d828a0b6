using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Baton.Benchmarks.Throughput;

/// <summary>
/// HTTP over plain sockets, one request at a time on each connection: the client shares the processor with the server
/// it measures, so it must cost as little as possible.
/// </summary>
internal static class RawClient
{
    public static async Task<Sent> SendAsync(Uri address, string key, IReadOnlyList<string> bodies, int connections)
    {
        var requests = bodies.Select(body => Request(address, key, body)).ToList();
        var latencies = new ConcurrentBag<double>();
        var (next, refused) = (-1, 0);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(address.Host, address.Port);
            var buffer = new byte[16 * 1024];
            while (Interlocked.Increment(ref next) is var i && i < requests.Count)
            {
                var started = Stopwatch.GetTimestamp();
                await socket.SendAsync(requests[i]);
                var status = await ReadAsync(socket, buffer);
                if (status == 429) Interlocked.Increment(ref refused);
                else if (status != 202) throw new InvalidOperationException($"ticket {i} was answered {status}");
                latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        })));
        var sorted = latencies.Order().ToList();
        return new Sent(
            (bodies.Count - refused) / watch.Elapsed.TotalSeconds, sorted[sorted.Count / 2],
            sorted[sorted.Count * 99 / 100], refused);
    }

    private static byte[] Request(Uri address, string key, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = $"POST /api/tickets HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {key}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {bytes.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. bytes];
    }

    /// <summary>Reads one answer to its end, which a length or the last chunk tells, and gives its status.</summary>
    private static async Task<int> ReadAsync(Socket socket, byte[] buffer)
    {
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0) throw new IOException("the server closed the connection");
            length += read;
            var text = Encoding.ASCII.GetString(buffer, 0, length);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0) continue;
            var at = text.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
            var complete = at >= 0 && at < end
                ? length >= end + 4 + int.Parse(text[(at + 16)..text.IndexOf('\r', at)])
                : text.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
            if (complete) return int.Parse(text.AsSpan(9, 3));
        }
    }
}

/// <summary>What the client saw.</summary>
internal sealed record Sent(double PerSecond, double MedianMs, double P99Ms, int Refused);
