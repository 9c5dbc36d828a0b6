using System.CommandLine;
using Baton.Playbooks;
using Baton.Playbooks.Acting;
using Baton.Tools.Mcp;
using ModelContextProtocol.Client;

namespace Baton.Server.Cli.Acting;

/// <summary>
/// <c>baton tools accept SERVER [TOOL]</c>: what an MCP server says of its tools, and a person's word on it.
/// </summary>
internal static class ToolsAccept
{
    /// <summary>A server may have to be installed first, by its own starter.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static Command Verb()
    {
        var playbook = Places.Playbook();
        var server = new Argument<string>("SERVER") { Description = "Name in mcp.yaml." };
        var tool = new Argument<string?>("TOOL")
        {
            Description = "The tool; left out: all are shown.", Arity = ArgumentArity.ZeroOrOne,
        };
        var digest = new Option<string?>("--digest") { Description = "Of what you have read; without it nothing is accepted." };
        var by = new Option<string>("--by")
        {
            Description = "Who accepts it.", DefaultValueFactory = _ => "cli:" + Environment.UserName,
        };
        var command = new Command("accept", "Show what an MCP server says of its tools, and accept it as it is.")
        {
            server, tool, digest, by, DatabaseFile.Option, playbook,
        };
        command.SetAction((parsed, token) => CliError.Guard(async () =>
        {
            await using var services = await CliHost.BuildAsync(new BatonOptions
            {
                Playbook = parsed.GetValue(playbook)!, Database = parsed.GetValue(DatabaseFile.Option)!,
            });
            var loaded = services.GetRequiredService<PlaybookHost>().Current;
            var name = parsed.GetValue(server)!;
            var found = loaded.McpServers.FirstOrDefault(s => s.Name == name) ?? throw new CliError(
                $"there is no server '{name}' in mcp.yaml{Suggestion.Hint(name, [.. loaded.McpServers.Select(s => s.Name)])}");
            var (wanted, read) = (parsed.GetValue(tool), parsed.GetValue(digest));
            var all = await ListAsync(services.GetRequiredService<McpTools>(), found, token);
            if (wanted is not null && all.All(t => t.Tool.Name != wanted))
                throw new CliError($"{name} has no tool '{wanted}'{Suggestion.Hint(wanted, [.. all.Select(t => t.Tool.Name)])}");
            foreach (var (offered, pin) in all)
            {
                if (wanted is not null && offered.Name != wanted) continue;
                TerminalText.WriteLine($"{offered.Name}: {(pin.IsAccepted ? "accepted by " + pin.By
                    : pin.Accepted is null ? "new" : "CHANGED since " + pin.By + " accepted it")}");
                if (wanted is null) continue;
                TerminalText.WriteLine(offered.Description);
                TerminalText.WriteLine(offered.JsonSchema.GetRawText());
                TerminalText.WriteLine($"digest {pin.Seen}");
                if (read is null && !pin.IsAccepted)
                    TerminalText.WriteLine($"when it may be called so: baton tools accept {name} {wanted} --digest {pin.Seen}");
            }
            if (wanted is null || read is null) return 0;
            if (!await services.GetRequiredService<McpPins>().AcceptAsync(
                name, wanted, read, parsed.GetValue(by)!, token))
                throw new CliError($"'{wanted}' is not what digest {read} was: read it again");
            TerminalText.WriteLine($"accepted: {wanted} of {name}");
            return 0;
        }));
        return command;
    }

    private static async Task<IReadOnlyList<(McpClientTool Tool, McpPin Pin)>> ListAsync(
        McpTools tools, McpServer server, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(Longest);
        try
        {
            return await tools.ListAsync(server, time.Token);
        }
        catch (InvalidOperationException error)
        {
            throw new CliError(error.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CliError($"{server.Name} does not answer within {Longest.TotalSeconds:0} s");
        }
    }
}
