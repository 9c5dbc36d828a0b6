using System.Text;
using Baton.Knowledge.Importing;
using Baton.Playbooks.Imports;

namespace Baton.Tests.Knowledge.Importing;

/// <summary>What each kind of source holds, and what in it is no article, with its place and value.</summary>
public sealed class SourceReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-sources-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Reads_a_listing_of_zendesk()
    {
        var content = Read(SourceKind.Zendesk, "a.json", """
            {"count": 2, "next_page": null, "articles": [
              {"id": 36, "title": "Gift cards", "body": "<p>They never expire.</p>", "locale": "de-at",
               "draft": false, "label_names": ["gifts", "money"], "user_segment_id": null, "vote_sum": 3},
              {"id": 37, "title": "Limits of refunds", "body": "<p>Internal.</p>", "user_segment_id": 12},
              {"id": 38, "title": "Later", "body": "<p>Soon.</p>", "draft": true},
              {"id": 39, "body": "<p>No title.</p>"}, {"title": "No id", "body": "<p>x</p>"}, 7]}
            """);

        var article = Assert.Single(content.Articles);
        Assert.Equal(("36", "Gift cards", "They never expire.", "de"),
            (article.SourceId, article.Title, article.Body, article.Language));
        Assert.Equal(["gifts", "money"], article.Tags);
        Assert.Equal(["is for user segment 12 only, not for everybody", "is a draft there"],
            content.LeftOut.Select(l => l.Why));
        Assert.Equal(
            ["a.json: article 4 (id 39): has no 'title'", "a.json: article 5: has no id",
                "a.json: article 6: is Number, not an object"],
            content.Unreadable.Select(u => $"{u.Where}: {u.Why}"));
    }

    [Fact]
    public void Reads_listings_of_intercom_and_freshdesk()
    {
        var intercom = Read(SourceKind.Intercom, "i.json", """
            {"type": "list", "data": [
              {"id": "5", "type": "article", "title": "Sizes", "body": "<p>True to size.</p>", "state": "published",
               "default_locale": "en"}, {"id": "6", "title": "x", "body": "y", "state": "draft"}], "total_count": 2}
            """);
        var freshdesk = Read(SourceKind.Freshdesk, "f.json", """
            [{"id": 4, "title": "Sizes", "description": "<p>True to size.</p>", "status": 2, "tags": ["fit"]},
             {"id": 5, "title": "Old", "description": "<p>x</p>", "status": 1}]
            """);

        foreach (var content in (SourceContent[])[intercom, freshdesk])
        {
            Assert.Equal(("Sizes", "True to size."), (Assert.Single(content.Articles).Title, content.Articles[0].Body));
            Assert.Single(content.LeftOut);
            Assert.Empty(content.Unreadable);
        }
    }

    [Theory]
    [InlineData(SourceKind.Zendesk, "{\"articles\": []}",
        "holds no articles of Zendesk: expected an object with a list 'articles'")]
    [InlineData(SourceKind.Zendesk, "{\"tickets\": [{}]}", "holds no articles")]
    [InlineData(SourceKind.Intercom, "[1", ":1: not JSON")]
    [InlineData(SourceKind.Freshdesk, "{}", "expected a list of articles")]
    [InlineData(SourceKind.Catalogue, "sku,price\n1,2", "no column is called name, title, product")]
    internal void Names_what_is_no_such_source(SourceKind kind, string text, string problem) =>
        Assert.Contains(problem, Assert.Throws<ImportException>(() => Read(kind, "a", text)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Makes_a_section_of_each_product_and_an_article_of_each_category()
    {
        var content = Read(SourceKind.Catalogue, "summer-range.csv", """
            SKU;Name;Category;Price;Weight;Description
            A1;Summit 2;Tents;$349;1.9 kg;"Two people; three seasons"
            A2;Summit 2;Tents;$379;;"Two people; three seasons"
            B1;Glow;Lights;$29 | $35;90 g;
            C1;;Lights;$1;1 g;
            D1;Short;Lights
            """);

        Assert.Equal(["Summer range: Tents", "Summer range: Lights"], content.Articles.Select(a => a.Title));
        Assert.Equal("""
            ## Summit 2

            Two people; three seasons

            | SKU | Price | Weight |
            |---|---|---|
            | A1 | $349 | 1.9 kg |
            | A2 | $379 |  |
            """.ReplaceLineEndings("\n"), content.Articles[0].Body);
        Assert.Contains("| B1 | $29 \\| $35 | 90 g |", content.Articles[1].Body, StringComparison.Ordinal);
        Assert.Equal(["summer-range.csv:5: has no 'Name'", "summer-range.csv:6: 3 cells under 6 columns"],
            content.Unreadable.Select(u => $"{u.Where}: {u.Why}"));
    }

    [Fact]
    public void Holds_sources_to_their_limits()
    {
        var limits = new ImportLimits { Articles = 1, ArticleCharacters = 1_000, Products = 1, FileBytes = 2_000 };
        var long_ = new string('x', 1_001);

        var many = Read(SourceKind.Freshdesk, "f.json",
            $$"""[{"id":1,"title":"a","description":"x"},{"id":2,"title":"b","description":"x"},{"id":3,"title":"c","description":"{{long_}}"}]""",
            limits);
        Assert.Equal(["is one too many; at most 1 articles of one source are taken",
            "is 1001 characters long; at most 1000 are taken: split it"], many.Unreadable.Select(u => u.Why));
        Assert.Contains("at most 1 products", Read(SourceKind.Catalogue, "p.csv", "name,price\na,1\nb,2", limits)
            .Unreadable[0].Why, StringComparison.Ordinal);
        Assert.Contains("at most 2000 are read", Assert.Throws<ImportException>(() => Read(
            SourceKind.Zendesk, "z.json", new string(' ', 2_001), limits)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_pages_of_a_folder_in_what_they_declare()
    {
        var latin = Encoding.Latin1.GetBytes("<meta charset=\"windows-1252\"><title>Öffnung</title><p>Täglich</p>");
        Put("a.html", latin);
        Put("b/b.htm", Encoding.UTF8.GetBytes("<h1>Größen</h1><p>Passt</p>"));
        Put("c.html", [.. Encoding.ASCII.GetBytes("<p>x "), 0xE9]);
        Put("d.html", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<p>Sechzehn</p>")]);
        Put("style.css", latin);

        var content = SourceReader.Read(SourceKind.Html, _folder, new ImportLimits());

        Assert.Equal(["a.html Öffnung: Täglich", "b/b.htm Größen: Passt", "d.html d: Sechzehn"],
            content.Articles.Select(a => $"{a.SourceId} {a.Title}: {a.Body}"));
        Assert.Contains("byte 0xe9 at 5 is not UTF-8", Assert.Single(content.Unreadable).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Follows_no_link_out_of_a_folder()
    {
        Put("in/a.md", "# A\n\nx"u8.ToArray());
        Put("out/secret.md", "# Secret\n\nx"u8.ToArray());
        File.CreateSymbolicLink(Path.Combine(_folder, "in", "b.md"), Path.Combine(_folder, "out", "secret.md"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "in", "c"), Path.Combine(_folder, "out"));

        Assert.Equal(["A"], SourceReader.Read(SourceKind.Markdown, Path.Combine(_folder, "in"), new ImportLimits())
            .Articles.Select(a => a.Title));
    }

    [Theory]
    [InlineData("---\ntitle: \"Sizes\"\nother: 1\n---\n## A\n\nx", "Sizes", "## A\n\nx")]
    [InlineData("# Sizes\n\n## A\n\nx", "Sizes", "## A\n\nx")]
    [InlineData("## A\r\n\r\nx", "page", "## A\n\nx")]
    public void Reads_markdown_by_front_matter_or_first_heading(string text, string title, string body)
    {
        var article = Assert.Single(Read(SourceKind.Markdown, "page.md", text).Articles);

        Assert.Equal((title, body), (article.Title, article.Body));
    }

    [Theory]
    [InlineData("a.csv", "name", SourceKind.Catalogue)]
    [InlineData("a.jsonl", "{}", SourceKind.Tickets)]
    [InlineData("a.json", "{\"articles\": []}", SourceKind.Zendesk)]
    [InlineData("a.json", "{\"data\": []}", SourceKind.Intercom)]
    [InlineData("a.json", "[{\"description\": \"\"}]", SourceKind.Freshdesk)]
    [InlineData("a.json", "nothing", null)]
    [InlineData("a.pdf", "x", null)]
    internal void Guesses_the_kind_only_where_it_is_plain(string name, string text, SourceKind? kind)
    {
        Put(name, Encoding.UTF8.GetBytes(text));

        Assert.Equal(kind, SourceReader.Guess(Path.Combine(_folder, name)));
    }

    private SourceContent Read(SourceKind kind, string name, string text, ImportLimits? limits = null)
    {
        Put(name, Encoding.UTF8.GetBytes(text));
        return SourceReader.Read(kind, Path.Combine(_folder, name), limits ?? new ImportLimits());
    }

    private void Put(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }
}
