using Baton.Testing;

namespace Baton.Tests.Storage.Postgres;

public sealed class ChosenTenthTests
{
    [Fact]
    public void Is_about_a_tenth_of_the_classes_and_always_the_same()
    {
        var classes = typeof(ChosenTenthTests).Assembly.GetTypes().Where(t => t.Name.EndsWith("Tests", StringComparison.Ordinal))
            .Select(t => t.FullName).ToList();

        Assert.InRange(classes.Count(PostgresCluster.IsChosen) * 100 / classes.Count, 5, 15);
        Assert.Equal([false, false], new[] { "Baton.Tests.Conversations.RawTexts.ErasureTests",
            "Baton.Tests.Conversations.TicketSearchTests" }.Select(PostgresCluster.IsChosen));
    }
}
