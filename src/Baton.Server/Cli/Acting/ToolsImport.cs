using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Baton.Server.Cli.Acting;

/// <summary>
/// <c>baton tools import openapi.json</c>: drafts of tool files. They are closed: their scopes are held by no agent,
/// and what changes something has a limit of nothing.
/// </summary>
internal static partial class ToolsImport
{
    /// <summary>Operations of one document.</summary>
    private const int Most = 500;

    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    /// <summary>Keywords of a schema that a tool's input may have.</summary>
    private static readonly string[] Kept =
    [
        "type", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
        "format", "minItems", "maxItems",
    ];

    public static Command Verb()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "An OpenAPI 3 document as JSON." };
        var to = new Option<DirectoryInfo>("--to")
        {
            Description = "Folder for the drafts.", DefaultValueFactory = _ => new DirectoryInfo("tools-drafts"),
        };
        var address = new Option<string?>("--server") { Description = "Address of the server; the document's first one." };
        var command = new Command("import", "Write drafts of tool files from an OpenAPI document, closed by default.")
        {
            file, to, address,
        };
        command.SetAction((parsed, _) => CliError.Guard(() => Task.FromResult(
            Write(parsed.GetValue(file)!, parsed.GetValue(to)!, parsed.GetValue(address)))));
        return command;
    }

    private static int Write(FileInfo file, DirectoryInfo folder, string? address)
    {
        if (!file.Exists) throw new CliError($"there is no file {file.FullName}");
        var document = Parse(file);
        var server = address ?? (Items(document["servers"]) is [var first, ..] ? first : null)?["url"]?.GetValue<string>() ?? "";
        if (!server.StartsWith("https://", StringComparison.Ordinal) && !server.StartsWith("{base}", StringComparison.Ordinal))
            throw new CliError($"'{server}' is no https address of a server: name one with --server");
        folder.Create();
        var written = 0;
        foreach (var (path, item) in document["paths"] as JsonObject ?? [])
            foreach (var method in Methods)
            {
                if (item?[method] is not JsonObject operation) continue;
                if (written == Most) throw new CliError($"more than {Most} operations: cut the document");
                var (name, yaml) = Draft(document, server.TrimEnd('/') + path, method, path, operation, item["parameters"]);
                var target = Path.Combine(folder.FullName, name + ".yaml");
                if (File.Exists(target))
                {
                    TerminalText.WriteErrorLine($"{name}.yaml is there already and stays as it is");
                    continue;
                }
                File.WriteAllText(target, yaml);
                written++;
            }
        TerminalText.WriteLine($"{written} drafts in {folder.FullName}. Each is closed: read it, write owner, conditions and limits, "
            + "move it into the playbook's tools/, and give its scope to an agent.");
        return 0;
    }

    private static JsonObject Parse(FileInfo file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file.FullName)) as JsonObject
                ?? throw new CliError($"{file.Name} is no JSON object");
        }
        catch (JsonException error)
        {
            throw new CliError($"{file.Name} is not JSON ({error.Message}); convert YAML first");
        }
    }

    private static (string Name, string Yaml) Draft(
        JsonObject document, string url, string method, string path, JsonObject operation, JsonNode? shared)
    {
        var name = Name(operation["operationId"]?.GetValue<string>() ?? $"{method} {path}");
        var thing = Name(path.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(p => !p.Contains('{')) ?? "api");
        var reads = method == "get";
        var (properties, required) = Inputs(document, method, operation, shared);
        var yaml = new StringBuilder()
            .Append("# Draft of an import: nobody may call it until an agent holds its scope.\n")
            .Append($"name: {name}\n")
            .Append($"description: {Quoted(operation["summary"]?.GetValue<string>() ?? operation["description"]?.GetValue<string>() ?? name)}\n")
            .Append($"method: {method.ToUpperInvariant()}\n")
            .Append($"url: {Quoted(url)}\n")
            .Append($"scope: {thing}:draft_{name}\n")
            .Append($"risk: {(reads ? "read" : "high")}\n")
            .Append("owner: none                         # whose its answers are: a place such as order.customer_email\n");
        if (!reads)
            yaml.Append("limits: { per_ticket: { count: 0 }, per_day: { count: 0 } }      # nothing, until you say how much\n")
                .Append("# lookups, facts, preconditions, backed_by, idempotency_key, receipt: docs/tools.md\n");
        yaml.Append("input_schema:\n  type: object\n");
        if (required.Count > 0) yaml.Append($"  required: [{string.Join(", ", required)}]\n");
        yaml.Append(properties.Count == 0 ? "  properties: {}\n" : "  properties:\n");
        foreach (var (input, schema) in properties) yaml.Append($"    {input}: {schema.ToJsonString()}\n");
        return (name, yaml.ToString());
    }

    private static (Dictionary<string, JsonObject> Properties, List<string> Required) Inputs(
        JsonObject document, string method, JsonObject operation, JsonNode? shared)
    {
        var (properties, required) = (new Dictionary<string, JsonObject>(), new List<string>());
        foreach (var node in Items(operation["parameters"]).Concat(Items(shared)))
        {
            var parameter = Resolved(document, node);
            if (parameter["name"]?.GetValue<string>() is not { } name || !Word().IsMatch(name)
                || parameter["in"]?.GetValue<string>() != "path") continue;
            properties[name] = Limited(Resolved(document, parameter["schema"]));
            required.Add(name);
        }
        if (method == "get") return (properties, [.. required.Distinct()]);
        var body = Resolved(document, operation["requestBody"])["content"]?["application/json"]?["schema"];
        var schema = Resolved(document, body);
        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
            if (Word().IsMatch(name)) properties[name] = Limited(Resolved(document, property));
        required.AddRange(Items(schema["required"]).Select(r => r!.GetValue<string>())
            .Where(properties.ContainsKey));
        return (properties, [.. required.Distinct()]);
    }

    private static JsonObject Limited(JsonObject schema) => new(schema.Where(p => Kept.Contains(p.Key))
        .Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));

    /// <summary>References inside the document are followed, a few steps deep.</summary>
    private static JsonObject Resolved(JsonObject document, JsonNode? node)
    {
        for (var depth = 0; depth < 8 && node?["$ref"] is JsonValue reference; depth++)
        {
            node = document;
            var path = reference.GetValue<string>().TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries);
            foreach (var step in path)
                node = (node as JsonObject)?[step];
        }
        return node as JsonObject ?? [];
    }

    private static IReadOnlyList<JsonNode?> Items(JsonNode? node) => node is JsonArray list ? [.. list] : [];

    private static string Quoted(string text) => JsonSerializer.Serialize(text.ReplaceLineEndings(" ").Trim());

    private static string Name(string text)
    {
        var name = NotInName().Replace(Camel().Replace(text, "$1_$2"), "_").Trim('_').ToLowerInvariant();
        return name.Length == 0 || !char.IsAsciiLetterLower(name[0]) ? "call_" + name : name[..Math.Min(60, name.Length)];
    }

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotInName();

    [GeneratedRegex("([a-z0-9])([A-Z])")]
    private static partial Regex Camel();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Word();
}
