using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Baton.Server.Cli.Acting;

/// <summary>
/// Drafts of tool files. They are closed: their scopes are held by no agent, and what changes something has a limit
/// of nothing.
/// </summary>
internal sealed partial class OpenApiDrafts(OpenApiDocument document, string server)
{
    /// <summary>Longest description and pattern, characters.</summary>
    private const int LongestText = 300;

    private const int MostWords = 200;

    private static readonly string[] Types = ["string", "number", "integer", "boolean", "array", "object", "null"];

    /// <summary>Formats that inputs are held against; others are words of their own.</summary>
    private static readonly string[] Formats =
        ["date", "date-time", "time", "email", "uri", "uuid", "ipv4", "ipv6", "hostname"];

    private static readonly string[] Bounds = ["minLength", "maxLength", "minItems", "maxItems"];

    private readonly HashSet<string> _names = [];

    /// <summary>Operations that a tool cannot call, each with the reason.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>A draft, or null for an operation that a tool cannot call.</summary>
    public (string Name, string Yaml)? Of(string path, string method, JsonObject operation, JsonNode? shared)
    {
        var inputs = new Dictionary<string, JsonObject>();
        var required = new List<string>();
        List<string> notes = [];
        if (Address(path, operation, shared, inputs, required, notes) is not { } url) return null;
        if (method != "get" && !Body(path, method, operation, inputs, required, notes)) return null;
        var name = Unique(Name(OpenApiDocument.Text(operation["operationId"]) ?? $"{method} {path}"));
        var thing = Name(path.Split('/').FirstOrDefault(p => p.Length > 0 && !p.Contains('{')) ?? "api");
        var reads = method == "get";
        var yaml = new StringBuilder("# Draft of an import: nobody may call it until an agent holds its scope.\n");
        foreach (var note in notes) yaml.Append($"# {Line(note)}\n");
        yaml.Append($"name: {name}\n")
            .Append($"description: {Quoted(Described(operation) ?? name)}\n")
            .Append($"method: {method.ToUpperInvariant()}\n")
            .Append($"url: {Quoted(url)}\n")
            .Append($"scope: {thing}:draft_{name}\n")
            .Append($"risk: {(reads ? "read" : "high")}\n")
            .Append("owner: none                  # whose its answers are: a place such as order.customer_email\n");
        if (!reads)
            yaml.Append("limits: { per_ticket: { count: 0 }, per_day: { count: 0 } }  # nothing, until you say how much\n")
                .Append("# lookups, facts, preconditions, backed_by, idempotency_key, receipt: docs/tools.md\n");
        yaml.Append("input_schema:\n  type: object\n");
        if (required.Count > 0) yaml.Append($"  required: [{string.Join(", ", required.Distinct().Select(Key))}]\n");
        yaml.Append(inputs.Count == 0 ? "  properties: {}\n" : "  properties:\n");
        foreach (var (input, schema) in inputs) yaml.Append($"    {Key(input)}: {schema.ToJsonString()}\n");
        return (name, yaml.ToString());
    }

    /// <summary>The address with its holes: those of the path, and of the query what has to be there.</summary>
    private string? Address(
        string path, JsonObject operation, JsonNode? shared, Dictionary<string, JsonObject> inputs,
        List<string> required, List<string> notes)
    {
        var parameters = OpenApiDocument.Items(operation["parameters"]).Concat(OpenApiDocument.Items(shared))
            .Select(document.Resolved).ToList();
        var url = Hole().Replace(path, match =>
        {
            var found = parameters.FirstOrDefault(p => In(p, "path") && NameOf(p) == match.Groups[1].Value);
            return Take(match.Groups[1].Value, found?["schema"]);
        });
        if (url.Count(c => c == '{') != Hole().Count(url) || !path.StartsWith('/'))
        {
            LeftOut.Add($"{path}: it is no path of an address");
            return null;
        }
        var query = new StringBuilder();
        foreach (var parameter in parameters)
        {
            if (NameOf(parameter) is not { } name || !(In(parameter, "query") || In(parameter, "header"))) continue;
            var must = parameter["required"] is JsonValue flag && flag.TryGetValue<bool>(out var set) && set;
            if (In(parameter, "query") && must)
                query.Append(query.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=')
                    .Append(Take(name, parameter["schema"]));
            else
                notes.Add($"not sent: {OpenApiDocument.Text(parameter["in"])} {name}{(must ? ", which has to be" : "")}");
        }
        return server + url + query;

        string Take(string name, JsonNode? schema)
        {
            var input = Word().IsMatch(name) ? name : Name(name);
            var limited = Limited(document.Resolved(schema));
            // What stands in an address is one plain value.
            if (OpenApiDocument.Text(limited["type"]) is null or "array" or "object" or "null")
                limited = new() { ["type"] = "string" };
            inputs[input] = limited;
            required.Add(input);
            return $"{{{input}}}";
        }
    }

    /// <returns>False where no tool can send it.</returns>
    private bool Body(
        string path, string method, JsonObject operation, Dictionary<string, JsonObject> inputs, List<string> required,
        List<string> notes)
    {
        if (document.Resolved(operation["requestBody"])["content"] is not JsonObject { Count: > 0 } content) return true;
        var (kind, sent) = content.FirstOrDefault(c => c.Key.Contains("json", StringComparison.OrdinalIgnoreCase)
            || c.Key.StartsWith("*/*", StringComparison.Ordinal));
        if (kind is null)
        {
            LeftOut.Add($"{method} {path}: its body is {content.First().Key}, and tools send JSON");
            return false;
        }
        var (members, needed) = (new Dictionary<string, JsonNode?>(), new HashSet<string>());
        var schema = (sent as JsonObject)?["schema"];
        document.Members(schema, members, needed);
        if (members.Count == 0) notes.Add("its body is no object with known fields: write input_schema and body");
        foreach (var (name, property) in members)
        {
            if (!Word().IsMatch(name)) notes.Add($"not sent: the field {name}, whose name is no word");
            else if (inputs.TryAdd(name, Limited(document.Resolved(property)))) continue;
            else notes.Add($"the field {name} has the name of a part of the address: it gets the same value");
        }
        required.AddRange(needed.Where(inputs.ContainsKey));
        return true;
    }

    /// <summary>The keywords that an input may have, as JSON schema knows them today.</summary>
    private static JsonObject Limited(JsonObject schema)
    {
        var limited = new JsonObject();
        string[] types = [.. (schema["type"] is JsonArray list ? OpenApiDocument.Items(list) : [schema["type"]])
            .Select(OpenApiDocument.Text).OfType<string>().Where(Types.Contains).Distinct()];
        if (schema["nullable"] is JsonValue nullable && nullable.TryGetValue<bool>(out var may) && may
            && types is [var only] && only != "null") types = [only, "null"];
        if (types is [var one]) limited["type"] = one;
        else if (types.Length > 1) limited["type"] = new JsonArray([.. types.Select(t => (JsonNode)t)]);
        if (schema["enum"] is JsonArray { Count: > 0 and <= MostWords } words && words.All(IsPlain))
            limited["enum"] = words.DeepClone();
        if (OpenApiDocument.Text(schema["pattern"]) is { Length: <= LongestText } pattern && IsPattern(pattern))
            limited["pattern"] = pattern;
        if (OpenApiDocument.Text(schema["format"]) is { } format && Formats.Contains(format))
            limited["format"] = format;
        foreach (var name in Bounds)
            if (Number(schema[name]) is >= 0 and < 1_000_000 and var count && decimal.IsInteger(count))
                limited[name] = count;
        foreach (var (name, strict) in (ReadOnlySpan<(string, string)>)
            [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")])
        {
            var isStrict = schema[strict] is JsonValue flag && flag.TryGetValue<bool>(out var set) && set;
            if (Number(schema[name]) is { } bound) limited[isStrict ? strict : name] = bound;
            if (Number(schema[strict]) is { } edge) limited[strict] = edge;
        }
        return limited;
    }

    /// <summary>Version 3.0 writes an exclusive bound as a flag beside the bound.</summary>
    private static decimal? Number(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<decimal>(out var number) ? number : null;

    private static bool IsPlain(JsonNode? word) =>
        word is null || (word is JsonValue && !word.ToJsonString().Contains("\\uD", StringComparison.OrdinalIgnoreCase));

    private static bool IsPattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.ECMAScript);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool In(JsonObject parameter, string place) => OpenApiDocument.Text(parameter["in"]) == place;

    private static string? NameOf(JsonObject parameter) => OpenApiDocument.Text(parameter["name"]);

    private static string? Described(JsonObject operation) =>
        OpenApiDocument.Text(operation["summary"]) is { Length: > 0 } summary ? summary
            : OpenApiDocument.Text(operation["description"]) is { Length: > 0 } text ? text : null;

    private string Unique(string name)
    {
        var unique = name;
        for (var i = 2; !_names.Add(unique); i++) unique = $"{name}_{i}";
        return unique;
    }

    /// <summary>A name that YAML would read as something else.</summary>
    private static string Key(string name) => name is "null" or "true" or "false" ? $"'{name}'" : name;

    private static string Quoted(string text) => $"'{Line(text).Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Line(string text)
    {
        var line = string.Concat(text.Trim().Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c));
        return line.Length <= LongestText ? line : line[..LongestText];
    }

    /// <summary>A name of at most 50 characters, as tools, scopes and inputs have.</summary>
    private static string Name(string text)
    {
        var name = NotInName().Replace(Camel().Replace(text, "$1_$2"), "_").Trim('_').ToLowerInvariant();
        if (name.Length == 0 || !char.IsAsciiLetterLower(name[0])) name = "call_" + name;
        return name[..Math.Min(50, name.Length)].TrimEnd('_');
    }

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotInName();

    [GeneratedRegex("([a-z0-9])([A-Z])")]
    private static partial Regex Camel();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,59}\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"\{([^{}/]{1,60})\}")]
    private static partial Regex Hole();
}
