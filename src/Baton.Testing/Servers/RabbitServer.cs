using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Baton.Testing;

/// <summary>
/// One RabbitMQ server for all tests of a process, made of the binaries that the machine has. It ends with the process,
/// even if that is killed.
/// </summary>
internal sealed class RabbitServer
{
    private const string Folder = "/usr/lib/rabbitmq/lib";

    private static readonly Lazy<RabbitServer> One = new(
        () => new RabbitServer(), LazyThreadSafetyMode.ExecutionAndPublication);

    private readonly Process _script;

    private RabbitServer()
    {
        var (port, distribution, names) = (FreePort(), FreePort(), FreePort());
        var folder = Path.Combine(Path.GetTempPath(), $"baton-rabbit-{Environment.ProcessId}");
        Url = string.Create(CultureInfo.InvariantCulture, $"amqp://guest:guest@127.0.0.1:{port}/%2F");
        // Ends the server when the input ends: with this process, however it ends.
        var script = $$"""
            set -e; umask 077; mkdir {{folder}}; cd {{folder}}
            export HOME={{folder}} ERL_EPMD_PORT={{names}} ERL_EPMD_ADDRESS=127.0.0.1
            export RABBITMQ_DIST_PORT={{distribution}}
            export RABBITMQ_NODENAME=baton{{port}}@localhost RABBITMQ_MNESIA_BASE={{folder}}/data RABBITMQ_LOGS=-
            export RABBITMQ_CONFIG_FILE={{folder}}/rabbitmq.conf RABBITMQ_ENABLED_PLUGINS_FILE={{folder}}/plugins
            export RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+S 1:1"
            export RABBITMQ_PID_FILE={{folder}}/pid RABBITMQ_FEATURE_FLAGS_FILE={{folder}}/flags
            echo '[].' > plugins
            printf 'listeners.tcp.1 = 127.0.0.1:{{port}}\ndisk_free_limit.absolute = 1MB\n' > rabbitmq.conf
            start() {
              setsid {{Binary}} >>log 2>&1 & pid=$!
              for i in $(seq 450); do
                if (exec 3<>/dev/tcp/127.0.0.1/{{port}}) 2>/dev/null; then echo ready; return; fi
                kill -0 $pid 2>/dev/null || break; sleep 0.2
              done
              tail -n 3 log | tr '\n' ' '; echo
            }
            stop() { kill -9 -- -$pid 2>/dev/null || true; wait $pid 2>/dev/null || true; }
            start
            while read -r command; do case $command in
              kill) stop; echo dead;;
              start) start;;
              purge*) {{Control}} -q purge_queue ${command#purge } >/dev/null 2>&1 || true; echo purged;;
            esac; done
            stop; epmd -kill >/dev/null 2>&1 || true; cd /; rm -rf {{folder}}
            """;
        _script = Process.Start(new ProcessStartInfo("bash", ["-c", script])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = "/",
        })!;
        Expect("ready");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => _script.StandardInput.Close();
    }

    private static string? Binary { get; } = Directory.Exists(Folder)
        ? Directory.GetDirectories(Folder, "rabbitmq_server-*").Select(d => Path.Combine(d, "sbin", "rabbitmq-server"))
            .FirstOrDefault(File.Exists)
        : null;

    private static string? Control => Binary is null ? null : Path.Combine(Path.GetDirectoryName(Binary)!, "rabbitmqctl");

    /// <summary>The server, running. Skips the test on a machine without RabbitMQ.</summary>
    public static RabbitServer Running
    {
        get
        {
            Assert.SkipWhen(Binary is null, "RabbitMQ is not installed");
            return One.Value;
        }
    }

    /// <summary>With user and password.</summary>
    public string Url { get; }

    /// <summary>As <c>kill -9</c>.</summary>
    public void Kill() => Tell("kill", "dead");

    /// <summary>Starts it again with what it had on its disk.</summary>
    public void Start() => Tell("start", "ready");

    /// <summary>Throws away what waits in a queue, as if it were lost.</summary>
    public void Purge(string queue) => Tell("purge " + queue, "purged");

    private void Tell(string command, string answer)
    {
        _script.StandardInput.WriteLine(command);
        _script.StandardInput.Flush();
        Expect(answer);
    }

    private void Expect(string answer)
    {
        // The script gives up by itself, and says why.
        if (_script.StandardOutput.ReadLine() is var line && line != answer)
            throw new InvalidOperationException($"RabbitMQ did not answer {answer}: {line}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
