using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Playbooks;
using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Yaml;

namespace Baton.Server.Cli.Acting;

/// <summary>An OpenAPI 3 document, as JSON or YAML. Somebody else wrote it: nothing is taken for granted.</summary>
internal sealed class OpenApiDocument(JsonObject root)
{
    /// <summary>Largest document, bytes.</summary>
    private const long MostBytes = 32 * 1024 * 1024;

    /// <summary>References that lead to references; a circle ends here.</summary>
    private const int MostSteps = 8;

    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    public static OpenApiDocument Read(FileInfo file)
    {
        if (!file.Exists) throw new CliError($"there is no file {file.FullName}");
        if (file.Length > MostBytes)
            throw new CliError($"{file.Name} has {file.Length} bytes, {MostBytes} are read: cut the document");
        var text = File.ReadAllText(file.FullName);
        var isJson = text.AsSpan().TrimStart() is ['{' or '[', ..];
        var root = (isJson ? Json(file.Name, text) : Yaml(file.Name, text)) as JsonObject
            ?? throw new CliError($"{file.Name} is no OpenAPI document: it has no fields");
        if (Text(root["openapi"]) is { } version && version.StartsWith("3.", StringComparison.Ordinal))
            return new OpenApiDocument(root);
        throw new CliError(root["swagger"] is { } old
            ? $"{file.Name} is Swagger {old}: convert it to OpenAPI 3 first"
            : $"{file.Name} is no OpenAPI 3 document: the field 'openapi' is {Text(root["openapi"]) ?? "missing"}");
    }

    /// <summary>Address of the first server; empty for none.</summary>
    public string Server => Items(root["servers"]) is [var first, ..] ? Text((first as JsonObject)?["url"]) ?? "" : "";

    /// <summary>Operations with their path, method and the parameters of their whole path.</summary>
    public IEnumerable<(string Path, string Method, JsonObject Operation, JsonNode? Shared)> Operations() =>
        from path in root["paths"] as JsonObject ?? []
        let item = Resolved(path.Value)
        from method in Methods
        let operation = item[method] as JsonObject
        where operation is not null
        select (path.Key, method, operation, item["parameters"]);

    /// <summary>References inside the document are followed; others, and circles, are as good as nothing.</summary>
    public JsonObject Resolved(JsonNode? node)
    {
        for (var step = 0; (node as JsonObject)?["$ref"] is { } reference; step++)
        {
            if (step == MostSteps || Text(reference) is not { } place || !place.StartsWith('#')) return [];
            node = root;
            foreach (var name in place[1..].Split('/', StringSplitOptions.RemoveEmptyEntries))
                node = (node as JsonObject)?[Uri.UnescapeDataString(name).Replace("~1", "/").Replace("~0", "~")];
        }
        return node as JsonObject ?? [];
    }

    /// <summary>The members of an object's schema, those of <c>allOf</c> among them.</summary>
    public void Members(
        JsonNode? node, Dictionary<string, JsonNode?> properties, HashSet<string> required, int depth = 0)
    {
        if (depth == MostSteps) return;
        var schema = Resolved(node);
        foreach (var part in Items(schema["allOf"])) Members(part, properties, required, depth + 1);
        foreach (var (name, property) in schema["properties"] as JsonObject ?? []) properties[name] = property;
        foreach (var name in Items(schema["required"])) if (Text(name) is { } text) required.Add(text);
    }

    public static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static IReadOnlyList<JsonNode?> Items(JsonNode? node) => node is JsonArray list ? [.. list] : [];

    private static JsonNode? Json(string name, string text)
    {
        try
        {
            var root = JsonNode.Parse(text);
            // A name that is there twice is found when it is first asked for, and not before.
            Walk(root);
            return root;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new CliError($"{name} is not JSON: {error.Message}");
        }
    }

    private static void Walk(JsonNode? node)
    {
        if (node is JsonObject members) foreach (var (_, value) in members) Walk(value);
        if (node is JsonArray list) foreach (var value in list) Walk(value);
    }

    private static JsonNode? Yaml(string name, string text)
    {
        var problems = new ProblemList(1);
        var limits = new LoadLimits { YamlValues = 1_000_000, YamlDepth = 64 };
        var value = YamlTreeReader.Read(new SourceFile(name, text.ReplaceLineEndings("\n")), limits, problems);
        return value is not null && !problems.Any ? Node(value)
            : throw new CliError($"{(problems.Problems is [var first, ..] ? first : null)}");
    }

    private static JsonNode? Node(YamlValue value) => value switch
    {
        YamlValue.Mapping mapping => new JsonObject(
            mapping.Entries.Select(e => KeyValuePair.Create(e.Key, Node(e.Value)))),
        YamlValue.Sequence list => new JsonArray([.. list.Items.Select(Node)]),
        YamlValue.Scalar { Kind: ScalarKind.Nothing } => null,
        YamlValue.Scalar { Kind: ScalarKind.Flag } flag => JsonValue.Create(flag.Text == "true"),
        YamlValue.Scalar { Kind: ScalarKind.Number } number when YamlNumber.TryParse(number.Text, out var read)
            && !IsVersion(number.Text) => JsonValue.Create(read),
        YamlValue.Scalar text => JsonValue.Create(text.Text),
        _ => null,
    };

    /// <summary><c>openapi: 3.1</c> without quotes is a version, and no number is written with two points.</summary>
    private static bool IsVersion(string text) => text is "3.0" or "3.1" or "3.2" or "2.0";
}
