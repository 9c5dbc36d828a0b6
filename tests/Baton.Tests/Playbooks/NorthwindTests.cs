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
