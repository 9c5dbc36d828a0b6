using System.Text.RegularExpressions;
using Baton.Playbooks.Loading.Source;

namespace Baton.Playbooks.Loading.Tools;

/// <summary>Reads <c>tools/*.yaml</c>: what is called and how; what it may do is read by <see cref="ToolActing"/>.</summary>
internal static partial class ToolReader
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    public static IReadOnlyList<Tool> Read(IReadOnlyList<SourceFile> files, LoadState state)
    {
        List<Tool> tools = [];
        List<Located> names = [];
        List<ToolReference> references = [];
        var unreadable = false;
        foreach (var file in files)
        {
            if (state.Open(file) is not { } plain)
            {
                unreadable = true;
                continue;
            }
            var name = plain.RequiredLocated("name", "get_order");
            Names.CheckShape(name, "tool", state.Problems);
            if (name is { } given) names.Add(given);
            var tool = plain.Called($"tool '{name?.Text ?? file.Stem}'");
            tools.Add(ToolActing.Read(tool, ReadTool(tool, name?.Text ?? "", state), references, state));
            tool.Close();
        }
        Names.CheckUnique(names, "tool", state.Problems);
        state.Tools = new Names("tool", [.. names.Select(n => n.Text)], !unreadable);
        foreach (var reference in references) reference.Check(tools, state);
        return tools;
    }

    private static Tool ReadTool(Section tool, string name, LoadState state)
    {
        var schema = tool.AsSection(
            tool.Required("input_schema", "{ type: object, properties: {} }"), $"{tool.What}, input_schema");
        var mcp = tool.Child("mcp") is { } target ? McpReader.Target(target, state.McpServers) : null;
        var builtin = tool.OptionalText("builtin");
        var http = mcp is null && builtin is null;
        var read = new Tool
        {
            Name = name,
            Description = tool.Text("description", "One order with its status"),
            Method = http ? tool.Text("method", "GET") : "",
            Url = http ? tool.Text("url", "\"{base}/orders/{order_id}\"") : "",
            Mcp = mcp,
            Builtin = builtin,
            InputSchema = schema is null ? [] : InputSchema.Read(schema),
            OutputSchema = tool.Child("output_schema") is { } answer ? InputSchema.Read(answer) : null,
            Body = tool.Child("body") is { } body ? InputSchema.Json(body) : null,
            Owner = OwnerReader.Read(tool),
            OrderValue = OwnerReader.Place(tool.Located("order_value"), tool),
            Scope = tool.Text("scope", "orders:read"),
            Risk = Risk(tool),
            SecretHeaders = tool.Child("secret_headers") is { } headers ? SecretHeaders(headers) : [],
            Timeout = tool.Duration("timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(60))
                ?? TimeSpan.FromSeconds(3),
            MaxResponseBytes = tool.Whole("max_response_bytes", 65_536, 1, 10_485_760),
        };
        if (tool.Located("method") is { } method && !Methods.Contains(method.Text))
            state.Problems.Add(method,
                $"{tool.What}: '{method.Text}' is not a method; use {string.Join(", ", Methods)}");
        AgentReader.CheckScope(tool.Located("scope"), tool.What, state.Problems);
        if (http && tool.Located("url") is { } url)
            ToolUrl.Check(url, tool.What, schema is null ? null : read.InputSchema, state.Problems);
        return read;
    }

    /// <summary>The old words had no place for what changes nothing, and none of their own for money.</summary>
    private static ToolRisk Risk(Section tool)
    {
        const string words = "read | low | high | money";
        switch (tool.Located("risk"))
        {
            case { Text: "medium" } word:
                tool.Problems.Warn(word, $"{tool.What}: risk 'medium' is read as 'high'; the words are {words} now");
                return ToolRisk.High;
            case { Text: "low" } word when tool.OptionalText("method") == "GET":
                tool.Problems.Warn(word,
                    $"{tool.What}: risk 'low' of a GET is read as 'read', which changes nothing; the words are {words} now");
                return ToolRisk.Read;
            default:
                return tool.RequiredChoice<ToolRisk>("risk");
        }
    }

    /// <summary>Headers, each with the variable that holds its value.</summary>
    public static Dictionary<string, string> SecretHeaders(Section headers)
    {
        var read = new Dictionary<string, string>();
        foreach (var entry in headers.Entries)
        {
            var at = new Located(entry.Key, headers.File, entry.Line, entry.Column);
            if (!Header().IsMatch(entry.Key))
                headers.Problems.Add(at, $"'{entry.Key}' is not a header name; use letters, digits and hyphens");
            if (headers.Located(entry.Key) is not { } variable) continue;
            Names.CheckVariable(variable, $"the value of header '{entry.Key}'", headers.Problems);
            read[entry.Key] = variable.Text;
        }
        return read;
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9-]{0,63}\z")]
    private static partial Regex Header();
}
