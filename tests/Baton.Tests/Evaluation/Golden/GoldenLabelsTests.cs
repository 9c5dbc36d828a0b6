using System.Text.Json;
using Baton.Evaluation.Metrics;
using Baton.Knowledge;
using Baton.Knowledge.Choice;
using Baton.Playbooks;

namespace Baton.Tests.Evaluation.Golden;

/// <summary>Labels of northwind's tickets are about the playbook as it is: an edited article shows here.</summary>
public sealed class GoldenLabelsTests
{
    private static readonly string Folder = Path.Combine(Repository(), "playbooks", "northwind");

    private static readonly Playbook Northwind =
        Assert.IsType<LoadedPlaybook.Valid>(PlaybookLoader.Load(Folder)).Playbook;

    private static readonly IReadOnlyList<(string Id, Expectation Expect)> Golden = Read("evals/golden.jsonl");

    private static readonly IReadOnlyList<(string Id, Expectation Expect)> All =
        [.. Golden, .. Read("evals/near-misses.jsonl"), .. Read("samples/letters.jsonl")];

    /// <summary>Heading and text of each section, by <c>article#Heading</c>.</summary>
    private static readonly Dictionary<string, string> Sections = Northwind.Articles
        .SelectMany(a => ArticleSection.Of(
            new Article { Id = a.Id, Title = a.Title, Body = a.Body }, a.Questions, new KnowledgeOptions()))
        .ToDictionary(s => $"{s.ArticleId}#{s.Heading}", s => SaidFacts.Plain($"{s.Heading}\n{s.Plain()}"));

    private static List<(string Id, Expectation Expect)> Read(string file) =>
    [
        .. File.ReadLines(Path.Combine(Folder, file)).Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .Select(line => (line.GetProperty("id").GetString()!, Expectation.Of(line)!)),
    ];

    [Fact]
    public void There_are_200_golden_ones_and_every_id_is_its_own()
    {
        Assert.Equal(200, Golden.Count);
        Assert.Equal(All.Count, All.Select(g => g.Id).Distinct().Count());
    }

    [Fact]
    public void Every_intent_exists()
    {
        var known = Northwind.Intents.Select(i => i.Name).ToHashSet();

        Assert.Empty(
            from ticket in All
            from intent in ticket.Expect.AlsoIntents.Append(ticket.Expect.Intent).OfType<string>()
            where !known.Contains(intent)
            select $"{ticket.Id}: {intent}");
    }

    [Fact]
    public void Every_section_exists() =>
        Assert.Empty(
            from ticket in All
            from section in ticket.Expect.Articles
            where !Sections.ContainsKey(section)
            select $"{ticket.Id}: {section}");

    [Fact]
    public void Every_fact_stands_in_a_labelled_section() =>
        Assert.Empty(
            from ticket in All
            from fact in ticket.Expect.MustSay
            where !ticket.Expect.Articles.Any(a => fact.Any(wording => SaidFacts.Says(Sections[a], wording)))
            select $"{ticket.Id}: {string.Join(" or ", fact)}");

    [Fact]
    public void Every_article_is_asked_about() =>
        Assert.Empty(Northwind.Articles.Select(a => a.Id)
            .Except(Golden.SelectMany(g => g.Expect.Articles).Select(s => s[..s.IndexOf('#')])));

    private static string Repository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Baton.slnx"))) return at.FullName;
        throw new DirectoryNotFoundException("there is no Baton.slnx above the tests");
    }
}
