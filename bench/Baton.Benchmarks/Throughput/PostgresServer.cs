using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Baton.Benchmarks.Throughput;

/// <summary>
/// A PostgreSQL server of its own with the settings of a fresh installation, and what its processes cost.
/// </summary>
internal sealed class PostgresServer : IDisposable
{
    private const string Binaries = "/usr/lib/postgresql";

    private readonly string _folder;
    private readonly Process _shell;
    private int _databases;

    public PostgresServer(string folder)
    {
        _folder = Path.Combine(folder, "postgres");
        var bin = Path.GetDirectoryName(Directory.GetFiles(Binaries, "initdb", SearchOption.AllDirectories).Max())!;
        var script = $"""
            set -e; export PATH="{bin}:$PATH"; umask 077; mkdir {_folder}
            initdb -D {_folder}/data -U baton -A trust -E UTF8 --locale=C >/dev/null
            pg_ctl -D {_folder}/data -w -t 90 -l {_folder}/log \
                -o "-c listen_addresses= -c unix_socket_directories={_folder}" start >/dev/null
            chmod 755 {_folder}; echo ready; read _ || true
            pg_ctl -D {_folder}/data -m immediate stop >/dev/null; rm -rf {_folder}
            """;
        // The server refuses to run as root.
        List<string> command = Environment.UserName == "root"
            ? ["runuser", "-u", "postgres", "--", "bash", "-c", script] : ["bash", "-c", script];
        _shell = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = "/",
        })!;
        if (_shell.StandardOutput.ReadLine() != "ready")
            throw new InvalidOperationException("PostgreSQL did not start");
    }

    /// <summary>The URL of a new, empty database.</summary>
    public string NewDatabase()
    {
        var name = $"bench_{++_databases}";
        using var connection = new NpgsqlConnection($"Host={_folder};Username=baton;Database=postgres;Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand($"create database {name}", connection);
        command.ExecuteNonQuery();
        return $"postgresql://baton@local/{name}?host={Uri.EscapeDataString(_folder)}";
    }

    /// <summary>Processor time of all its processes up to now, those that have ended included.</summary>
    public TimeSpan Cpu()
    {
        var main = int.Parse(
            File.ReadLines(Path.Combine(_folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        long ticks = 0;
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id)) continue;
            if (Stat(id) is not [_, var parent, ..] fields) continue;
            // Fields 14 to 17 of proc(5); the first two are gone.
            if (id == main) ticks += fields[11..15].Sum();
            else if (parent == main) ticks += fields[11] + fields[12];
        }
        return TimeSpan.FromSeconds(ticks / 100.0);
    }

    public void Dispose()
    {
        _shell.StandardInput.Close();
        _shell.WaitForExit();
        _shell.Dispose();
    }

    /// <summary>What follows the name: state as a number that means nothing, parent, …</summary>
    private static long[]? Stat(int id)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{id}/stat");
            return [.. line[(line.LastIndexOf(')') + 2)..].Split(' ')
                .Select(f => long.TryParse(f, CultureInfo.InvariantCulture, out var n) ? n : 0)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
