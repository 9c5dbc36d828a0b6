using Baton.Playbooks.Loading.Source;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Baton.Playbooks.Yaml;

/// <summary>
/// Reads a YAML text into values with positions. Only what a playbook needs: one document of mappings, lists and
/// scalars. Aliases, anchors and tags are refused, which leaves no way to build a small file that grows large.
/// </summary>
internal sealed class YamlTreeReader
{
    private readonly SourceFile _file;
    private readonly int _linesBefore;
    private readonly LoadLimits _limits;
    private readonly ProblemList _problems;
    private readonly Parser _parser;
    private int _values;

    private YamlTreeReader(SourceFile file, string text, int linesBefore, LoadLimits limits, ProblemList problems)
    {
        _file = file;
        _linesBefore = linesBefore;
        _limits = limits;
        _problems = problems;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The document of a file, or null after reporting why there is none.</summary>
    public static YamlValue? Read(SourceFile file, LoadLimits limits, ProblemList problems) =>
        Read(file, file.Text, 0, limits, problems);

    /// <summary>The document in a part of a file that starts after <paramref name="linesBefore"/> lines.</summary>
    public static YamlValue? Read(
        SourceFile file, string text, int linesBefore, LoadLimits limits, ProblemList problems)
    {
        var reader = new YamlTreeReader(file, text, linesBefore, limits, problems);
        try
        {
            return reader.Document();
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or OverflowException)
        {
            // The scanner has a few states it did not expect, such as an anchor inside a plain flow key.
            var line = Math.Max(1, (int)(reader._parser.Current?.End.Line ?? 1));
            problems.Add(file.Path, line + linesBefore, null,
                $"not valid YAML near this line; {SyntaxHint(text, line)}");
            return null;
        }
        catch (YamlException error)
        {
            var line = LineOf(error, text);
            problems.Add(file.Path, line + linesBefore, Math.Max(1, (int)error.Start.Column),
                $"not valid YAML: {error.Message.TrimEnd('.')}; {SyntaxHint(text, line)}");
            return null;
        }
    }

    // Of a tab the parser only tells in which mapping it is.
    private static int LineOf(YamlException error, string text)
    {
        var tab = error.Message.Contains("tab", StringComparison.Ordinal)
            ? Array.FindIndex(text.Split('\n'), l => l.TakeWhile(c => c is ' ' or '\t').Contains('\t'))
            : -1;
        return tab >= 0 ? tab + 1 : Math.Max(1, (int)error.Start.Line);
    }

    private static string SyntaxHint(string text, int line)
    {
        var wrong = text.Split('\n').ElementAtOrDefault(line - 1) ?? "";
        if (wrong.Contains('\t')) return "indent with spaces, not tabs";
        if (wrong.Any(char.IsControl)) return "remove the control character from this line";
        return "check the indentation and quote texts that contain ': ', '#', '{' or '['";
    }

    private YamlValue? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            _problems.Add(_file.Path, 1 + _linesBefore, null, "the file is empty; see docs/playbook.md for its fields");
            return null;
        }
        _parser.Consume<DocumentStart>();
        var value = Value(depth: 0);
        if (value is null) return null;
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            _problems.Add(_file.Path, LineOf(second), 1, "a second document starts here; keep one document per file");
        }
        return value;
    }

    private YamlValue? Value(int depth)
    {
        if (++_values > _limits.YamlValues)
            return Refuse(_parser.Current!, $"more than {_limits.YamlValues} values in one file; split the file");
        if (depth > _limits.YamlDepth)
            return Refuse(_parser.Current!, $"nested deeper than {_limits.YamlDepth} levels; write it flatter");
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return Refuse(alias, $"aliases are not supported (found '*{alias.Value}'); write the value out");
        if (!_parser.Accept<NodeEvent>(out var node)) throw new YamlException("expected a value");
        if (!node.Anchor.IsEmpty)
            return Refuse(node, $"anchors are not supported (found '&{node.Anchor}'); write the value out where it is used");
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
            return Refuse(node, $"tags are not supported (found '{node.Tag}'); remove the tag");
        if (_parser.TryConsume<SequenceStart>(out var sequence)) return Items(sequence, depth);
        if (_parser.TryConsume<MappingStart>(out var mapping)) return Entries(mapping, depth);
        return ToScalar(_parser.Consume<Scalar>());
    }

    private YamlValue.Sequence? Items(SequenceStart start, int depth)
    {
        List<YamlValue> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            if (Value(depth + 1) is not { } item) return null;
            items.Add(item);
        }
        return new YamlValue.Sequence(items, LineOf(start), ColumnOf(start));
    }

    private YamlValue.Mapping? Entries(MappingStart start, int depth)
    {
        Dictionary<string, YamlEntry> entries = [];
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (Value(depth + 1) is not { } key || Value(depth + 1) is not { } value) return null;
            if (key is not YamlValue.Scalar name)
                _problems.Add(_file, key, $"{key.Description} cannot be a field name; write a word before the colon");
            else if (entries.TryGetValue(name.Text, out var first))
                _problems.Add(_file, key, $"field '{name.Text}' is there twice (first on line {first.Line}); keep one");
            else
                entries.Add(name.Text, new YamlEntry(name.Text, name.Line, name.Column, value));
        }
        return new YamlValue.Mapping([.. entries.Values], LineOf(start), ColumnOf(start));
    }

    private YamlValue.Scalar ToScalar(Scalar scalar) => new(
        scalar.Value,
        scalar.Style == ScalarStyle.Plain,
        scalar.Start.Line == scalar.End.Line && scalar.Style is not (ScalarStyle.Literal or ScalarStyle.Folded),
        LineOf(scalar),
        ColumnOf(scalar));

    private YamlValue? Refuse(ParsingEvent at, string message)
    {
        _problems.Add(_file.Path, LineOf(at), ColumnOf(at), message);
        return null;
    }

    private int LineOf(ParsingEvent at) => (int)at.Start.Line + _linesBefore;

    private static int ColumnOf(ParsingEvent at) => (int)at.Start.Column;
}
