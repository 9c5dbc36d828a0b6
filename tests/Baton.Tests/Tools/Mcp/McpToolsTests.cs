using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Baton.Playbooks;
using Baton.Playbooks.Acting;
using Baton.Storage.Outgoing;
using Baton.Testing;
using Baton.Tests.Style;
using Baton.Tools;
using Baton.Tools.Mcp;

namespace Baton.Tests.Tools.Mcp;

/// <summary>Against the reference server of the protocol, as a program and over HTTP.</summary>
public sealed class McpToolsTests : IAsyncDisposable
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Baton.Tests", "Tools", "Mcp", "npm");

    private static readonly string Script = Path.Combine(
        Folder, "node_modules", "@modelcontextprotocol", "server-everything", "dist", "index.js");

    private readonly TemporaryDatabase _file = new();
    private readonly McpPins _pins;

    public McpToolsTests()
    {
        Assert.SkipUnless(File.Exists(Script), $"run npm ci in {Folder}");
        var outbox = new Outbox(Outbox.DefaultOptions, _file.Clock, new Random(1));
        _pins = new McpPins(_file.Database, new Notices(outbox, _file.Clock), TimeProvider.System);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static McpServer Program => new() { Name = "everything", Command = ["node", Script] };

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private McpTools Tools(params string[] commands) => new(
        new ToolOptions(null, Variable)
        {
            Commands = commands, PrivateHosts = ["127.0.0.1"],
        }, _pins, TimeProvider.System);

    private static string? Variable(string name) => Environment.GetEnvironmentVariables()[name] as string;

    private static Tool Echo(McpServer server) => new()
    {
        Name = "echo", Description = "", Method = "", Url = "", Mcp = new McpTarget(server, "echo"), Scope = "echo:read",
        Risk = ToolRisk.Read, InputSchema = [], Timeout = TimeSpan.FromSeconds(60),
    };

    private async Task AcceptAsync(McpTools tools, McpServer server)
    {
        var (_, pin) = (await tools.ListAsync(server, Cancel)).Single(t => t.Tool.Name == "echo");
        Assert.True(await _pins.AcceptAsync(server.Name, "echo", pin.Seen, "ann", Cancel));
    }

    private static Task<ToolResult> CallAsync(McpTools tools, McpServer server) =>
        tools.CallAsync(Echo(server), new JsonObject { ["message"] = "hello" }, Cancel);

    [Fact]
    public async Task Calls_a_program_once_somebody_has_accepted_what_it_says_of_its_tool()
    {
        var tools = Tools("node");

        var before = Assert.IsType<ToolResult.Failed>(await CallAsync(tools, Program));
        await AcceptAsync(tools, Program);
        var after = Assert.IsType<ToolResult.Ok>(await CallAsync(tools, Program));

        Assert.Contains("nobody has accepted", before.Why, StringComparison.Ordinal);
        Assert.Contains("hello", after.Data.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disables_a_tool_whose_description_is_another_one_and_says_so()
    {
        var tools = Tools("node");
        await AcceptAsync(tools, Program);
        await _file.Database.WriteAsync(t => t.Execute("update mcp_tools set accepted = 'what it said before'"));

        var changed = Assert.IsType<ToolResult.Failed>(await CallAsync(tools, Program));

        Assert.Contains("as it is now", changed.Why, StringComparison.Ordinal);
        Assert.False(changed.MayHaveHappened);
    }

    [Fact]
    public async Task Starts_no_program_that_the_operator_has_not_allowed()
    {
        var refused = Assert.IsType<ToolResult.Failed>(await CallAsync(Tools(), Program));

        Assert.Contains("BATON__Tools__Commands__0=node", refused.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_a_server_over_streamable_http()
    {
        var port = FreePort();
        using var server = Process.Start(new ProcessStartInfo("node", [Script, "streamableHttp"])
        {
            Environment = { ["PORT"] = $"{port}" }, RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        try
        {
            await Until.TrueAsync(() => Answers(port));
            var named = new McpServer { Name = "http", Url = new Uri($"http://127.0.0.1:{port}/mcp") };
            var tools = Tools();
            await AcceptAsync(tools, named);

            Assert.Contains("hello", Assert.IsType<ToolResult.Ok>(await CallAsync(tools, named)).Data.GetRawText(),
                StringComparison.Ordinal);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    private static bool Answers(int port)
    {
        try
        {
            using var client = new TcpClient();
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
