using System.Diagnostics;
using Baton.Storage;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Xunit;

namespace Baton.Testing;

/// <summary>
/// One PostgreSQL server for all tests of a process, made of the binaries that the machine has; each test gets a
/// database of its own. The server ends with the process, even if that is killed.
/// </summary>
internal static class PostgresCluster
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(1);
    private static readonly Lazy<string> Socket = new(Start, LazyThreadSafetyMode.ExecutionAndPublication);
    private static int _databases;

    private static string? Binaries => new[] { "/usr/lib/postgresql", "/usr/pgsql-17", "/opt/homebrew/opt" }
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.GetFiles(folder, "initdb", new EnumerationOptions
        {
            RecurseSubdirectories = true, MaxRecursionDepth = 3,
        }))
        .Select(Path.GetDirectoryName).OrderDescending(StringComparer.Ordinal).FirstOrDefault();

    /// <summary>
    /// Whether every desk gets a database here instead of a file: <c>BATON_TEST_POSTGRES=1</c> in the environment.
    /// </summary>
    public static bool Wanted { get; } =
        new ConfigurationBuilder().AddEnvironmentVariables("BATON_TEST_").Build()["POSTGRES"] == "1";

    /// <summary>The URL of a new, empty database. Skips the test on a machine without PostgreSQL.</summary>
    public static string NewDatabase()
    {
        Assert.SkipWhen(Binaries is null, "PostgreSQL 15 or later is not installed");
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        using var connection = new NpgsqlConnection(
            $"Host={Socket.Value};Username=baton;Database=postgres;Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand($"create database {name}", connection);
        command.ExecuteNonQuery();
        return $"postgresql://baton@local/{name}?host={Uri.EscapeDataString(Socket.Value)}";
    }

    public static Database Open(string url, TimeProvider clock) =>
        Database.Open(new DatabaseOptions { Path = url,
            Keys = Directory.CreateTempSubdirectory("baton-keys-").FullName }, clock);

    private static string Start()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"baton-postgres-{Environment.ProcessId}");
        // Ends the server when the input ends: with this process, however it ends.
        var script = $"""
            set -e; export PATH="{Binaries}:$PATH"; umask 077; mkdir {folder}
            initdb -D {folder}/data -U baton -A trust -E UTF8 --locale=C --no-sync >/dev/null
            pg_ctl -D {folder}/data -w -t 90 -l {folder}/log -o "-c listen_addresses= -c unix_socket_directories={folder} \
            -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200" start >/dev/null
            chmod 755 {folder}; echo ready; read _ || true
            pg_ctl -D {folder}/data -m immediate stop >/dev/null; rm -rf {folder}
            """;
        // The server refuses to run as root.
        List<string> command = Environment.UserName == "root"
            ? ["runuser", "-u", "postgres", "--", "bash", "-c", script] : ["bash", "-c", script];
        var server = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = "/",
        })!;
        // The script gives up by itself, and its output ends.
        if (server.StandardOutput.ReadLine() != "ready")
            throw new InvalidOperationException($"PostgreSQL did not start; see {folder}/log");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.StandardInput.Close();
            server.WaitForExit(StopLimit);
        };
        return folder;
    }
}
