using System.Security.Cryptography;
using System.Text;
using Baton.Playbooks;

namespace Baton.Knowledge.Importing;

/// <summary>An article as a file of the playbook, with the mark of where it came from.</summary>
internal static class ArticleFile
{
    private const int DigestCharacters = 16;

    /// <summary>Of everything people could change in it.</summary>
    public static string Digest(string title, string body, IReadOnlyList<string> tags, string language) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            $"{title}\0{string.Join(',', tags)}\0{language}\0{body.ReplaceLineEndings("\n").Trim('\n')}")))[..DigestCharacters];

    /// <summary>Whether people changed it after it was imported.</summary>
    public static bool IsEdited(KnowledgeArticle article) =>
        article.Imported is { } mark && mark.Digest != Digest(article);

    private static string Digest(KnowledgeArticle article) =>
        Digest(article.Title, article.Body, article.Tags, article.Language);

    /// <summary>The file's text.</summary>
    public static string Text(ImportedArticle article, string source, string language)
    {
        var of = article.Language ?? language;
        var tags = article.Tags.Count == 0 ? "" : $"tags: [{string.Join(", ", article.Tags.Select(Quoted))}]\n";
        return $"""
            ---
            title: {Quoted(article.Title)}
            {tags}language: {of}
            imported:
              source: {source}
              id: {Quoted(article.SourceId)}
              digest: "{Digest(article.Title, Body(article), article.Tags, of)}"{(article.ByName ? "\n  by_name: true" : "")}
            ---
            {Body(article)}

            """.ReplaceLineEndings("\n");
    }

    private static string Body(ImportedArticle article) => article.Body.Trim('\n');

    /// <summary>The digest that <see cref="Text"/> writes.</summary>
    public static string Digest(ImportedArticle article, string language) =>
        Digest(article.Title, Body(article), article.Tags, article.Language ?? language);

    /// <summary>Questions as a file of <c>knowledge/questions</c>.</summary>
    public static string Questions(IReadOnlyDictionary<string, IReadOnlyList<string>> questions)
    {
        var text = new StringBuilder();
        foreach (var (heading, asked) in questions)
        {
            text.Append(Quoted(heading)).Append(":\n");
            foreach (var question in asked) text.Append("  - ").Append(Quoted(question)).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>A YAML text in double quotes.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var c in text)
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else quoted.Append(char.IsControl(c) ? ' ' : c);
        return quoted.Append('"').ToString();
    }
}
