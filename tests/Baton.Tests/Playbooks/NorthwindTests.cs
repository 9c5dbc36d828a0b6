using System.Text.RegularExpressions;
using Baton.Playbooks;

namespace Baton.Tests.Playbooks;

/// <summary>The sample company is a playbook that a stranger can start from.</summary>
public sealed class NorthwindTests
{
    private static readonly LoadedPlaybook Loaded = PlaybookLoader.Load(Path.Combine(Root(), "playbooks", "northwind"));

    [Fact]
    public void Is_valid_without_a_warning()
    {
        Assert.Empty((Loaded as LoadedPlaybook.Invalid)?.Problems ?? []);
        Assert.Empty(Loaded.Warnings);
    }

    [Fact]
    public void Has_at_least_16_intents_over_all_classes_with_25_examples_each()
    {
        var intents = Northwind().Intents;

        Assert.True(intents.Count >= 16, $"{intents.Count} intents");
        Assert.Equal(Enum.GetValues<IntentClass>(), intents.Select(i => i.Class).Distinct().Order());
        Assert.Empty(intents.Where(i => i.Examples.Count < 25).Select(i => $"{i.Name}: {i.Examples.Count}"));
    }

    [Fact]
    public void Has_at_least_30_articles_and_the_five_queues()
    {
        Assert.True(Northwind().Articles.Count >= 30, $"{Northwind().Articles.Count} articles");
        Assert.Equal(["billing", "l1", "l2", "l3", "priority"],
            Northwind().Queues.Select(q => q.Name).Order(StringComparer.Ordinal));
    }

    /// <summary>Two articles must not be quoted against each other: who says the one has to say the other.</summary>
    [Theory]
    [InlineData(@"90( days)?,?( for| as a)? Trail Club", "Northwind Pro")]
    [InlineData("ZIP code of the buyer", "gift receipt")]
    [InlineData("label costs|when you used our return label", @"Northwind Pro.*\$79")]
    [InlineData("48 contiguous states is free", @"APO.*\$75.*Alaska, Hawaii, Puerto Rico.*\$150")]
    [InlineData("[Bb]ear spray.* cannot be (returned|sent)", "lighters, matches.*cylinders.*batteries")]
    [InlineData("Mount ski bindings|ounting ski bindings", "nowboard bindings.*(free|while you wait)")]
    public void Says_the_same_wherever_it_says_it(string claim, string condition)
    {
        var sections = Northwind().Articles.SelectMany(a => a.Body.Split("\n## "), (a, text) =>
            (a.Id, Text: Regex.Replace(text.Replace("**", "", StringComparison.Ordinal), @"\s+", " ")))
            .Where(s => Regex.IsMatch(s.Text, claim)).ToList();

        Assert.NotEmpty(sections);
        Assert.Empty(sections.Where(s => !Regex.IsMatch(s.Text, condition)).Select(s => $"{s.Id}: {s.Text}"));
    }

    private static Playbook Northwind() => Assert.IsType<LoadedPlaybook.Valid>(Loaded).Playbook;

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Baton.slnx")))
            directory = directory.Parent;
        return directory?.FullName
            ?? throw new InvalidOperationException($"no repository above {AppContext.BaseDirectory}");
    }
}
