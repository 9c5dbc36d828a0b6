using System.Text.RegularExpressions;
using Baton.Playbooks.Loading.Source;

namespace Baton.Playbooks.Loading.Tools;

/// <summary>Reads <c>tools/*.yaml</c>.</summary>
internal static partial class ToolReader
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    public static IReadOnlyList<Tool> Read(IReadOnlyList<SourceFile> files, LoadState state)
    {
        List<Tool> tools = [];
        List<Located> names = [];
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
            tools.Add(ReadTool(tool, name?.Text ?? "", state));
            tool.Close();
        }
        Names.CheckUnique(names, "tool", state.Problems);
        state.Tools = new Names("tool", [.. names.Select(n => n.Text)], !unreadable);
        return tools;
    }

    private static Tool ReadTool(Section tool, string name, LoadState state)
    {
        var schema = tool.AsSection(
            tool.Required("input_schema", "{ type: object, properties: {} }"), $"{tool.What}, input_schema");
        var read = new Tool
        {
            Name = name,
            Description = tool.Text("description", "One order with its status"),
            Method = tool.Text("method", "GET"),
            Url = tool.Text("url", "\"{base}/orders/{order_id}\""),
            InputSchema = schema is null ? [] : InputSchema.Read(schema),
            Owner = OwnerReader.Read(tool),
            OrderValue = OwnerReader.Place(tool.Located("order_value"), tool),
            Scope = tool.Text("scope", "orders:read"),
            Risk = tool.RequiredChoice<ToolRisk>("risk"),
            SecretHeaders = tool.Child("secret_headers") is { } headers ? SecretHeaders(headers) : [],
            Timeout = tool.Duration("timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(60))
                ?? TimeSpan.FromSeconds(3),
            MaxResponseBytes = tool.Whole("max_response_bytes", 65_536, 1, 10_485_760),
            Idempotent = tool.Flag("idempotent", true),
        };
        if (tool.Located("method") is { } method && !Methods.Contains(method.Text))
            state.Problems.Add(method,
                $"{tool.What}: '{method.Text}' is not a method; use {string.Join(", ", Methods)}");
        AgentReader.CheckScope(tool.Located("scope"), tool.What, state.Problems);
        if (tool.Located("url") is { } url)
            ToolUrl.Check(url, tool.What, schema is null ? null : read.InputSchema, state.Problems);
        return read;
    }

    private static Dictionary<string, string> SecretHeaders(Section headers)
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
