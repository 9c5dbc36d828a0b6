using System.Text.Json;
using Baton.Playbooks.Imports;

namespace Baton.Knowledge.Importing;

/// <summary>
/// Reads what articles are imported from; resolved tickets are read elsewhere, since they are redacted.
/// </summary>
internal static class SourceReader
{
    /// <exception cref="ImportException">It cannot be read at all.</exception>
    public static SourceContent Read(SourceKind kind, string path, ImportLimits limits)
    {
        if (!File.Exists(path) && !Directory.Exists(path)) throw new ImportException($"{path}: no such file or folder");
        if (Directory.Exists(path) && kind is not (SourceKind.Html or SourceKind.Markdown))
            throw new ImportException($"{path}: is a folder; of {kind} one file is read");
        return kind switch
        {
            SourceKind.Html or SourceKind.Markdown => PageFiles.Read(kind, path, limits),
            SourceKind.Catalogue => Catalogue.Read(path, limits),
            SourceKind.Tickets => throw new ArgumentOutOfRangeException(nameof(kind)),
            _ => HelpdeskJson.Read(kind, path, limits),
        };
    }

    /// <summary>What a file or folder most likely is; null when only people know.</summary>
    public static SourceKind? Guess(string path)
    {
        if (Directory.Exists(path))
        {
            var html = Directory.EnumerateFiles(path, "*.htm*", SearchOption.AllDirectories).Any();
            var markdown = Directory.EnumerateFiles(path, "*.md", SearchOption.AllDirectories).Any();
            return html == markdown ? null : html ? SourceKind.Html : SourceKind.Markdown;
        }
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".html" or ".htm" or ".xhtml" => SourceKind.Html,
            ".md" or ".markdown" => SourceKind.Markdown,
            ".csv" or ".tsv" => SourceKind.Catalogue,
            ".jsonl" => SourceKind.Tickets,
            ".json" => OfJson(path),
            _ => null,
        };
    }

    /// <summary>By the members that only one of the three has.</summary>
    private static SourceKind? OfJson(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var json = JsonDocument.Parse(stream);
            var root = json.RootElement;
            if (root is { ValueKind: JsonValueKind.Array } && root.GetArrayLength() > 0) root = root[0];
            if (root.ValueKind != JsonValueKind.Object) return null;
            return root.TryGetProperty("articles", out _) ? SourceKind.Zendesk
                : root.TryGetProperty("data", out _) ? SourceKind.Intercom
                : root.TryGetProperty("description", out _) ? SourceKind.Freshdesk : null;
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            return null;
        }
    }
}
