using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Operations;
using Baton.Playbooks.Acting;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Tool = Baton.Playbooks.Tool;

namespace Baton.Tools.Mcp;

/// <summary>
/// Calls tools of MCP servers (modelcontextprotocol.io; stdio and streamable HTTP). What a model reads of a tool is the
/// playbook's own text, never the server's; what the server says of it is pinned.
/// </summary>
internal sealed class McpTools(ToolOptions options, McpPins pins, TimeProvider clock)
{
    /// <summary>Tools of one server that are looked at.</summary>
    private const int Most = 1_000;

    /// <summary>One call over a connection of its own: nothing of one customer is left for the next.</summary>
    public async Task<ToolResult> CallAsync(Tool tool, JsonObject inputs, CancellationToken cancellationToken)
    {
        var target = tool.Mcp!;
        using var timeout = new CancellationTokenSource(tool.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var sent = false;
        try
        {
            if (Problem(target.Server) is { } problem) return new ToolResult.Failed(problem, false);
            await using var client = await ConnectAsync(target.Server, either.Token);
            var offered = (await client.ListToolsAsync(cancellationToken: either.Token)).Take(Most)
                .FirstOrDefault(t => t.Name == target.Tool);
            if (offered is null)
                return new ToolResult.Failed($"MCP server {target.Server.Name} has no tool '{target.Tool}'", false);
            if (await pins.SeeAsync(target.Server, offered, cancellationToken) is { IsAccepted: false })
                return new ToolResult.Failed(
                    $"nobody has accepted tool '{target.Tool}' of MCP server {target.Server.Name} as it is now: "
                    + $"baton tools accept {target.Server.Name} {target.Tool}", false);
            sent = true;
            var answer = await client.CallToolAsync(
                target.Tool, inputs.ToDictionary(i => i.Key, i => (object?)i.Value), cancellationToken: either.Token);
            return Read(tool, answer);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ToolResult.Failed($"no answer within {tool.Timeout.TotalSeconds:0.#} s", true, sent);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new ToolResult.Failed($"MCP server {target.Server.Name}: {error.GetType().Name}", true, sent);
        }
    }

    /// <summary>Everything that a server offers, pinned as it is now.</summary>
    public async Task<IReadOnlyList<(McpClientTool Tool, McpPin Pin)>> ListAsync(
        McpServer server, CancellationToken cancellationToken)
    {
        if (Problem(server) is { } problem) throw new InvalidOperationException(problem);
        await using var client = await ConnectAsync(server, cancellationToken);
        List<(McpClientTool, McpPin)> tools = [];
        foreach (var tool in (await client.ListToolsAsync(cancellationToken: cancellationToken)).Take(Most))
            tools.Add((tool, await pins.SeeAsync(server, tool, cancellationToken)));
        return tools;
    }

    private string? Problem(McpServer server) =>
        server.Command is [var program, ..] && !options.Commands.Contains(program)
            ? $"the playbook may not start '{program}': set BATON__Tools__Commands__0={program} where it is meant" : null;

    private Task<McpClient> ConnectAsync(McpServer server, CancellationToken cancellationToken) =>
        McpClient.CreateAsync(Transport(server), cancellationToken: cancellationToken);

    private IClientTransport Transport(McpServer server)
    {
        if (server.Command.Count > 0)
            return new StdioClientTransport(new StdioClientTransportOptions
            {
                Name = server.Name, Command = server.Command[0], Arguments = [.. server.Command.Skip(1)],
                InheritEnvironmentVariables = false, EnvironmentVariables = Environment(server),
            });
        var headers = server.SecretHeaders.Select(h => (h.Key, Value: options.Secret(h.Value)))
            .Where(h => h.Value is not null).ToDictionary(h => h.Key, h => h.Value!);
        return new HttpClientTransport(
            new HttpClientTransportOptions
            {
                Name = server.Name, Endpoint = server.Url!, TransportMode = HttpTransportMode.StreamableHttp,
                AdditionalHeaders = headers,
            },
            new HttpClient(OutsideCalls.Handler(options.Allows(server.Url!))), ownsHttpClient: true);
    }

    /// <summary>
    /// A program sees where programs and temporary files are, and the secrets it was given; no others.
    /// </summary>
    private Dictionary<string, string?> Environment(McpServer server)
    {
        string[] usual = ["PATH", "HOME", "TMPDIR", "LANG", "SystemRoot", "TEMP"];
        return usual.Concat(server.Secrets).Select(name => (Name: name, Value: options.Secret(name)))
            .Where(v => v.Value is not null).ToDictionary(v => v.Name, v => v.Value);
    }

    private static ToolResult Read(Tool tool, CallToolResult answer)
    {
        if (answer.IsError == true) return new ToolResult.Failed("the tool says that it failed", false, MayHaveHappened: true);
        var text = string.Join('\n', answer.Content.OfType<TextContentBlock>().Select(block => block.Text));
        var structured = answer.StructuredContent is { } content ? JsonSerializer.Serialize(content) : null;
        var json = structured ?? (IsObject(text) ? text : new JsonObject { ["text"] = text }.ToJsonString());
        return json.Length > tool.MaxResponseBytes
            ? new ToolResult.Failed($"answered more than {tool.MaxResponseBytes} bytes", false, true)
            : new ToolResult.Ok(JsonSerializer.Deserialize<JsonElement>(json), null);
    }

    private static bool IsObject(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
