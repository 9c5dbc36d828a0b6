using Baton.Playbooks;
using Baton.Server.Tests.Processes;
using Baton.Testing;

namespace Baton.Server.Tests.Cli;

/// <summary>Tools without a ticket: listed, checked, tried, drafted.</summary>
public sealed class ToolsCommandTests : IDisposable
{
    private const string Ping = """
        name: ping
        description: Says the time
        builtin: now
        scope: time:read
        risk: read
        owner: none
        input_schema: { type: object, properties: {} }

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("baton-tools-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Playbook(Func<PlaybookFiles, PlaybookFiles>? change = null)
    {
        var path = Path.Combine(_folder, "playbook");
        var files = new PlaybookFiles().With("tools/ping.yaml", Ping)
            .With("agents.yaml", "agents:\n  clock: { description: Tells the time, scopes: [time:read] }\n");
        (change?.Invoke(files) ?? files).WriteTo(path);
        return path;
    }

    [Fact]
    public async Task Lists_tools_with_their_holders_and_says_what_is_open()
    {
        var playbook = Playbook();

        var listed = await BatonProgram.RunAsync("tools", "list", "--playbook", playbook);
        var check = await BatonProgram.RunAsync("tools", "check", "--playbook", playbook);

        Assert.Contains("ping", listed.Output, StringComparison.Ordinal);
        Assert.Contains("clock", listed.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0), (listed.ExitCode, check.ExitCode));
        Assert.Contains("nothing open", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tries_a_call_and_says_why_it_may_not()
    {
        var playbook = Playbook();

        var done = await BatonProgram.RunAsync("tools", "try", "ping", "--playbook", playbook, "--db", Path.Combine(_folder, "no.db"));
        var denied = await BatonProgram.RunAsync(
            "tools", "try", "ping", "--input", """{"to":"me"}""", "--playbook", playbook, "--db", Path.Combine(_folder, "no.db"));
        var unknown = await BatonProgram.RunAsync("tools", "try", "pong", "--playbook", playbook, "--db", Path.Combine(_folder, "no.db"));

        Assert.Contains("{\"now\":", done.Output, StringComparison.Ordinal);
        Assert.Contains("denied by input:to", denied.Output, StringComparison.Ordinal);
        Assert.Contains("did you mean 'ping'?", unknown.Errors, StringComparison.Ordinal);
        Assert.Equal((0, 1, 1), (done.ExitCode, denied.ExitCode, unknown.ExitCode));
        Assert.False(File.Exists(Path.Combine(_folder, "no.db")), "trying creates no database");
    }

    /// <summary>What the server itself says is accepted in McpToolsTests.</summary>
    [Fact]
    public async Task Says_why_it_does_not_ask_a_server_of_tools()
    {
        var playbook = Playbook(files => files.With("mcp.yaml", "servers: { files: { command: [node, nothing.js] } }\n"));
        string[] at = ["--playbook", playbook, "--db", Path.Combine(_folder, "mcp.db")];

        var other = await BatonProgram.RunAsync(["tools", "accept", "fils", .. at]);
        var closed = await BatonProgram.RunAsync(["tools", "accept", "files", .. at]);

        Assert.Contains("did you mean 'files'?", other.Errors, StringComparison.Ordinal);
        Assert.Contains("BATON__Tools__Commands__0=node", closed.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", closed.Errors, StringComparison.Ordinal);
        Assert.Equal((1, 1), (other.ExitCode, closed.ExitCode));
    }

    [Fact]
    public async Task Drafts_tools_of_an_openapi_document_that_load_and_are_closed()
    {
        var document = Path.Combine(_folder, "openapi.json");
        await File.WriteAllTextAsync(document, """
            {"openapi":"3.1.0","servers":[{"url":"https://api.example.com/v1"}],
             "paths":{"/orders/{id}":{"get":{"operationId":"fetchOrder","summary":"One \"order\"",
               "parameters":[{"name":"id","in":"path","required":true,"schema":{"$ref":"#/components/schemas/Id"}}]}},
              "/orders/{id}/refunds":{"post":{"summary":"Refund it","parameters":[{"name":"id","in":"path","schema":{"type":"string"}}],
               "requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["amount"],
                 "properties":{"amount":{"type":"number","x-note":"any"},"reason":{"type":"string"}}}}}}}}},
             "components":{"schemas":{"Id":{"type":"string","pattern":"^[0-9]+$"}}}}
            """, TestContext.Current.CancellationToken);
        var drafts = Path.Combine(_folder, "drafts");

        var imported = await BatonProgram.RunAsync("tools", "import", document, "--to", drafts);
        var again = await BatonProgram.RunAsync("tools", "import", document, "--to", drafts);

        Assert.Contains("2 drafts", imported.Output, StringComparison.Ordinal);
        Assert.Contains("stays as it is", again.Errors, StringComparison.Ordinal);
        var files = new PlaybookFiles();
        foreach (var draft in Directory.GetFiles(drafts))
            files = files.With($"tools/{Path.GetFileName(draft)}", await File.ReadAllTextAsync(
                draft, TestContext.Current.CancellationToken));
        var playbook = files.Playbook();
        var refund = playbook.Tools.Single(t => t.Method == "POST");
        Assert.Equal((ToolRisk.High, 0), (refund.Risk, refund.Limits.PerTicket.Count));
        Assert.Equal("https://api.example.com/v1/orders/{id}/refunds", refund.Url);
        Assert.DoesNotContain(playbook.Agents, a => a.Scopes.Contains(refund.Scope));
        Assert.Equal(ToolRisk.Read, playbook.Tools.Single(t => t.Name == "fetch_order").Risk);
    }
}
