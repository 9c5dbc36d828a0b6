namespace Baton.Playbooks.Yaml;

/// <summary>A YAML value with its position in the file: lines and columns count from 1.</summary>
internal abstract record YamlValue(int Line, int Column)
{
    /// <summary>What it is, for error messages: <c>a list</c>, <c>the number '5'</c> …</summary>
    public abstract string Description { get; }

    /// <summary>
    /// A single value. Whether it is a number, flag or nothing depends on its being written without quotes.
    /// </summary>
    /// <param name="OneLine">Whether columns inside it can be told.</param>
    public sealed record Scalar(string Text, bool Plain, bool OneLine, int Line, int Column) : YamlValue(Line, Column)
    {
        public ScalarKind Kind => !Plain ? ScalarKind.Text : Text switch
        {
            "" or "~" or "null" => ScalarKind.Nothing,
            "true" or "false" => ScalarKind.Flag,
            _ when YamlNumber.TryParse(Text, out _) => ScalarKind.Number,
            _ => ScalarKind.Text,
        };

        public override string Description => Kind switch
        {
            ScalarKind.Nothing => "nothing",
            ScalarKind.Flag => $"the flag {Text}",
            ScalarKind.Number => $"the number {Text}",
            _ => $"the text '{(Text.Length <= 40 ? Text : Text[..40] + "…")}'",
        };
    }

    public sealed record Sequence(IReadOnlyList<YamlValue> Items, int Line, int Column) : YamlValue(Line, Column)
    {
        public override string Description => "a list";
    }

    public sealed record Mapping(IReadOnlyList<YamlEntry> Entries, int Line, int Column) : YamlValue(Line, Column)
    {
        public override string Description => "a group of fields";
    }
}

/// <summary>One <c>key: value</c> of a mapping.</summary>
internal sealed record YamlEntry(string Key, int Line, int Column, YamlValue Value);

internal enum ScalarKind
{
    Text,
    Number,
    Flag,
    Nothing,
}
