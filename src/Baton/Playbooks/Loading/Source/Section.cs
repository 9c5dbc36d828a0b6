using Baton.Playbooks.Yaml;

namespace Baton.Playbooks.Loading.Source;

/// <summary>
/// A mapping whose fields are asked for by name and type. What is missing or wrong is reported and replaced by a
/// harmless value, so that reading goes on and finds the rest; <see cref="Close"/> reports the fields nobody asked for.
/// </summary>
internal sealed class Section(SourceFile file, YamlValue.Mapping node, string what, ProblemList problems)
{
    private readonly HashSet<string> _asked = [];

    public SourceFile File => file;

    public ProblemList Problems => problems;

    /// <summary>What the mapping describes, for messages: <c>queue 'l1'</c>.</summary>
    public string What => what;

    public Located Here => new(what, file, node.Line, node.Column);

    public IReadOnlyList<YamlEntry> Entries => node.Entries;

    /// <summary>The whole file as a section, or null after reporting.</summary>
    public static Section? Open(SourceFile file, LoadLimits limits, ProblemList problems)
    {
        var value = YamlTreeReader.Read(file, limits, problems);
        if (value is null) return null;
        if (value is YamlValue.Mapping mapping) return new Section(file, mapping, file.Path, problems);
        problems.Add(file, value, $"expected fields such as 'name: …', found {value.Description}");
        return null;
    }

    /// <summary>The same mapping under a better name for messages, found inside it.</summary>
    public Section Called(string name)
    {
        var renamed = new Section(file, node, name, problems);
        renamed._asked.UnionWith(_asked);
        return renamed;
    }

    public bool Has(string name)
    {
        _asked.Add(name);
        return node.Entries.Any(e => e.Key == name);
    }

    /// <summary>Where a field stands, or null when it is not there.</summary>
    public Located? Entry(string name)
    {
        _asked.Add(name);
        var entry = node.Entries.FirstOrDefault(e => e.Key == name);
        return entry is null ? null : new Located(name, file, entry.Line, entry.Column);
    }

    /// <summary>The value of a field, or null when it is not there or empty.</summary>
    public YamlValue? Optional(string name)
    {
        _asked.Add(name);
        var value = node.Entries.FirstOrDefault(e => e.Key == name)?.Value;
        return value is YamlValue.Scalar { Kind: ScalarKind.Nothing } ? null : value;
    }

    /// <summary>The value of a field, or null after reporting that it is missing.</summary>
    public YamlValue? Required(string name, string example)
    {
        if (Optional(name) is { } value) return value;
        if (node.Entries.FirstOrDefault(e => e.Key == name) is { } empty)
            problems.Add(file.Path, empty.Line, empty.Column,
                $"{what}: '{name}' is empty; write it, for example '{name}: {example}'");
        else
            problems.Add(Here, $"{what}: missing field '{name}'; add it, for example '{name}: {example}'");
        return null;
    }

    public Section? Child(string name) => AsSection(Optional(name), $"'{name}'");

    /// <summary>The mappings of a list.</summary>
    public IReadOnlyList<Section> Children(string name, string each) =>
        [.. Items(name).Select(item => AsSection(item, each)).OfType<Section>()];

    /// <summary>The mappings of a mapping, by their keys.</summary>
    public IReadOnlyList<(Located Key, Section Value)> Named(string each) =>
        [.. node.Entries
            .Select(e => (Key: new Located(e.Key, file, e.Line, e.Column), Value: NamedChild(e, each)))
            .Where(pair => pair.Value is not null)
            .Select(pair => (pair.Key, pair.Value!))];

    /// <summary>The items of a list; empty when the field is not there.</summary>
    public IReadOnlyList<YamlValue> Items(string name)
    {
        var value = Optional(name);
        if (value is null) return [];
        if (value is YamlValue.Sequence list) return list.Items;
        Wrong(value, name, "a list", "[a, b]");
        return [];
    }

    /// <summary>Reports a value of the wrong type.</summary>
    public void Wrong(YamlValue value, string name, string expected, string example) =>
        problems.Add(file, value,
            $"{what}: '{name}' must be {expected}, found {value.Description}; write it like {example}");

    /// <summary>Reports every field that was not asked for.</summary>
    public void Close()
    {
        string[] known = [.. _asked.Order(StringComparer.Ordinal)];
        foreach (var entry in node.Entries.Where(e => !_asked.Contains(e.Key)))
        {
            var unknown = $"{what}: unknown field '{entry.Key}'{Suggestion.Hint(entry.Key, known)}";
            problems.Add(file.Path, entry.Line, entry.Column, unknown);
        }
    }

    /// <summary>A list or mapping inside as a section of its own, or null after reporting.</summary>
    public Section? AsSection(YamlValue? value, string child)
    {
        if (value is null) return null;
        if (value is YamlValue.Mapping mapping) return new Section(file, mapping, child, problems);
        problems.Add(file, value, $"{child}: expected fields such as 'name: …', found {value.Description}");
        return null;
    }

    private Section? NamedChild(YamlEntry entry, string each)
    {
        var child = $"{each} '{entry.Key}'";
        if (entry.Value is not YamlValue.Scalar { Kind: ScalarKind.Nothing }) return AsSection(entry.Value, child);
        return new Section(file, new YamlValue.Mapping([], entry.Line, entry.Column), child, problems);
    }
}
