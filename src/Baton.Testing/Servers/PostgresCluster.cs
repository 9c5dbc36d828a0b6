using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
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
    /// <summary>Of so many classes one runs here when nothing else is said.</summary>
    private const int OneOf = 10;

    private const string Template = "baton_template";

    private static readonly Lazy<string> Socket = new(Start, LazyThreadSafetyMode.ExecutionAndPublication);
    private static readonly Lazy<string> Filled = new(MakeTemplate, LazyThreadSafetyMode.ExecutionAndPublication);

    private static readonly string? Setting =
        new ConfigurationBuilder().AddEnvironmentVariables("BATON_TEST_").Build()["POSTGRES"];

    private static int _databases;
    private static Process? _server;

    private static readonly string[] Folders = ["/usr/lib/postgresql", "/usr/pgsql-17", "/opt/homebrew/opt"];

    private static string? Binaries { get; } = Folders
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.GetFiles(folder, "initdb", new EnumerationOptions
        {
            RecurseSubdirectories = true, MaxRecursionDepth = 3,
        }))
        .Select(Path.GetDirectoryName).OrderDescending(StringComparer.Ordinal).FirstOrDefault();

    /// <summary>
    /// Whether the running test gets a database here instead of a file. <c>BATON_TEST_POSTGRES=1</c> in the
    /// environment: every one; <c>0</c>: none; else one class of ten, always the same, where PostgreSQL is installed.
    /// </summary>
    public static bool Wanted => Setting switch
    {
        "1" => true,
        "0" => false,
        _ => Binaries is not null && IsChosen(TestContext.Current.TestClass?.TestClassName),
    };

    /// <summary>Whether a class is one of the tenth.</summary>
    public static bool IsChosen(string? testClass) =>
        testClass is not null && SHA256.HashData(Encoding.UTF8.GetBytes(testClass))[0] % OneOf == 0;

    /// <summary>
    /// The URL of a new database with tables and without rows. Skips the test on a machine without PostgreSQL.
    /// </summary>
    public static string NewDatabase()
    {
        Assert.SkipWhen(Binaries is null, "PostgreSQL 15 or later is not installed");
        return Create($"template {Filled.Value}");
    }

    /// <summary>The URL of a new database without tables. Skips the test on a machine without PostgreSQL.</summary>
    public static string EmptyDatabase()
    {
        Assert.SkipWhen(Binaries is null, "PostgreSQL 15 or later is not installed");
        return Create("");
    }

    public static Database Open(string url, TimeProvider clock) =>
        Database.Open(new DatabaseOptions { Path = url,
            Keys = Directory.CreateTempSubdirectory("baton-keys-").FullName }, clock);

    /// <summary>
    /// The same, whose commits are on their way to the disk before they are confirmed: for <see cref="Restart"/>.
    /// </summary>
    public static string DurableDatabase()
    {
        var url = NewDatabase();
        Run($"alter database test_{Volatile.Read(ref _databases)} set synchronous_commit = on");
        return url;
    }

    /// <summary>Ends the server as a crash does and starts it again. Of a process that has it alone.</summary>
    /// <exception cref="InvalidOperationException">It did not come back.</exception>
    public static void Restart()
    {
        _server!.StandardInput.WriteLine("restart");
        _server.StandardInput.Flush();
        if (_server.StandardOutput.ReadLine() != "back")
            throw new InvalidOperationException($"PostgreSQL did not come back; see {Socket.Value}/log");
    }

    private static string Create(string how)
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        Run($"create database {name} {how}");
        return Url(name);
    }

    private static string Url(string name) =>
        $"postgresql://baton@local/{name}?host={Uri.EscapeDataString(Socket.Value)}";

    private static void Run(string sql)
    {
        using var connection = new NpgsqlConnection(
            $"Host={Socket.Value};Username=baton;Database=postgres;Pooling=false;Command Timeout=120");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Bringing the tables up to date once is enough.</summary>
    private static string MakeTemplate()
    {
        Run($"create database {Template}");
        Open(Url(Template), TimeProvider.System).DisposeAsync().AsTask().GetAwaiter().GetResult();
        return Template;
    }

    private static string Start()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"baton-postgres-{Environment.ProcessId}");
        // Ends the server when the input ends: with this process, however it ends.
        var script = $"""
            set -e; export PATH="{Binaries}:$PATH"; umask 077; mkdir {folder}
            initdb -D {folder}/data -U baton -A trust -E UTF8 --locale=C --no-sync >/dev/null
            pg_ctl -D {folder}/data -w -t 90 -l {folder}/log -o "-c listen_addresses= -c unix_socket_directories={folder} \
            -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=400" start >/dev/null
            chmod 755 {folder}; echo ready
            while read -r _; do pg_ctl -D {folder}/data -m immediate -w -l {folder}/log restart >/dev/null; echo back; done
            pg_ctl -D {folder}/data -m immediate stop >/dev/null; rm -rf {folder}
            """;
        // The server refuses to run as root.
        List<string> command = Environment.UserName == "root"
            ? ["runuser", "-u", "postgres", "--", "bash", "-c", script] : ["bash", "-c", script];
        var server = _server = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = "/",
        })!;
        // The script gives up by itself, and its output ends.
        if (server.StandardOutput.ReadLine() != "ready")
            throw new InvalidOperationException($"PostgreSQL did not start; see {folder}/log");
        // It removes its files by itself; a runner of tests waits only a little for its process to end.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.StandardInput.Close();
        return folder;
    }
}
