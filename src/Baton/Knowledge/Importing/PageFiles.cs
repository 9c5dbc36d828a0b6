using Baton.Knowledge.Importing.Pages;
using Baton.Playbooks.Imports;

namespace Baton.Knowledge.Importing;

/// <summary>Pages and Markdown files, one or a folder of them.</summary>
internal static class PageFiles
{
    /// <summary>Folders inside each other.</summary>
    private const int Deepest = 12;

    private const string Fence = "---\n";

    /// <exception cref="ImportException">There is nothing to read.</exception>
    public static SourceContent Read(SourceKind kind, string path, ImportLimits limits)
    {
        string[] endings = kind == SourceKind.Html ? [".html", ".htm", ".xhtml"] : [".md", ".markdown"];
        var found = new Findings(limits);
        var (root, files) = File.Exists(path) ? (Path.GetDirectoryName(Path.GetFullPath(path))!, [path])
            : (path, FilesIn(path, endings, limits, found));
        if (files.Count == 0)
            throw new ImportException($"{path}: holds no file ending in {string.Join(" or ", endings)}");
        foreach (var file in files)
        {
            var name = Path.GetRelativePath(root, Path.GetFullPath(file)).Replace('\\', '/');
            try
            {
                var text = SourceBytes.Read(file, limits, isPage: kind == SourceKind.Html);
                if (text.Length > limits.ArticleCharacters)
                    found.Bad(
                        name, $"{text.Length} characters; at most {limits.ArticleCharacters} of a page are read", name);
                else found.Add(name, kind == SourceKind.Html ? Page(name, text) : Markdown(name, text));
            }
            catch (Exception error) when (error is ImportException or IOException or UnauthorizedAccessException)
            {
                found.Bad(name, error.Message, name);
            }
        }
        return found.Done();
    }

    /// <summary>In the order of their names; links are not followed.</summary>
    private static List<string> FilesIn(string folder, string[] endings, ImportLimits limits, Findings found)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true, MaxRecursionDepth = Deepest, AttributesToSkip = FileAttributes.ReparsePoint,
        };
        var files = Directory.EnumerateFiles(folder, "*", options)
            .Where(f => endings.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))
            .Take(limits.Articles + 1).Order(StringComparer.Ordinal).ToList();
        if (files.Count <= limits.Articles) return files;
        found.Bad(folder, $"holds more than {limits.Articles} files; the rest is not read");
        return files[..limits.Articles];
    }

    private static ImportedArticle Page(string name, string text)
    {
        var (title, body) = PageMarkdown.Of(text);
        return new ImportedArticle(name, title ?? Path.GetFileNameWithoutExtension(name), body);
    }

    /// <summary>
    /// Its front matter's title, else its first heading of the first level, which then goes; else its name.
    /// </summary>
    private static ImportedArticle Markdown(string name, string text)
    {
        text = MarkdownEscapes.Visible(text.ReplaceLineEndings("\n")).TrimStart('\n');
        string? title = null;
        if (text.StartsWith(Fence, StringComparison.Ordinal)
            && text.IndexOf("\n" + Fence, Fence.Length - 1, StringComparison.Ordinal) is > 0 and var end)
        {
            var line = text[..end].Split('\n').FirstOrDefault(l => l.StartsWith("title:", StringComparison.Ordinal));
            title = line?["title:".Length..].Trim().Trim('"', '\'');
            text = text[(end + 1 + Fence.Length)..];
        }
        var lines = text.Split('\n').ToList();
        var first = lines.FindIndex(l => l.StartsWith("# ", StringComparison.Ordinal));
        if (first >= 0 && lines.Take(first).All(string.IsNullOrWhiteSpace))
        {
            title ??= lines[first][2..].Trim();
            lines.RemoveAt(first);
        }
        return new ImportedArticle(
            name, string.IsNullOrWhiteSpace(title) ? Path.GetFileNameWithoutExtension(name) : title,
            string.Join('\n', lines).Trim('\n'));
    }
}
