using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;

namespace Baton.Server.Tests.Channels;

/// <summary>
/// The SMTP server of npm's <c>smtp-server</c> on a free port, with a certificate of an authority made here.
/// </summary>
internal sealed class NodeMail : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-smtp-").FullName;
    private Process? _node;

    public int Port { get; } = FreePort();

    /// <summary>File of the authority.</summary>
    public string Authority => Path.Combine(_folder, "authority.pem");

    public static string Folder { get; } = Find();

    /// <param name="mode"><c>starttls</c>, <c>tls</c> or <c>plain</c>.</param>
    /// <param name="ended">Whether its certificate is over.</param>
    public async Task StartAsync(string mode, CancellationToken cancellationToken, bool ended = false)
    {
        var (key, chain) = Certify(ended);
        _node = Process.Start(new ProcessStartInfo(
            "node", ["server.mjs", Port.ToString(CultureInfo.InvariantCulture), key, chain, mode])
        {
            WorkingDirectory = Folder, RedirectStandardOutput = true,
        })!;
        Assert.Equal("ready", await LineAsync(cancellationToken));
    }

    /// <summary>The next mail, and who logged in to send it.</summary>
    public async Task<(string User, MimeMessage Mail)> NextAsync(CancellationToken cancellationToken)
    {
        var parts = (await LineAsync(cancellationToken))!.Split(' ');
        return (parts[0], await MimeMessage.LoadAsync(
            new MemoryStream(Convert.FromBase64String(parts[1])), cancellationToken));
    }

    public void Dispose()
    {
        if (_node is { HasExited: false })
        {
            _node.Kill();
            _node.WaitForExit();
        }
        _node?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string?> LineAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        return await _node!.StandardOutput.ReadLineAsync(limit.Token);
    }

    private (string Key, string Chain) Certify(bool ended)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var ownKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var own = new CertificateRequest("CN=Authority of tests", ownKey, HashAlgorithmName.SHA256);
        own.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = own.CreateSelfSigned(now.AddDays(-9), now.AddDays(9));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(
            authority, now.AddDays(-8), now.AddDays(ended ? -1 : 8), RandomNumberGenerator.GetBytes(8));
        return (Write("key.pem", key.ExportPkcs8PrivateKeyPem()),
            Write("chain.pem", certificate.ExportCertificatePem(), Write("authority.pem", authority.ExportCertificatePem())));
    }

    private string Write(string name, string text, string? beside = null)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text + "\n" + (beside is null ? "" : File.ReadAllText(beside)), Encoding.ASCII);
        return path;
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
        return Path.Combine(root.FullName, "tests", "Baton.Server.Tests", "Channels", "smtp");
    }
}
