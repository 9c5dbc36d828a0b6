using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Baton.Server.Tests.Processes.Archives;

/// <summary>
/// The S3 server of npm's <c>s3rver</c> with a bucket <c>baton</c>, and before it a proxy that counts what comes and
/// may do something before a request arrives.
/// </summary>
internal sealed class S3Store : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("baton-s3-").FullName;
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(1) };
    private readonly HttpListener _proxy = new();
    private readonly List<(string Method, string Path, string? Lock, string? Until)> _seen = [];
    private Process? _node;
    private Uri? _behind;
    private int _requests;

    public static string Folder { get; } = ServerFixture.InRepository("tests", "Baton.Server.Tests", "Processes", "Archives", "s3");

    public Uri Address { get; private set; } = null!;

    /// <summary>Called with the number of a request, from 1, before it is passed on; false drops it.</summary>
    public Func<int, bool> Before { get; set; } = _ => true;

    /// <summary>What arrived, with what was asked of it.</summary>
    public IReadOnlyList<(string Method, string Path, string? Lock, string? Until)> Seen
    {
        get
        {
            lock (_seen) return [.. _seen];
        }
    }

    public (string Name, string Value)[] Settings =>
    [
        ("AWS_ACCESS_KEY_ID", "S3RVER"), ("AWS_SECRET_ACCESS_KEY", "S3RVER"),
        ("BATON__Archive__S3Address", Address.ToString()),
    ];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _node = Process.Start(new ProcessStartInfo(
            "node", [Path.Combine("node_modules", "s3rver", "bin", "s3rver.js"), "-d", _data, "-a", "127.0.0.1", "-p", "0",
                "--silent", "--configure-bucket", "baton"])
        {
            WorkingDirectory = Folder, RedirectStandardOutput = true,
        })!;
        string? line;
        do line = await _node.StandardOutput.ReadLineAsync(cancellationToken);
        while (line?.Contains("listening on", StringComparison.Ordinal) == false);
        _behind = new Uri("http://" + line!.Split(' ')[^1]);
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        _proxy.Prefixes.Add(Address.ToString());
        _proxy.Start();
        _ = ServeAsync();
    }

    /// <summary>That came since the last <see cref="Restart"/>.</summary>
    public int Requests => _requests;

    /// <summary>Counts from the beginning again.</summary>
    public void Restart() => _requests = 0;

    public void Dispose()
    {
        _proxy.Close();
        _node?.Kill(entireProcessTree: true);
        _node?.Dispose();
        _client.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private async Task ServeAsync()
    {
        while (_proxy.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _proxy.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            try
            {
                if (Before(++_requests)) await PassAsync(context);
                else context.Response.Abort();
            }
            catch (Exception error) when (error is HttpListenerException or HttpRequestException or IOException)
            {
                // Who asked has died meanwhile.
                context.Response.Abort();
            }
        }
    }

    private async Task PassAsync(HttpListenerContext context)
    {
        var asked = context.Request;
        lock (_seen)
            _seen.Add((asked.HttpMethod, asked.Url!.AbsolutePath, asked.Headers["x-amz-object-lock-mode"],
                asked.Headers["x-amz-object-lock-retain-until-date"]));
        using var request = new HttpRequestMessage(
            new HttpMethod(asked.HttpMethod), new Uri(_behind!, asked.RawUrl));
        if (asked.HasEntityBody)
        {
            var body = new MemoryStream();
            await asked.InputStream.CopyToAsync(body);
            request.Content = new ByteArrayContent(body.ToArray());
        }
        foreach (var name in asked.Headers.AllKeys.OfType<string>().Where(n => n is not ("Content-Length" or "Expect")))
            if (!request.Headers.TryAddWithoutValidation(name, asked.Headers[name]))
                request.Content?.Headers.TryAddWithoutValidation(name, asked.Headers[name]);
        using var answer = await _client.SendAsync(request);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers)
            if (name is not "Transfer-Encoding" and not "Connection" and not "Keep-Alive")
                context.Response.Headers[name] = string.Join(',', values);
        if (answer.Content.Headers.ContentType is { } type) context.Response.ContentType = type.ToString();
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        if (asked.HttpMethod != "HEAD" && answer.StatusCode != HttpStatusCode.NoContent)
        {
            context.Response.ContentLength64 = bytes.Length;
            await context.Response.OutputStream.WriteAsync(bytes);
        }
        context.Response.Close();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
