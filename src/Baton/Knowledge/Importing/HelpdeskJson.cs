using System.Text.Json;
using Baton.Knowledge.Importing.Pages;
using Baton.Playbooks.Imports;

namespace Baton.Knowledge.Importing;

/// <summary>
/// Articles as the APIs of helpdesks list them, saved to a file; docs/knowledge.md names the references. Pages of a
/// listing are one object each in a list, or one file each.
/// </summary>
internal static class HelpdeskJson
{
    private const int FreshdeskPublished = 2;

    /// <param name="List">Where an answer holds its articles; null for an answer that is a list.</param>
    /// <param name="Body">Member with the HTML.</param>
    private sealed record Shape(
        string? List, string Body, Func<JsonElement, string?> Withheld, string Labels, string Locale);

    private static Shape ShapeOf(SourceKind kind) => kind switch
    {
        SourceKind.Zendesk => new Shape("articles", "body", WithheldByZendesk, "label_names", "locale"),
        SourceKind.Intercom => new Shape("data", "body", WithheldByIntercom, "tags", "default_locale"),
        _ => new Shape(null, "description", WithheldByFreshdesk, "tags", "language"),
    };

    /// <exception cref="ImportException">It is not such a file.</exception>
    public static SourceContent Read(SourceKind kind, string path, ImportLimits limits)
    {
        var shape = ShapeOf(kind);
        var found = new Findings(limits);
        using var document = Parse(path, SourceBytes.Read(path, limits));
        var articles = Articles(document.RootElement, shape).ToList();
        if (articles.Count == 0)
            throw new ImportException($"{path}: holds no articles of {kind}: expected "
                + (shape.List is { } list ? $"an object with a list '{list}'" : "a list of articles"));
        for (var i = 0; i < articles.Count; i++)
            Take(articles[i], shape, $"{Path.GetFileName(path)}: article {i + 1}", found);
        return found.Done();
    }

    private static JsonDocument Parse(string path, string text)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 32 });
        }
        catch (JsonException error)
        {
            throw new ImportException(
                $"{path}:{error.LineNumber + 1}: not JSON at character {error.BytePositionInLine + 1}");
        }
    }

    /// <summary>The articles of an answer, of several in a list, or of a list itself.</summary>
    private static IEnumerable<JsonElement> Articles(JsonElement root, Shape shape)
    {
        if (root.ValueKind == JsonValueKind.Object)
            return shape.List is { } name && root.TryGetProperty(name, out var list)
                && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];
        if (root.ValueKind != JsonValueKind.Array) return [];
        return root.EnumerateArray().SelectMany(item =>
            item.ValueKind == JsonValueKind.Object && shape.List is { } name && item.TryGetProperty(name, out var page)
            && page.ValueKind == JsonValueKind.Array ? page.EnumerateArray().AsEnumerable()
            : item.ValueKind == JsonValueKind.Array ? item.EnumerateArray() : [item]);
    }

    private static void Take(JsonElement article, Shape shape, string where, Findings found)
    {
        if (article.ValueKind != JsonValueKind.Object)
        {
            found.Bad(where, $"is {article.ValueKind}, not an object");
            return;
        }
        var id = Text(article, "id");
        if (id is null)
        {
            found.Bad(where, "has no id");
            return;
        }
        where = $"{where} (id {id})";
        if (shape.Withheld(article) is { } why)
        {
            found.LeaveOut(where, why);
            return;
        }
        if (Text(article, "title") is not { } title || Text(article, shape.Body) is not { } html)
        {
            found.Bad(where, Text(article, "title") is null ? "has no 'title'" : $"has no '{shape.Body}'", id);
            return;
        }
        try
        {
            title = MarkdownEscapes.Visible(title).Trim();
            found.Add(where, new ImportedArticle(id, title, PageMarkdown.Of(html, title).Body)
            {
                Tags = Labels(article, shape.Labels), Language = LanguageOf(Text(article, shape.Locale)),
            });
        }
        catch (ImportException error)
        {
            found.Bad(where, error.Message, id);
        }
    }

    /// <summary>What only some of the customers may read must not be quoted to others.</summary>
    private static string? WithheldByZendesk(JsonElement article) =>
        article.TryGetProperty("draft", out var draft) && draft.ValueKind == JsonValueKind.True ? "is a draft there"
        : Text(article, "user_segment_id") is { } segment ? $"is for user segment {segment} only, not for everybody"
        : null;

    private static string? WithheldByIntercom(JsonElement article) =>
        Text(article, "state") is { } state and not "published" ? $"is '{state}' there" : null;

    private static string? WithheldByFreshdesk(JsonElement article) =>
        article.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.Number
        && status.TryGetInt32(out var number) && number != FreshdeskPublished
        ? $"has status {number} there, not 2 (published)"
        : null;

    /// <summary>A text or a number as text; null when it is not there.</summary>
    private static string? Text(JsonElement article, string name) =>
        !article.TryGetProperty(name, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };

    private static IReadOnlyList<string> Labels(JsonElement article, string name) =>
        article.TryGetProperty(name, out var labels) && labels.ValueKind == JsonValueKind.Array
            ? [.. labels.EnumerateArray().Where(l => l.ValueKind == JsonValueKind.String).Take(20)
                .Select(l => MarkdownEscapes.Visible(l.GetString()!).Trim()).Where(l => l.Length is > 0 and <= 60)]
            : [];

    /// <summary><c>en</c> of <c>en-us</c>.</summary>
    private static string? LanguageOf(string? locale) =>
        locale is [var a, var b, ..] && char.IsAsciiLetter(a) && char.IsAsciiLetter(b)
            && (locale.Length == 2 || locale[2] is '-' or '_') ? locale[..2].ToLowerInvariant() : null;
}
