using Baton.Playbooks;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Baton.Channels.History;

/// <summary>
/// What a source's own names mean: where a value stands in a record, which route a team is, which addresses are the
/// team's.
/// </summary>
internal sealed record HistoryMapping
{
    /// <summary>Values that a record may have, and where they stand: <c>team</c> ⇒ <c>group.name</c>.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>Words of the source ⇒ routes of ours.</summary>
    public IReadOnlyDictionary<string, string> Routes { get; init; } = new Dictionary<string, string>();

    /// <summary>Addresses from which the team writes, for mailboxes.</summary>
    public IReadOnlyList<string> Own { get; init; } = [];

    public static readonly string[] FieldNames =
    [
        "id", "channel", "customer", "subject", "body", "answer", "from", "created_at", "solved_at", "team", "tags",
        "status",
        "priority", "stars", "rule_route", "final_route",
    ];

    public static HistoryMapping None { get; } = new();

    /// <exception cref="HistoryException">It cannot be read; the message names the line.</exception>
    public static HistoryMapping Read(string path)
    {
        try
        {
            using var reader = File.OpenText(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            if (yaml.Documents is not [{ RootNode: YamlMappingNode root }])
                throw new HistoryException($"{path}: is no mapping; known here: fields, routes, own");
            foreach (var key in root.Children.Keys.OfType<YamlScalarNode>())
                if (key.Value is not ("fields" or "routes" or "own"))
                    throw Bad(path, key, $"unknown field `{key.Value}`; known here: fields, routes, own");
            return new HistoryMapping
            {
                Fields = Pairs(path, root, "fields", FieldNames, null),
                Routes = Pairs(path, root, "routes", null, [.. EnumWords.All<Route>()]),
                Own = root.Children.TryGetValue("own", out var own) && own is YamlSequenceNode list
                    ? [.. list.Children.OfType<YamlScalarNode>().Select(n => n.Value ?? "")] : [],
            };
        }
        catch (YamlException error)
        {
            throw new HistoryException($"{path}:{error.Start.Line}: {error.Message}");
        }
    }

    /// <summary>A word of the source as a route; null where nobody says which.</summary>
    public string? RouteOf(string? word) =>
        word is null ? null
        : Routes.TryGetValue(word, out var route) ? route
        : EnumWords.All<Route>().Contains(word) ? word
        : null;

    private static Dictionary<string, string> Pairs(
        string path, YamlMappingNode root, string section, string[]? keys, string[]? values)
    {
        var pairs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (!root.Children.TryGetValue(section, out var node)) return pairs;
        if (node is not YamlMappingNode map) throw Bad(path, node, $"{section} is no mapping: write `name: value`");
        foreach (var (key, value) in map.Children)
        {
            var (name, word) = ((key as YamlScalarNode)?.Value ?? "", (value as YamlScalarNode)?.Value ?? "");
            if (keys is not null && !keys.Contains(name))
                throw Bad(path, key, $"unknown value `{name}`; known here: {string.Join(", ", keys)}");
            if (values is not null && !values.Contains(word))
                throw Bad(path, value, $"`{word}` is no route; use {string.Join(", ", values)}");
            pairs[name] = word;
        }
        return pairs;
    }

    private static HistoryException Bad(string path, YamlNode node, string problem) =>
        new($"{path}:{node.Start.Line}: {problem}");
}

/// <summary>A history cannot be made; the message says what to do.</summary>
internal sealed class HistoryException(string message) : Exception(message);
