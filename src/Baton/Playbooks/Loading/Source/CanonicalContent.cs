using System.Security.Cryptography;
using System.Text;
using Baton.Playbooks.Yaml;

namespace Baton.Playbooks.Loading.Source;

/// <summary>
/// The bytes a version is made of: every file that can change a decision, in the order of the paths. YAML counts by
/// its values (comments, quotes and layout do not matter, order does), Markdown by its text with line feeds.
/// </summary>
internal static class CanonicalContent
{
    /// <summary>SHA-256 of the content, lower-case hex.</summary>
    public static string Version(IReadOnlyList<SourceFile> files, LoadLimits limits)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            Add(hash, 'F', file.Path);
            if (file.Path.EndsWith(".yaml", StringComparison.Ordinal)
                && YamlTreeReader.Read(file, limits, new ProblemList(1)) is { } value) Add(hash, value);
            else Add(hash, 'T', file.Text.TrimEnd('\n'));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, YamlValue value)
    {
        switch (value)
        {
            case YamlValue.Scalar scalar:
                Add(hash, Tag(scalar.Kind), scalar.Kind == ScalarKind.Nothing ? "" : scalar.Text);
                break;
            case YamlValue.Sequence list:
                Add(hash, 'L', list.Items.Count.ToString());
                foreach (var item in list.Items) Add(hash, item);
                break;
            case YamlValue.Mapping mapping:
                Add(hash, 'M', mapping.Entries.Count.ToString());
                foreach (var entry in mapping.Entries)
                {
                    Add(hash, 'K', entry.Key);
                    Add(hash, entry.Value);
                }
                break;
        }
    }

    private static char Tag(ScalarKind kind) => kind switch
    {
        ScalarKind.Number => 'N',
        ScalarKind.Flag => 'B',
        ScalarKind.Nothing => '0',
        _ => 'S',
    };

    // Each piece carries its kind and length, so that no two contents share their bytes.
    private static void Add(IncrementalHash hash, char kind, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(Encoding.ASCII.GetBytes($"{kind}{bytes.Length}:"));
        hash.AppendData(bytes);
    }
}
