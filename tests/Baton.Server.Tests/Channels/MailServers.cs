using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Baton.Server.Tests.Channels;

/// <summary>
/// Debian's OpenSMTPD and Dovecot on free ports of this machine: mail to <c>@shop.test</c> lies in the mailbox
/// <c>help</c>, mail to <c>@example.net</c> in <c>ann</c>. They need root and their packages.
/// </summary>
internal sealed class MailServers : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-mail-").FullName;
    private readonly List<Process> _processes = [];

    private MailServers()
    {
    }

    public int SmtpPort { get; } = FreePort();

    public int ImapPort { get; } = FreePort();

    public int ImapsPort { get; } = FreePort();

    /// <summary>SHA-256 of the certificate, which nobody vouches for.</summary>
    public string Certificate { get; private set; } = "";

    /// <summary>Why they cannot run here, or null.</summary>
    public static string? Missing =>
        !OperatingSystem.IsLinux() || Environment.UserName != "root" ? "mail servers need Linux and root"
        : Programs.FirstOrDefault(p => !File.Exists(p)) is { } program ? $"{program} is not here: `./test` installs it"
        : null;

    private static readonly string[] Programs = ["/usr/sbin/dovecot", "/usr/sbin/smtpd"];

    /// <summary>Null where one of them did not stay, as when another one has its place.</summary>
    public static async Task<MailServers?> StartAsync(CancellationToken cancellationToken)
    {
        var servers = new MailServers();
        servers.Write();
        servers.Run(Programs[0], "-F", "-c", Path.Combine(servers._folder, "dovecot.conf"));
        servers.Run(Programs[1], "-d", "-f", Path.Combine(servers._folder, "smtpd.conf"));
        foreach (var port in (int[])[servers.SmtpPort, servers.ImapPort, servers.ImapsPort])
            await ComesAsync(
                () => Task.FromResult(Listens(port) || servers._processes.Any(p => p.HasExited)), cancellationToken);
        // One of them runs once a machine only: another one may have it.
        if (servers._processes.All(p => !p.HasExited)) return servers;
        await servers.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited)
            {
                using var kill = Process.Start(
                    "kill", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
                await process.WaitForExitAsync();
            }
            process.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Looks until it is so; mail servers have no way to tell.</summary>
    public static async Task ComesAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (!await condition()) await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
    }

    private void Write()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        Certificate = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        File.WriteAllText(Path.Combine(_folder, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        const UnixFileMode Everybody = (UnixFileMode)511;
        foreach (var folder in (string[])["", "m", "m/help", "m/ann", "home"])
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(Directory.CreateDirectory(Path.Combine(_folder, folder)).FullName, Everybody);
        File.WriteAllText(Path.Combine(_folder, "dovecot.conf"), $$"""
            base_dir = {{_folder}}/run
            state_dir = {{_folder}}/state
            log_path = {{_folder}}/dovecot.log
            protocols = imap
            listen = 127.0.0.1
            ssl = yes
            ssl_cert = <{{_folder}}/cert.pem
            ssl_key = <{{_folder}}/key.pem
            disable_plaintext_auth = yes
            mail_location = maildir:{{_folder}}/m/%u
            first_valid_uid = 1
            passdb {
              driver = static
              args = password=secret
            }
            userdb {
              driver = static
              args = uid=mail gid=mail home={{_folder}}/home/%u
            }
            service imap-login {
              inet_listener imap {
                port = {{ImapPort}}
              }
              inet_listener imaps {
                port = {{ImapsPort}}
                ssl = yes
              }
            }

            """);
        File.WriteAllText(Path.Combine(_folder, "smtpd.conf"), $$"""
            table all { "@" = mail }
            listen on 127.0.0.1 port {{SmtpPort}}
            action "help" maildir "{{_folder}}/m/help" virtual <all>
            action "ann" maildir "{{_folder}}/m/ann" virtual <all>
            match from any for domain "shop.test" action "help"
            match from any for domain "example.net" action "ann"

            """);
    }

    /// <summary>What they say is dropped, or their pipe would fill up.</summary>
    private void Run(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);
    }

    private static bool Listens(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
