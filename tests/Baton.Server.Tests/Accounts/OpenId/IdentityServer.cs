using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Baton.Server.Tests.Accounts.OpenId;

/// <summary>A company's identity server: the npm package <c>oidc-provider</c> on this machine.</summary>
internal sealed class IdentityServer : IDisposable
{
    public const string Secret = "only-for-tests";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("baton-openid-");
    private Process? _process;

    /// <summary>Known before it runs: Baton is told it at its own start.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>Where the program is; its packages are there after <c>npm ci</c>.</summary>
    public static string Folder { get; } = Find();

    /// <summary>Who sits at the browser from now on, as JSON.</summary>
    public string Person { set => File.WriteAllText(Path.Combine(_folder.FullName, "person.json"), value); }

    /// <param name="redirect">The one address that it sends people back to.</param>
    public async Task StartAsync(Uri redirect, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Folder, "server.mjs")])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder,
        };
        start.Environment["PORT"] = Address.Port.ToString();
        start.Environment["SECRET"] = Secret;
        start.Environment["REDIRECT"] = redirect.AbsoluteUri;
        start.Environment["PERSON_FILE"] = Path.Combine(_folder.FullName, "person.json");
        _process = Process.Start(start)!;
        var errors = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            if (line == "ready") return;
        throw new InvalidOperationException($"the identity server ended: {await errors}");
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process?.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Find()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Baton.slnx"))) root = root.Parent!;
        return Path.Combine(root.FullName, "tests", "Baton.Server.Tests", "Accounts", "OpenId", "provider");
    }
}
