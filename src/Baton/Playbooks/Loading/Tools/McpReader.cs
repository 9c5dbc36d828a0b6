using Baton.Playbooks.Acting;
using Baton.Playbooks.Loading.Source;

namespace Baton.Playbooks.Loading.Tools;

/// <summary>Reads <c>mcp.yaml</c>, the servers, and the part of a tool file that names one.</summary>
internal static class McpReader
{
    public const string File = "mcp.yaml";

    public static IReadOnlyList<McpServer> Read(Section file, ProblemList problems)
    {
        List<McpServer> servers = [];
        foreach (var (key, server) in file.Child("servers")?.Named("server") ?? [])
        {
            Names.CheckShape(key, "server", problems);
            var (url, command) = (server.Located("url"), server.Words("command"));
            if (url is null == (command.Count == 0))
                problems.Add(key, $"{server.What}: write url (streamable HTTP) or command (stdio), one of them");
            if (url is { } given && (!Uri.TryCreate(given.Text, UriKind.Absolute, out var address)
                || address.Scheme is not ("http" or "https")))
                problems.Add(given, $"{server.What}: '{given.Text}' is not an absolute http(s) address");
            servers.Add(new McpServer
            {
                Name = key.Text, Command = command,
                Url = url is { } at && Uri.TryCreate(at.Text, UriKind.Absolute, out var read) ? read : null,
                SecretHeaders = server.Child("secret_headers") is { } headers ? ToolReader.SecretHeaders(headers) : [],
                Secrets = [.. server.Texts("secrets").Select(s => Variable(s, server))],
            });
            server.Close();
        }
        file.Close();
        return servers;
    }

    /// <summary>The server and tool that a tool file names.</summary>
    public static McpTarget Target(Section target, IReadOnlyList<McpServer> servers)
    {
        var named = target.RequiredLocated("server", "warehouse");
        var tool = target.Text("tool", "find_parcel");
        target.Close();
        var server = servers.FirstOrDefault(s => s.Name == named?.Text);
        if (server is null && named is { } unknown)
            target.Problems.Add(unknown,
                $"{target.What}: there is no server '{unknown.Text}' in {File}{Suggestion.Hint(unknown.Text, [.. servers.Select(s => s.Name)])}");
        return new McpTarget(server ?? new McpServer { Name = named?.Text ?? "" }, tool);
    }

    private static string Variable(Located variable, Section server)
    {
        Names.CheckVariable(variable, $"{server.What}: a secret", server.Problems);
        return variable.Text;
    }
}
